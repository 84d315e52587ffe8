"""Words of a question written out and their typing errors resolved, each by the one narrow rule of its kind."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from rapidfuzz.distance import OSA

from wardbook.answering.question_words import asking_spellings, everyday_words, kinds_of, written_out
from wardbook.corpus.names import Names
from wardbook.dosing.drug import DrugNames, Resolution
from wardbook.dosing.route import routes_of_products
from wardbook.lazy_regex import lazy_regex

_WORD = lazy_regex(r"(?<![\w/.-])[\w½][\w/'½-]*")
_SITUATION = lazy_regex(r"\b(?:post|pre|after|before|in|of|with|without|during|undergoing|from)[\s-]+$", re.IGNORECASE)
"""Before a shorthand that is no drug there ("post allo")."""
_BESIDE = lazy_regex(r"\b(?:with|without|no|plus|on|not|off)\s+$", re.IGNORECASE)
_OF_A_DRUG = lazy_regex(r"\s+(?:levels?|troughs?|targets?|conc\w*|toxicity|infusion|iv|po|sc)\b", re.IGNORECASE)
"""Behind a shorthand that is a drug there ("tac level")."""
_CHILD_PUGH = lazy_regex(r"\bchild(?:'?s)?[\s-]*pugh\b", re.IGNORECASE)
_CHILD_CLASS = lazy_regex(r"\b[Cc]hild[ -](?=(?:A ?[/-] ?)?[BC]\b(?![-.]?\w))")
"""The first name of the liver's classes alone ("Child C"): no child is told of."""
_GRADE = lazy_regex(
    r"\bgrd?\.?\s*([0-5])\b|(?<!\d )(?<![\d.])(?<!ckd )(?<!stage )(?<!gfr )\bg([1-5])\b(?![%./-])", re.IGNORECASE
)
_DAY = lazy_regex(
    r"(?<![\w/+-])(?:d(?=[+-]\d{1,3}\b)|"
    r"(?:(?<=\bon )|(?<=\bat )|(?<=\bby )|(?<=\bfrom )|(?<=\btill )|(?<=\bpost )|(?<=\bafter )|(?<=\bsince )|"
    r"(?<=\buntil )|(?<=\bbefore )|(?<=\bbeyond ))"
    r"d(?=\d{1,3}\b(?!\s*(?:%|w\b|bolus|infusion|dextrose|amps?\b|drip|fluids?))))",
    re.IGNORECASE,
)
"""A day written short ("after d14", "d+28"); a fluid is none ("d10 bolus")."""
Has = Callable[[str], bool]
"""Tells whether a word stands on the pages."""
_AND = lazy_regex(r"(?<=[a-z] )n(?= [a-z])")
"""An "and" cut short between two words ("dose n timing")."""
_NOT_THE_DRUG = lazy_regex(
    r"\s*-?\s*(?:vaccin\w*|shots?|jabs?|like|symptoms?|season\w*|tests?|swabs?|virus|[ab]\b|"
    r"(?:is |was )?(?:positive|pos\b|negative|neg\b|confirmed|suspected)|contacts?|exposures?|outbreaks?|"
    r"infections?|pcr)",
    re.IGNORECASE,
)
_TREATED = lazy_regex(r"\bfor (?:the |his |her |confirmed |suspected )?$", re.IGNORECASE)
"""Between a drug and what it is given for ("X for flu")."""


def spelled_out(text: str, on_pages: Has = lambda word: False) -> tuple[str, list[tuple[str, str]]]:
    """Write out shorthand, and mend misspelt words of asking, on which rules stand ("b4 tx" is "before treatment").

    Gives the text and, of shorthand for what pages may name either way, (as written, as understood).
    """
    shown: list[tuple[str, str]] = []

    def written(match: re.Match[str]) -> str:
        short = match[0].rstrip("'-")
        words, always = _written_out(short)
        if always:
            return words + match[0][len(short) :]
        named = _as_on_pages(words, on_pages) if words and not _holds_all(short, on_pages) else None
        if named is None:
            return match[0]
        shown.append((short, named))
        return named + match[0][len(short) :]

    text = _COMMA.sub(lambda match: match[0].replace(",", "."), text)
    text = _ENDS_IN_WORDS.sub(lambda match: f"{in_figures(match[1]) or match[1]}{match[2]}", text)
    text = _IN_WORDS.sub(lambda match: f"{in_figures(match[1]) or match[1]}{match[2]}", text)
    text = _AGED.sub(lambda match: in_figures(match[0]) or match[0], text)
    text = _WORD.sub(written, _phrases().sub(written, text))
    text = _AND.sub("and", text)
    text = _GRADE.sub(lambda match: f"grade {match[1] or match[2]}", text)
    text = _DAY.sub("day ", _CHILD_PUGH.sub("Child-Pugh", _CHILD_CLASS.sub("Child-Pugh ", text)))
    text = _CLASS.sub(lambda match: _in_roman(match, on_pages, shown), text)
    return re.sub(r"[A-Za-z]{5,}", lambda match: _asking_word(match[0]), text), shown


