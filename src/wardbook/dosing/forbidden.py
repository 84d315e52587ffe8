"""Whether a statement of a page forbids a drug for what a question says, whatever shape the page gives it.

A box, a list under "Contraindications", a footnote, a bullet, a sentence and a cell are read alike. Only what the
question says counts: its patient, its other drugs, its disease, its day, its aim (`forbidden_thing`).
"""

import re
from collections.abc import Iterator, Sequence

from wardbook.dosing.against import rule_out
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import positive, words_of
from wardbook.dosing.band import SIZES, Band, read_bands
from wardbook.dosing.begins_at import begins_above
from wardbook.dosing.drug_vocabulary import published
from wardbook.dosing.exclusion import read_exclusions
from wardbook.dosing.fitting import asked_groups
from wardbook.dosing.forbidden_thing import Asked as Asked
from wardbook.dosing.forbidden_thing import bands_of, is_past, of_others, says_one, tells
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient import holds
from wardbook.dosing.patient_group import groups_of
from wardbook.lazy_regex import lazy_regex

_LISTS = lazy_regex(
    r"\W*(?:(?:absolute |main |the )?contra-?indicat(?:ions?|ed)\b|"
    r"(?:(?:do|must|should|may) not|don['’]?t|never)\b"
    r"(?! (?:be )?(?:withh|delay|omit|stop|wait))|not (?:with|for|in|if|to)\b|"
    r"(?:who|when|where) (?:must|should|can|may|do(?:es)?|is|not)\b.*\bnot\b|avoid\b|"
    r"not given\b|exclusions?\b|exclude[ds]?(?=\s*(?:[:=]|$))|(?:when|who) (?:not|never) to\b|no[ -]go)",
    re.IGNORECASE,
)
_TRAILING = lazy_regex(
    r"[\s:,=*_()–—-]*(?<!not )(?<!to )\b(?:(?:is|are|was|were) )?(?:(?:strictly|absolutely) )?(?:contra-?indicated|"
    r"(?:not (?:to be )?|(?:aren|isn)['’]t )(?:recommended|allowed|advised|given|used|covered)|"
    r"do not (?:use|give|start)|never(?: use| give)?|avoid(?:ed)?|forbidden|"
    r"must not (?:be given|have it|get it)|(?:is|are) (?:stopped|held|withheld|paused)|"
    r"(?<=[:=] )(?:stop|hold|withhold|omit)|"
    r"(?P<weak>none|no|nil|not needed)|"
    r"(?:ask\b[,;:]? )?(?:none|nothing) of (?:this|these|it|the \w+) (?:applies|apply|holds?|counts?)|"
    r"(?:(?:the|this|these) (?:page|table|band|dose|row|figure|section|protocol)s? "
    r"(?:(?:below|above|here|(?:on|of) this page) )?)?do(?:es)?(?: not|n['’]t) (?:hold|apply))"
    r"(?P<rest>[\s*_.]*(?:$|[:;,(\[].*|\b(?:in|for|after|before|during|with|here|when|if|to|by|below|under)\b.*))"
)
_NOT_FOR = lazy_regex(
    r"\b(?:is |are )?(?:not|no|never) (?:an? |the )?(?:treatment|therapy|role|place|replacement|drug|prophylaxis)s? "
    r"(?:for|of|in)\b(?P<rest>.*)"
)
_BARE_NOT = lazy_regex(
    r"[\W\d]*not (?!(?:a|an|the|as|at|all|any|only|every|always|yet|just|so|too|more|less|much|many|enough|known|clear|"
    r"sure|stated|needed|necess\w+|requir\w+|routine\w*|read|done|seen|shown|found|reported|published|specified|available|"
    r"applicable|to|be|by|if|when|until|before|after|within)\b)"
    r"(?P<rest>[a-z][^:=]{1,60}?)[\s.]*"
)
"""A sentence that is nothing but "not" and whom ("Not CAR-T, allo, AML.")."""
_BACK = lazy_regex(r"\b(?:except|unless|other than|apart from|only if)\b")
_FORMAL = lazy_regex(r"\b(?:not|un)[ -]?(?:approved|licen[sc]ed|reimbursed|funded)\b|\boff-label\b|\bindications\b")
"""What an authority or a payer has not allowed is no reason of the patient's."""
_NO_GIVING = lazy_regex(
    r"(?:do|does|should|must|may|can)(?: not|n't|’t) (?!(?:be )?(?:used?|giv|start|administ|tak|combin|mix|hav|get|"
    r"prescri|add|receiv|offer|co-?prescri|recommend|advis|put|go|have|replac|repeat|continu|restart|treat)|"
    r"be (?:allowed|had|on)\b)"
)
"""What a drug or a disease does not do ("does not raise", "do not count") forbids nothing."""
_SPARES = lazy_regex(
    r"\b(?:still|all the same|nevertheless|not? (?:a )?(?:reason|contra-?indication)|ok(?:ay)?)\b",
)
"""In a list of what is not to be: this one is."""
_PHASE = lazy_regex(r"\b(?P<phase>first|initial|load(?:ing)?)(?: doses?)?\b(?![ -]lines?\b)")
_WHOLE = lazy_regex(
    r"\b(?:full(?: dose)?|in full|unchanged|whatever|regardless|irrespective|(?:not|never|isn't) (?:be )?(?:renally )?"
    r"(?:reduced?|lowered|adjusted|changed|halved)|no (?:renal |dose )?(?:reduction|adjustment|change)|as above)\b"
)
_ADULTS = lazy_regex(
    r"\b(?:page|tables?|doses?|bands?|rows?|figures?|guideline|protocol|everything|all)\b[^.;]*\b(?:for|in|of) "
    r"adults\b|^\W*(?:for )?adults(?: only\b| unless\b|\W*$)|\badults only\b|\bonly (?:for|in) adults\b"
)
_CLAUSES = lazy_regex(r";|\.\s|\n")
_PEOPLE = r"(?:adults?|patients?|those|people|children|child|teenagers?|adolescents?|infants?)"
_WHOM = lazy_regex(
    r"\W*(?:(?:(?:the|this|these|all) )?(?:whole )?"
    r"(?:page|guideline|protocol|document|tables?|doses?|figures?|section) "
    r"(?:(?:is|are|was|were|only|written|made|meant|applies|apply|holds?) )*(?:for|to|in|covers?) |"
    rf"(?:only )?for (?:[a-z ]{{1,20}}, )?)?(?:{_PEOPLE}(?:,? (?:and|or) |, ))*{_PEOPLE}?\s*zzband\b"
    r"(?:\s*(?:and|with|,)\b[^:]*)?(?: only)?[\s.]*"
)
"""A sentence that is nothing but whom a page or section is for ("This page is for adults over 40 kg.")."""


