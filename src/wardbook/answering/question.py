"""A question as understood: what kind it is, what it names, and what it gives (grade, weight, population)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from wardbook.answering.ion_asked import giving
from wardbook.answering.measures import age_of, bsa_of, grades_of, two_weights, weight_of
from wardbook.answering.not_this import without_what_is_not_meant
from wardbook.answering.question_words import asking_words, first_told, kinds_of, shorthand
from wardbook.answering.spelling import drug_shorthand, mended, named_as_on_pages, route_beside_drug, spelled_out
from wardbook.corpus.names import Mention, Names
from wardbook.corpus.symbols import meant
from wardbook.dosing.drug import DrugNames, Resolution
from wardbook.dosing.life_stage import may_weigh
from wardbook.dosing.patient import read_weight
from wardbook.dosing.quantity import known_as
from wardbook.dosing.route import routes_of_products, without_denied, without_numerals
from wardbook.dosing.severity import grades as grades_in
from wardbook.errors import QuestionError
from wardbook.lazy_regex import lazy_regex

__all__ = ["LONGEST", "Question", "grades_of", "kinds_of", "shorthand", "understand"]

LONGEST = 2000
"""Characters of a question that are read; a longer one is refused by the caller."""

_YES_NO = lazy_regex(
    r"^\s*(?:so |and |but )?(?:is|are|was|were|does|do|did|can|could|should|must|may|will|would|has|have|need)\b|"
    r"\b(?:ok|okay|safe|allowed|effective|approved|indicated|licensed|recommended)\b.{0,60}\?",
    re.IGNORECASE,
)
_SEVERITY = lazy_regex(
    r"(?<!how )\b(severe|mild|moderate|life.threatening|refractory|critical|bad|awful|fatal)\b", re.IGNORECASE
)
_OF_TWO_ROUTES = lazy_regex(
    r"\b(?:iv|sc|sq|po|im|orally|oral|subcut\w*|intravenous\w*|by mouth)\s*(?:or|vs\.?|versus|/)\s*"
    r"(?:iv|sc|sq|po|im|orally|oral|subcut\w*|intravenous\w*|by mouth)\b",
    re.IGNORECASE,
)
"""Asks which of two routes, and so names none."""
_REFUSALS = {
    "command": "wardbook answers questions from its pages and takes no other instructions",
    "harm": "wardbook helps with care from the pages of the unit, and with nothing that is meant to harm",
    "courtesy": "nothing is asked here: ask a question about the pages",
    "order": "wardbook gives no orders for a patient; it shows what the pages say",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood by rules; nothing is guessed that its words do not say."""

    text: str
    """As asked, symbols as what they mean, blanks squeezed."""
    kind: str
    """The first kind of `data/question_words.tsv` whose words occur, or "other"."""
    kinds: frozenset[str]
    """All kinds whose words occur."""
    yes_no: bool
    """True where it asks for a yes or no."""
    mentions: tuple[Mention, ...]
    """Known names in it."""
    drugs: tuple[str, ...]
    """Generic names of the drugs in it, in order."""
    drug_words: frozenset[str]
    """The words that name these drugs, lower case."""
    doubtful: tuple[Resolution, ...]
    """Words that may be a misspelt drug and could not be told apart."""
    understood: tuple[tuple[str, str], ...]
    """(as written, as understood) of shorthand written out and of typing errors that were resolved."""
    grades: tuple[int, ...]
    """Grades that it names."""
    severity: tuple[str, ...]
    """Words for severity in it."""
    setting: str | None
    """ "prophylaxis", "treatment", ... or None."""
    population: str | None
    """ "child", "adult", "pregnancy", "renal impairment", ... or None."""
    route: str | None
    """ "IV", "SC", ... or None."""
    not_routes: frozenset[str]
    """Routes that it says there are not ("no iv access")."""
    weight: str | None
    """Weight as written with its unit ("18kg"), or None."""
    weight_bound: tuple[bool, str] | None
    """A weight given as a bound ("under 30 kg"): True for above; the weight as written. `weight` is None then."""
    bsa_m2: Decimal | None
    """Body surface, m2."""
    age_y: Decimal | None
    """Age, years."""
    asking: frozenset[str]
    """Words that told the kind, lower case; they say little of the subject."""
    refused: str | None
    """Why it is not for wardbook, or None."""


def _classes(mentions: tuple[Mention, ...], drugs: DrugNames) -> Iterator[str]:
    """Give the words of a question that are classes of drugs which have a page ("steroids")."""
    named = (mention.words.lower() for mention in mentions if mention.pages)
    return (words for words in named if words in drugs.vocabulary.classes)