_COMMA = lazy_regex(
    r"(?<![\d.,/-])(\d{1,3}),(\d)(?=\s?(?:kgs?|kilos?|kilograms?)\b)|"
    r"(?<![\d.,/-])(\d),(\d{1,2})(?=\s?(?:m2|m²|sqm)(?!\w))",
    re.IGNORECASE,
)
"""A weight or surface with a decimal comma ("70,5 kg", "1,75 m2")."""
_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_DIGITS = ["zero", *_UNITS[:9]]
_ANY_NUMBER = "|".join([*_TENS, *reversed(_UNITS), "zero", "point", "hundred and", "hundred"])
MOST_NUMBER_WORDS = 12
"""Words before its last one up to which a number in words is read ("a hundred and sixty-two point five" has four)."""
_WORD_OF_NUMBER = rf"(?:a(?= hundred) )?(?:{_ANY_NUMBER})"
NUMBER_WORDS = rf"(?:{_WORD_OF_NUMBER}[ -]){{0,{MOST_NUMBER_WORDS}}}{_WORD_OF_NUMBER}"
_IN_WORDS = lazy_regex(
    rf"\b({NUMBER_WORDS})"
    r"([ -](?:(?:years?|yrs?|months?|weeks?|days?)[ -](?:old|of age)\b|(?:kilos?|kgs?|kilograms?)\b))",
    re.IGNORECASE,
)
"""An age or a weight in words, which is read in figures alone; all number words before it are one number or none."""
_ENDS_IN_WORDS = lazy_regex(
    rf"\b({NUMBER_WORDS})( (?:to|or) (?:{NUMBER_WORDS})[ -](?:kilos?|kgs?|kilograms?)\b)", re.IGNORECASE
)
"""The first of two weights, which has no unit of its own."""
_AGED = lazy_regex(rf"(?:(?<=\bage )|(?<=\baged )|(?<=\bturned )){NUMBER_WORDS}\b", re.IGNORECASE)
"""An age told as such."""
_UP_TO_HUNDRED = rf"(?:{'|'.join(_TENS)})(?: (?:{'|'.join(_UNITS[:9])}))?|{'|'.join(reversed(_UNITS))}"
_SPOKEN = lazy_regex(
    rf"(?:(?P<hundreds>a|{'|'.join(_UNITS[:9])}) hundred(?: and)?(?= |$) ?)?(?P<rest>{_UP_TO_HUNDRED})?"
    rf"(?P<part>(?: point)(?: (?:{'|'.join(_DIGITS)}))+)?"
)
"""One number below a thousand as it is spoken."""


def in_figures(words: str) -> str | None:
    """Give the figure that words are ("sixty-two", "a hundred and five", "nine point five"); None for no one number.

    What is no number whole is none in part either: its last word alone would be another one.
    """
    match = _SPOKEN.fullmatch(" ".join(re.split(r"[ -]+", words.lower())))
    if match is None or not (match["hundreds"] or match["rest"]):
        return None
    hundreds = match["hundreds"] or ""
    whole = 100 * (1 if hundreds == "a" else _UNITS.index(hundreds) + 1) if hundreds else 0
    for part in (match["rest"] or "").split():
        whole += _UNITS.index(part) + 1 if part in _UNITS else 10 * (_TENS.index(part) + 2)
    behind = "".join(str(_DIGITS.index(part)) for part in (match["part"] or "").split()[1:])
    return f"{whole}.{behind}" if behind else str(whole)