def lists_what_is_not(words: str) -> bool:
    """Tell whether a heading or lead says that what stands below it forbids ("Do not give", "Contraindications")."""
    return _LISTS.match(uniform(words)) is not None


def forbids(words: str, asked: Asked, *, listed: bool = False) -> bool:
    """Tell whether a statement about the drug forbids it for what is asked; `listed` where its heading says "not"."""
    words = " ".join(words.replace("*", "").split())
    if _FORMAL.search(uniform(words)) or gives_no_reason(words):
        return False
    met = any(says_one(part, asked, listed=listed) for part in _stretches(words, asked.query.drug, listed=listed))
    label, _, rest = words.partition(":")  # "Exclude: CrCl < 30, TLS" is a list in one line
    if rest and not listed and _LISTS.fullmatch(uniform(label)):
        met = met or any(says_one(part, asked, listed=True) for part in _stretches(rest, asked.query.drug, listed=True))
    return met or _refuses(words, asked) or _only_others(words, asked) or begins_above(words, asked.query)


def refuses_alone(words: str, asked: Asked) -> bool:
    """Tell whether a statement refuses the drug and says not for whom: what stands over it says that ("Lupus")."""
    match = next(filter(None, map(_TRAILING.search, _CLAUSES.split(uniform(words)))), None)
    return (
        match is not None
        and not tells(uniform(words)[: match.start()], asked.query)
        and not tells(match["rest"], asked.query)
    )