def _settled(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out how often a dose is given where it is asked how often to test, and papers that are compared."""
    tests = "monitoring" in kinds and not {"dose", "max", "duration"} & set(kinds)
    left = {"interval", "route"} if tests else set[str]()
    left |= {"reference"} if "compare" in kinds else set()
    return tuple(kind for kind in kinds if kind not in left)


_ROMAN = lazy_regex(r"\b[Gg]rade (?:I{1,3}|IV|V)(?:(?:-|/| to )(?:I{1,3}|IV|V))?(?![\w-])")
"""A grade in Roman figures, as that of GVHD is written."""
_BARE_ROMAN = lazy_regex(
    r"(?<![\w-])(?<![Pp]hase )(?<![Tt]ype )(?<![Cc]lass )(?<![Ff]actor )(?<![Ss]tage )(?<![Nn]erve )(?<![Nn]erves )"
    r"I{1,3}(?:-|/| to )(?:I{2,3}|IV)(?![\w-])"
)
"""A range of such grades without the word ("III-IV")."""


def _roman_grades(text: str) -> Iterator[str]:
    """Give the grades in Roman figures, worded with "grade"."""
    yield from _ROMAN.findall(text)
    yield from (f"grade {each}" for each in _BARE_ROMAN.findall(text))


_GRADE_OR_ROUTE = lazy_regex(r"(?<![\w-])((?i:[ac]?gvhd)) IV(?=\s*(?:$|[,;?.]|\d))")
_GRADED = lazy_regex(r"\b(?:grade|stage|gr)\b|\bG[1-4]\b", re.IGNORECASE)
EITHER = "GVHD, and IV as its grade or the route: neither is taken for said"
"""What is told of "IV" behind a disease whose grades are Roman figures."""


def _without_doubtful_grade(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Leave out "IV" behind GVHD, which may be its grade or how the drug is given; beside another route it is a grade,
    and beside another grade a route.
    """
    found = _GRADE_OR_ROUTE.search(text)
    if found is None or _GRADED.search(text):
        return text, ()
    rest = f"{text[: found.end(1)]} {text[found.end() :]}"
    if first_told("route", rest):
        return f"{text[: found.end(1)]} grade{text[found.end(1) :]}", ()
    return " ".join(rest.split()), ((found[0], EITHER),)


_BETWEEN = lazy_regex(
    r"\bbetween (\d+(?:\.\d+)?)(?: ?(?:kgs?|kilos?|y|yo|yrs?|years?|mo|months?|m2|ml/min))? and (?=\d)", re.IGNORECASE
)
"""Two ends of a range in words, which is read as the one that a hyphen makes."""


_WHEN_WEIGHED = lazy_regex(
    r"\b(?:(?:dry|actual|current|admission|baseline|real|(?:pre|post)-?[a-z]+) )?(weight|wt)"
    r"(?: (?:before|prior to|at|on|after|pre|post)[ -]?(?:the |his |her |their )?[a-z]+)?"
    r"(?=(?: is| was| of|:|=)? ?\d+(?:\.\d+)? ?(?:kgs?|kilos?|lbs?)\b)",
    re.IGNORECASE,
)
"""A weight with when it was taken, which tells nothing of what a dose is for."""


_WHEN_INFUSED = lazy_regex(
    r"\b(after|post|before|since|following|during)\b[ -](?:[a-z'-]+ ){0,3}infusion\b(?! (?:rates?|reactions?))",
    re.IGNORECASE,
)
"""An infusion by which a question sets its time, and of which it asks nothing ("obs after the cell infusion")."""
_BY_PRODUCTS = frozenset({"IV", "SC"})
"""Routes by which there are products of one drug that go by one of them alone."""


def _not_of_product(text: str) -> frozenset[str]:
    """Give the routes that the name of a product rules out, where it names no other one."""
    found = routes_of_products(text)
    return _BY_PRODUCTS - found if len(found) == 1 else frozenset()


def _plain_weight(text: str) -> str:
    return _MAGNESIUM.sub("magnesium ", _WHEN_WEIGHED.sub(r"\1", text))


_MAGNESIUM = lazy_regex(
    r"(?<![\w.])(?<!\d )(?<!many )(?<!much )(?<!in )mg (?:of |is |was )?"
    r"(?=[0-2](?:\.\d+)?(?![\d.]|\s*(?:m?c?g\b|/|ml\b|x\b)))",
    re.IGNORECASE,
)
"""The element before its level ("Mg 0.5"): as a unit it stands behind a figure."""


_HOW_MANY = lazy_regex(r"\bhow many\s+$", re.IGNORECASE)


def _is_unit(text: str, mention: Mention) -> bool:
    """Tell whether a name is the unit that is counted ("how many mg"), and not what the pages call so (magnesium)."""
    return mention.words.lower() in ("mg", "g", "ml", "kg") and _HOW_MANY.search(text[: mention.begin]) is not None


_BARE_GRADE = lazy_regex(
    r"\s+(?=[1-4](?:\s*[?,;]|\.(?!\d)|\s*$|\s+(?!(?:mg|g|mcg|ug|kg|ml|l|units?|min|mins|minutes?|h|hrs?|hours?|d|days?|w|wks?|"
    r"weeks?|mo|months?|y|yrs?|years?|yo|of|or|to|x|doses?|times|in|per|cells?|score)\b)[a-z]))",
    re.IGNORECASE,
)
_SCORES = lazy_regex(r"\b(?:score|scale|index|model|assessment|examination|test|count|tool|ice|capd)\b", re.IGNORECASE)
"""Names of what is counted: a figure behind it is its points."""


def _with_bare_grade(text: str, names: Names, drugs: DrugNames) -> str:
    """Write "grade" between the acronym that a page is on and a bare 1 to 4 ("CRS 2", said of what is graded)."""
    for each in reversed(names.mentions(text)):
        if not (re.fullmatch(r"[A-Za-z]{3,6}", each.words) and each.pages) or drugs.find(each.words):
            continue
        counted = known_as(each.words.lower()) or any(map(_SCORES.search, (each.words, *names.spellings(each.key))))
        bare = _BARE_GRADE.match(text, each.end)
        if bare and not counted:
            text = f"{text[: each.end]} grade {text[bare.end() :]}"
    return text


_SEVERAL = lazy_regex(r"(?<![\w-])(car-t)s(?![\w-])", re.IGNORECASE)
"""Several of what is named by letters: "IEC-HS" is no plural."""


def understand(
    asked: str,
    names: Names,
    drugs: DrugNames,
    on_pages: Callable[[str], bool] = lambda word: False,
    meant_for: Callable[[str], str | None] = lambda word: None,
    begun: Callable[[str], tuple[str, ...]] = lambda word: (),
) -> Question:
    """Understand a question by rules over its words; a word that stands on the pages is not misspelt.

    `meant_for` gives the one word of the pages that a misspelt one can be meant for, or None; `begun` the drugs whose
    names are all the words of the pages that begin with one.
    """
    plain = _plain_weight(_BETWEEN.sub(r"\1-", re.sub(r"\s+", " ", meant(asked)).strip()))
    plain = without_what_is_not_meant(plain)
    text, written = spelled_out(_SEVERAL.sub(r"\1", giving(plain, on_pages)), on_pages)
    text, either = _without_doubtful_grade(_with_bare_grade(text, names, drugs))
    text, by_it = route_beside_drug(text, drugs, on_pages)
    text, short = drug_shorthand(text, drugs)
    covered = frozenset(word.lower() for mention in drugs.find(text) for word in mention.words.split())
    covered |= shorthand().keys()  # "neuro" is no drug misspelt
    words = mended(text, names, drugs, covered, on_pages, meant_for, begun)
    for wrong, right in words.understood:
        text = re.sub(rf"\b{re.escape(wrong)}\b", right, text)
    text = named_as_on_pages(text, drugs, on_pages)
    mentions = tuple(each for each in names.mentions(text) if not _is_unit(text, each))
    found = drugs.find(text)
    extra = [drug for drug in words.drugs if drug not in {mention.drug for mention in found}]
    kinds = _settled(kinds_of(_WHEN_INFUSED.sub(r"\1", text)))
    weight, bound = weight_of(text)
    with_routes, not_routes = without_denied(text)
    return Question(
        text=text,
        kind=kinds[0] if kinds else "other",
        kinds=frozenset(kinds),
        yes_no=bool(_YES_NO.search(text)),
        mentions=mentions,
        drugs=tuple(dict.fromkeys([mention.drug for mention in found] + extra)),
        drug_words=frozenset([*(mention.words.lower() for mention in found), *extra, *_classes(mentions, drugs)]),
        doubtful=words.doubtful,
        understood=(
            *(each for each in written if each[0] not in text),
            *either,
            *by_it,
            *short,
            *words.understood,
        ),
        grades=grades_of(text) or tuple(sorted(each for said in _roman_grades(text) for each in grades_in(said))),
        severity=tuple(dict.fromkeys(match.lower() for match in _SEVERITY.findall(text))),
        setting=first_told("setting", text),
        population=first_told("population", text),
        route=None if _OF_TWO_ROUTES.search(text) else first_told("route", without_numerals(with_routes)),
        not_routes=not_routes | _not_of_product(text),
        weight=weight,
        weight_bound=bound,
        bsa_m2=bsa_of(text),
        age_y=age_of(text),
        asking=asking_words(text),
        refused=_REFUSALS.get(first_told("refusal", text) or "") or two_weights(text) or _unlike(text),
    )


def _unlike(text: str) -> str | None:
    """Say why a question with an age and a weight that no patient has together is refused, or None."""
    age, (weight, _) = age_of(text), weight_of(text)
    if age is None or weight is None:
        return None
    try:
        together = may_weigh(age, read_weight(weight).kg)
    except QuestionError:
        return None  # no patient weighs so at all: that is said elsewhere
    return None if together else f"no patient of the age that is told weighs {weight}: ask with the patient's own"