def _in_roman(match: re.Match[str], on_pages: Has, shown: list[tuple[str, str]]) -> str:
    """Give a class as the pages write it, where they have its figure in Roman only ("2b" is "IIb")."""
    roman = _ROMAN[int(match[1])] + match[2].lower()
    if not on_pages(roman):
        return match[0]
    shown.append((match[0], roman))
    return roman


_CLASS = lazy_regex(r"(?<![\w.-])([1-5])([a-dA-D])(?![\w-])")
_ROMAN = ("", "I", "II", "III", "IV", "V")


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    """Give the pattern of shorthand of several words ("low potassium"), the longest first."""
    several = sorted((short for short in written_out() if " " in short), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, several))})\b", re.IGNORECASE)


def _holds_all(short: str, on_pages: Has) -> bool:
    """Tell whether pages have a shorthand of one word; several words together they may have by chance."""
    return " " not in short and on_pages(short)


def _as_on_pages(words: str, on_pages: Has) -> str | None:
    """Give words as the pages spell them, or None where they lack one."""
    found = (next((each for each in (word, *other_spellings(word)) if on_pages(each)), None) for word in words.split())
    listed = list(found)
    return " ".join(each for each in listed if each) if all(listed) else None


def _written_out(short: str) -> tuple[str, bool]:
    """Give what is written for a shorthand, in its own capitals or in any case; "" for none."""
    own = written_out().get(short)
    if own is None and short.lower() != short:
        own = written_out().get(short.lower())
    return own or ("", False)


@lru_cache(maxsize=4096)
def _asking_word(word: str) -> str:
    """Give the word of asking that a misspelt one is meant for ("definiton"), or the word itself."""
    lower, limit = word.lower(), 1 if len(word) <= 7 else 2
    if lower in asking_spellings() or lower in everyday_words():
        return word
    near = [known for known in asking_spellings() if known[0] == lower[0] and abs(len(known) - len(lower)) <= 1]
    near = [known for known in near if OSA.distance(lower, known, score_cutoff=limit) == 1]
    near = [known for known in near if len(known) > SHORT or _of_its_letters(lower, known)]
    return near[0] if len(near) == 1 and not near[0].startswith(lower) and not lower.startswith(near[0]) else word


SHORT = 6
"""Letters of a word of asking up to which a misspelt one has its letters: another letter makes another word."""


def _of_its_letters(word: str, known: str) -> bool:
    """Tell whether a word has the letters of another, two of them swapped, one doubled or left out ("garde")."""
    return len(word) != len(known) or sorted(word) == sorted(known)


_SPELLINGS = tuple(
    pair.split("/") for pair in "ae/e oe/e our/or is/iz ys/yz lph/lf litre/liter metre/meter ll/l ogue/og".split()
)
"""British and American spellings."""


def other_spellings(word: str) -> Iterator[str]:
    """Give a word as the other side of the ocean writes it: one change, or all of one sort ("haemorrhagic oedema")."""
    for one, other in _SPELLINGS:
        for there, instead in ((one, other), (other, one)):
            if there in word:
                yield word.replace(there, instead)
                yield from (word[: at.start()] + instead + word[at.end() :] for at in re.finditer(there, word))


def drug_shorthand(text: str, drugs: DrugNames) -> tuple[str, list[tuple[str, str]]]:
    """Write out shorthand that means a drug beside words of dosing or another drug ("flu dose before ...")."""
    dosing = bool(set(kinds_of(text)) & {"dose", "max", "duration", "interval", "route"} or drugs.find(text))
    known = {mention.words.lower() for mention in drugs.find(text)}
    understood: list[tuple[str, str]] = []
    for match in reversed(list(re.finditer(r"[A-Za-z]{2,}", text))):
        short = drugs.vocabulary.short.get(match[0].lower())
        drug = drugs.canonical(match[0]) if short and short.beside else None
        beside = _NOT_THE_DRUG.match(text, match.end()) or _SITUATION.search(text[: match.start()])
        treated = _TREATED.search(text[: match.start()]) if drugs.find(text[: match.start()]) else None
        beside = beside or (None if drugs.find(text[match.end() :]) else treated)
        given = dosing or _OF_A_DRUG.match(text, match.end())
        if drug and given and match[0].lower() not in known and not (beside or _is_of_score(text, match.end(), drugs)):
            text = text[: match.start()] + drug + text[match.end() :]
            understood.insert(0, (match[0], drug))
    return text, understood