def refuses_cell(cell: str, names: Sequence[str], asked: Asked) -> bool:
    """Tell whether the question says all that the row and the column of a cell which only refuses are called."""
    if _REFERS.match(uniform(cell).strip()):
        return False
    plain = [_LOAD.sub(" ", uniform(name)) for name in names]
    of_load = any(_LOAD.search(uniform(name)) for name in names)
    weak = _WEAK.match(uniform(cell).strip()) and not (of_load or any(map(_says_whom, plain)))
    if weak or (of_load and not _LOAD.search(uniform(asked.text))):
        return False
    telling = [name for name in plain if tells(name, asked.query) or is_past(name)]
    return bool(telling or of_load) and all(says_one(name, asked, listed=True) for name in telling)


_REFERS = lazy_regex(
    r"see\b[^.;]*\b(?:page|table|section|chapter|monograph|label|above|below|overleaf)\b|see (?:(?:the|its|own) )*\[\["
)
"""Sends the reader to where the dose stands: that refuses nothing."""
_WEAK = lazy_regex(r"(?:none|no|nil|not needed)\b")
"""Beside a change of dose these words refuse nothing."""


def overrides(words: str, asked: Asked) -> bool:
    """Tell whether a statement keeps the first or loading dose that is asked whole, whatever the kidneys do."""
    query, plain = asked.query, uniform(words)
    if query.patient.crcl is None and "renal impairment" not in asked_groups(query):
        return False
    return bool(_phases(asked.text) & _phases(plain)) and _WHOLE.search(plain) is not None


def keeps_whole(words: str) -> bool:
    """Tell whether a statement says no more than that a dose stays as it is ("the load is not changed")."""
    plain = uniform(words)
    return _WHOLE.search(plain) is not None and not _CHANGED_TOO.search(plain)


def gives_no_reason(words: str) -> bool:
    """Tell whether a statement says that something changes nothing ("bilirubin alone is not a reason to reduce")."""
    return _NO_REASON.search(uniform(words.replace("*", ""))) is not None


_NO_REASON = lazy_regex(
    r"\b(?:not?|never) (?:a |an |by itself a )?(?:reason|ground|cause)s? (?:to|for) "
    r"(?:reduc|lower|hold|stop|withhold|omit|chang|adjust)"
)
_CHANGED_TOO = lazy_regex(r"\d|\b(?:but|except|unless|until|only|maintenance|then)\b")


def _phases(text: str) -> set[str]:
    found = (match["phase"] for match in _PHASE.finditer(uniform(text)))
    return {"load" if phase.startswith("load") else "first" for phase in found}


def for_adults(words: str, asked: Asked) -> bool:
    """Tell whether a statement says that what stands beside it is for adults, and a child is asked about."""
    groups = asked_groups(asked.query)
    return "children" in groups and "adults" not in groups and _ADULTS.search(uniform(words)) is not None


def for_others(words: str, asked: Asked) -> bool:
    """Tell whether a sentence says that what stands beside it is for a weight or age that the patient is known not of.

    Only a sentence that says nothing else does: what is done with those of some age is another thing.
    """
    for sentence in _SENTENCES.split(" ".join(words.replace("*", "").split())):
        bands = [band for band in bands_of(sentence) if band.condition.quantity in SIZES]
        if len(bands) != 1 or holds(bands[0].condition, asked.query.patient) is not False:
            continue
        plain = uniform(sentence)
        if _WHOM.fullmatch(f"{plain[: bands[0].begin]}zzband {plain[bands[0].end :]}"):
            return True
    return False


_SENTENCES = lazy_regex(r"(?<=[.;])\s+")


def _stretches(words: str, drug: str, *, listed: bool) -> Iterator[str]:
    """Yield the stretches of a statement that say whom, what with or when not."""
    plain = uniform(words)
    if listed:
        parts = (part for part in _CLAUSES.split(plain) if not (read_exclusions(part) or _SPARES.search(part)))
        yield from (_BACK.split(part)[0] for part in parts)
    for found in read_exclusions(words):
        said = uniform(words[found.begin : found.end])
        if found.whom and not _NO_GIVING.match(said) and not said.startswith(("unless", "except")):
            yield _BACK.split(said)[0]
    for clause in _CLAUSES.split(plain):
        if match := _NOT_FOR.search(clause) or _BARE_NOT.fullmatch(clause):
            yield match["rest"]
        yield from _given_another(clause, drug)