def _is_of_score(text: str, end: int, drugs: DrugNames) -> bool:
    """Tell whether shorthand is the first half of letters joined by a hyphen, the other half no drug ("HCT-CI")."""
    joined = re.match(r"-([A-Za-z]{2,})\b", text[end:])
    return joined is not None and drugs.canonical(joined[1]) is None


_IT_BEHIND = lazy_regex(
    r"\s+(it)(?=\s*(?:$|[,?]|\d|dos\w+\b|chemo\w*\b|max\w*\b|adults?\b|child\w*\b|for\b|how\b|inj\w*\b))", re.IGNORECASE
)
_IT_BEFORE = lazy_regex(
    r"(?<!\bis )(?<!\bwas )(?<!\bdoes )(?<!\bdo )(?<!\bcan )(?<!\bwill )(?<!\bshould )(?<!\bhas )(?<!\bif )\b(it)\s+$",
    re.IGNORECASE,
)


def route_beside_drug(text: str, drugs: DrugNames, on_pages: Has) -> tuple[str, list[tuple[str, str]]]:
    """Write out "it" beside a drug's name ("it mtx", "methotrexate it 12 mg"), where pages speak of that route."""
    understood: list[tuple[str, str]] = []
    for mention in reversed(drugs.find(text) if on_pages(_INTRATHECAL) else []):
        at = _IT_BEHIND.match(text, mention.end) or _IT_BEFORE.search(text[: mention.begin])
        if at:
            text = f"{text[: at.start(1)]}{_INTRATHECAL}{text[at.end(1) :]}"
            understood = [(at[1], _INTRATHECAL)]
    return text, understood


_INTRATHECAL = "intrathecal"


def _short_for_several(text: str, names: Names, drugs: DrugNames) -> Iterator[Resolution]:
    """Give shorthand that stands for several drugs of the pages ("dex")."""
    for word in dict.fromkeys(re.findall(r"[A-Za-z]{2,4}", text)):
        short = drugs.vocabulary.short.get(word.lower())
        if short and (not short.beside or _is_dosed(word, text)) and not names.mentions(word):
            resolution = drugs.resolve(word)
            if resolution.how == "unsure":
                yield resolution


def _is_dosed(word: str, text: str) -> bool:
    return bool(re.search(rf"\b{word}\s+(?:iv |po )?dos(?:e|ing|age)\b", text, re.IGNORECASE))


def named_as_on_pages(text: str, drugs: DrugNames, on_pages: Has) -> str:
    """Put, for a drug by a name or shorthand that no page has ("vanc"), the name that the pages have for it.

    A drug of the situation by another country's name ("without ciclosporin") gets the one that rows are compared by.
    """
    for mention in reversed(drugs.find(text)):
        beside = _BESIDE.search(text[: mention.begin]) and mention.words.lower() in drugs.vocabulary.synonyms
        if (not beside and all(map(on_pages, mention.words.split()))) or mention.drug not in drugs.drugs:
            continue
        routes = routes_of_products(mention.words)
        names = (name for name in _names_of(mention.drug, drugs) if routes_of_products(name) <= routes)
        name = next((name for name in names if all(map(on_pages, name.split()))), None)
        if routes and not (name and routes_of_products(name)):  # the name tells the route: it is kept
            name = f"{' '.join(routes)} {name or mention.drug}"
        text = f"{text[: mention.begin]}{name}{text[mention.end :]}" if name else text
    return text


def hyphenated(word: str) -> Iterator[str]:
    """Give a short word in the ways in which pages may join it by a hyphen ("gcsf": "g-csf")."""
    if word.isalpha() and 2 < len(word) <= LONGEST_JOINED:
        yield from (f"{word[:at]}-{word[at:]}" for at in range(1, len(word)))
    elif numbered := re.fullmatch(r"([a-z]{2,})(\d{1,3}[a-z]?)", word, re.IGNORECASE):  # a trial or a protein
        yield f"{numbered[1]}-{numbered[2]}"


LONGEST_JOINED = 16
"""Letters up to which a word may be one that pages write with a hyphen ("gcsf", "axicel")."""


def _names_of(drug: str, drugs: DrugNames) -> Iterator[str]:
    """Yield a drug's generic name, then, where that will not do, all of its names in order."""
    yield drug
    listed = chain(drugs.names.items(), drugs.vocabulary.names.items())
    yield from sorted(name for name, named in listed if named == drug)


def _beginning_of_one(word: str, drugs: DrugNames, least: int) -> str | None:
    """Give the one drug of all known ones whose name begins with a word of so many letters ("levoflox"), or None."""
    if len(word) < least or drugs.canonical(word):
        return None
    known, listed = drugs.vocabulary.names, drugs.vocabulary.in_order
    begun = {drug for name, drug in drugs.names.items() if name.startswith(word)}
    begun |= {known[name] for name in listed[bisect_left(listed, word) : bisect_left(listed, word + "\uffff")]}
    usual = begun & (drugs.drugs | drugs.vocabulary.common)
    return next(iter(usual)) if len(usual) == 1 and usual <= drugs.drugs else None


def _without_its_end(word: str, drugs: DrugNames) -> str | None:
    """Give the drug of the pages whose name a word is but for its last letter ("cyclophosphamid"), or None."""
    drug = _beginning_of_one(word, drugs, LONG_NAME)
    return drug if drug and len(drug) == len(word) + 1 else None


def _clipped(word: str, drugs: DrugNames, begun: Callable[[str], tuple[str, ...]]) -> Resolution | None:
    """Understand a word that begins the name of a drug of the pages ("talq"): one if no other drug in use is meant."""
    found = begun(word)
    if len(found) > 1:
        return Resolution(word, None, "unsure", candidates=found[:MOST_CANDIDATES])
    one = _beginning_of_one(word.lower(), drugs, LEAST_CLIPPED) if found else None
    return Resolution(word, one, "near") if one and one == found[0] else None


LEAST_BEGINNING = 5
"""Letters of a name's beginning that may stand for it ("levof")."""
LEAST_CLIPPED = 4
"""Letters of one that no other word of the pages begins with."""
MOST_CANDIDATES = 5
"""Drugs that are offered to choose from."""
LONG_NAME = 10
"""Letters from which a word that only lacks its last one is its name, though words of the pages share its stem."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What the words of a question that nothing knows were understood as."""

    drugs: tuple[str, ...] = ()
    """Drugs that misspelt words mean."""
    doubtful: tuple[Resolution, ...] = ()
    """Words that may be a misspelt drug and could not be told apart."""
    understood: tuple[tuple[str, str], ...] = ()
    """(as written, as understood), drugs and other words."""


def mended(
    text: str,
    names: Names,
    drugs: DrugNames,
    found: frozenset[str],
    on_pages: Has,
    meant_for: Callable[[str], str | None],
    begun: Callable[[str], tuple[str, ...]] = lambda word: (),
) -> Mended:
    """Resolve words that no name covers: as misspelt drugs by `DrugNames.resolve`, else as a word of the pages.

    A word in `found` or on the pages is left as it is. `meant_for` gives the one word of the pages that a misspelt one
    can be meant for; `begun` the drugs whose names are all the words of the pages that begin with one.
    """
    meant_drugs: list[str] = []
    doubtful: list[Resolution] = []
    understood: list[tuple[str, str]] = []
    doubtful += _short_for_several(text, names, drugs)
    for word in dict.fromkeys(re.findall(r"[A-Za-z][A-Za-z-]{3,}", text)):
        if word.lower() in found or names.mentions(word) or (len(word) == 4 and on_pages(word)):
            continue
        clipped = None if on_pages(word) else _clipped(word, drugs, begun)
        if len(word) == LEAST_CLIPPED and clipped is None:
            understood += [(word, full)] if (full := meant_for(word)) and full.startswith(word.lower()) else []
            continue
        if on_pages(word):
            drug = _without_its_end(word.lower(), drugs)
            resolution = Resolution(word, drug, "near") if drug else None
        else:
            one = _beginning_of_one(word.lower(), drugs, LEAST_BEGINNING)
            resolution = Resolution(word, one, "near") if one else clipped or drugs.resolve(word)
        if resolution is None or resolution.how == "exact":
            continue
        if resolution.drug:
            meant_drugs.append(resolution.drug)
            understood.append((word, resolution.drug))
        elif resolution.how == "unsure":
            doubtful.append(resolution)
        elif other := meant_for(word):
            understood.append((word, other))
    return Mended(tuple(meant_drugs), tuple(doubtful), tuple(understood))