def gives_another(words: str, drug: str) -> bool:
    """Tell whether a sentence gives those of a band another drug alone ("CrCl < 30: x")."""
    whom = (when for clause in _CLAUSES.split(uniform(words)) for when in _given_another(clause, drug))
    return any(read_bands(when) for when in whom)


def _given_another(clause: str, drug: str) -> Iterator[str]:
    """Yield when a clause gives another drug alone, if that is a band ("if CrCl < 60 use x", "CrCl < 15: x")."""
    if match := _ANOTHER.fullmatch(clause):
        named = {published().names.get(word) for word in words_of(match["what"])} - {None}
        if named and drug not in clause and drug not in named and bands_of(match["when"]):
            yield match["when"]


_ANOTHER = lazy_regex(
    r"(?P<when>.*\d[^:]*?)[\s*_]*(?::|,? ?\b(?:use|give|prefer|choose|take|switch to|change to)\b)[\s*_]*"
    r"(?P<what>(?!\W*(?:with|plus|add|after)\b)[^\d:]+)"
)


def _refuses(words: str, asked: Asked) -> bool:
    """Tell whether what stands before and behind "is not recommended" is all said ("prophylactic x ... in adults")."""
    for clause in _CLAUSES.split(_NO_LOAD.sub(r"\1: none", uniform(words))):
        match = _TRAILING.search(clause)
        if match is None:
            continue
        before, behind = _LOAD.sub(" ", clause[: match.start()]), _BACK.split(match["rest"])[0]
        of_load = before != clause[: match.start()]
        if of_load and not _LOAD.search(uniform(asked.text)):
            continue
        if match["weak"] and not (of_load or _says_whom(before)):
            continue
        told = tells(before, asked.query)
        if told and not says_one(before, asked):
            continue
        if says_one(behind, asked) if tells(behind, asked.query) else told or of_load:
            return True
    return False


def _says_whom(words: str) -> bool:
    """Tell whether "no" behind words is of the patient ("pregnancy", "under 6 y") and not of a change of dose."""
    aged = any(band.condition.quantity == "age" for band in bands_of(words))
    groups = groups_of(words) & {"children", "pregnancy", "lactation"}
    return bool(aged or groups or is_past(words)) and not _CHANGED.search(words)


_CHANGED = lazy_regex(r"\b(?:adjust|reduc|chang|modif|monitor|level|test|interact|data|limit|max)")
_LOAD = lazy_regex(r"\b(?:bolus(?:es)?|load(?:ing)?(?: doses?)?)\b")
_NO_LOAD = lazy_regex(rf"\bno ({_LOAD.pattern})")


def _only_others(words: str, asked: Asked) -> bool:
    """Tell whether a statement gives the drug only within a band, or to some, of whom the patient is known to be none.

    A statement with a dose of its own tells no more than when that one is given: only where another band of it holds
    is it about this patient.
    """
    patient, dosed = asked.query.patient, any(each.is_dose for each in read_amounts(words))
    for clause in _CLAUSES.split(uniform(words)):
        if not re.search(r"\bonly\b", clause):
            continue
        bands = bands_of(clause)
        alone = [band for band in bands if _is_only(band, clause)]
        others = [band for band in bands if band not in alone]
        outside = any(holds(band.condition, patient) is False for band in alone)
        if outside and (any(holds(band.condition, patient) for band in others) or not (dosed or others)):
            return True
        if not dosed and not of_others(clause, asked) and rule_out(clause, positive(asked.text)):
            return True
    return False


def _is_only(band: Band, clause: str) -> bool:
    before = re.search(r"\bonly (?:if |in |when |with |for |from |at |where |once )?$", clause[: band.begin])
    return bool(before or re.match(r"[\s)*_]*only\b", clause[band.end :]))
