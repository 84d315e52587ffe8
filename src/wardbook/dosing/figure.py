"""Figures of a text as facts that can be compared: amounts, frequencies, spans, plain numbers and labels."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from wardbook.dosing.amount import Figure, number, read_amounts
from wardbook.dosing.binding import drug_at, mentions_of
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.notation import uniform
from wardbook.dosing.unit import unit
from wardbook.kept import OF_BOTH
from wardbook.lazy_regex import lazy_regex

_MEASURES = frozenset({"kg", "[lb_av]", "[stone_av]", "a", "mo", "m2", "cm"})

Fact = tuple[object, ...]
"""Kind, then figures and codes; equal facts say the same in whatever notation."""

# "One dose" is left in words: it says "each", more often than "only one".
_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_COUNTED = r"doses?|days?|weeks?|months?|hours?|minutes?|tablets?|capsules?|vials?|times|infusions?|injections?|cycles?"
_NUMBER_WORD = lazy_regex(
    rf"\b(?!one dose\b)({'|'.join(_WORDS)})\b(?=(?:\s+(?:more|further|additional|divided))?[\s-]+(?:{_COUNTED})\b)"
)
_SPELLED = lazy_regex(
    r"(?<!\d )(?<!\d-)\b(?:half|quarter|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|"
    r"thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million)(?: an?)?[ -](?:mg|mcg|g|grams?|"
    r"milligrams?|micrograms?|units?|ml|tablets?|capsules?|vials?|percent)\b"
)
_DAILY_PHRASE = lazy_regex(r"\s+(?:dose|max|total|limit|amount)")
_PLAIN = r"(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d+)?|\.\d+"
_SPAN_UNITS = {
    "d": r"days?|d",
    "h": r"hours?|hrs?|h",
    "min": r"minutes?|mins?",
    "wk": r"weeks?|wks?",
    "mo": r"months?|mos?",
    "dose": r"doses?",
    "times": r"times",
    "cycle": r"cycles?",
    "course": r"infusions?|injections?",
}
_SPAN = lazy_regex(
    rf"(?<![\w.,/])x?\s?(?P<low>{_PLAIN})(?:\s*(?:-|to|or)\s*(?P<high>{_PLAIN}))?[ -]?"
    rf"(?:(?:more|further|additional|divided|total|separate)\s+)?(?P<unit>{'|'.join(_SPAN_UNITS.values())})(?![a-z\d])"
)
_DOSE_UNIT = r"\s*(?:mg|g|mcg|ml|units?)\b"
_LABEL = lazy_regex(
    r"\b(?P<name>grades?|gr|g|stages?|cohorts?|phases?|lines?|steps?|tables?|figures?|sections?|version|v)\.?\s*"
    r"(?:[<>≤≥]=?\s*|at least |above )?(?P<low>\d)(?:\s*(?:-|to|or|and|/|,)\s*(?P<high>\d)(?![\d.]))?\+?"
    rf"(?![\d.]*{_DOSE_UNIT})(?![\d.])"
)
_NAME = lazy_regex(r"(?<![\w.])(?=[\w+-]*[a-z])(?!x\d|q\d|d\d)[a-z][\w+]*(?:-[\w+]+)*-?\d[\w+]*(?:-\w+)*")
_DAY = lazy_regex(
    r"\b(?:days?|d)\s*(?P<days>[-+]?\d+(?:\s*(?:,\s*and|,|and|to|through|-|/|&|or)\s*(?:day\s*)?[-+]?\d+)*)(?![\d.,]*\d)"
    rf"(?!{_DOSE_UNIT}|\s*(?:days|doses|hours)\b)"
)
_SIGNED = lazy_regex(r"(?<!\d)[-+]?\d+")
_DATE = lazy_regex(
    r"\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b|"
    r"\b(?:19|20)\d\d\b(?![.,]\d|\s*/)(?!\s*(?:\w+\s+)?(?:daily|twice|every|per|mg|mcg|g|ml|units?|days?|d|hours?|h|weeks?|"
    r"months?|minutes?|doses?|times|tablets?|cells|x)(?![a-z]))"
)
_REFERENCE = lazy_regex(r"\[\d+\]")
_ANY = lazy_regex(rf"(?<![\d.,])(?:{_PLAIN})|[¼½¾⅓⅔⅛]|(?<=[,.])\d+")
_ALONE = lazy_regex(rf"(?<![\w.,^])(?:{_PLAIN})(?![\w^])|(?<![\w.,^])(?:{_PLAIN})(?=[a-z])")
_TELLS = lazy_regex(r"[^\W_]|[%/^°]")
_GLUED = lazy_regex(r"[\w^.]*\w")
_UNIT_TAIL = lazy_regex(r"\d(?:mg|mcg|ug|g|ml|l|units?|iu|u|meq|mmol|h|d)(?:/\w+)?\Z")
_NEXT = lazy_regex(r"[\s-]*([^\W\d_]+(?P<per>(?:\s?/\s?[a-z][\w²^]*)*)|[^\s\w])?")
_FUNCTION_WORDS = frozenset(
    "and or to for by with in on at then the of is are as if after before from until not but per a an over".split()
)
_MAX_BEFORE = lazy_regex(
    r"(?:max(?:imum|imal|\.)?|not (?:to )?exceed(?:ing)?|"
    r"(?:no|not|never|nothing) (?:more than|above|over|beyond|higher than|greater than|>)|"
    r"up to|capp?(?:ed)?|limit(?:ed)?|"
    r"at most|ceiling)(?:[^\d.;\n]|\d (?:dose|day))*\Z"
)
_MAX_AFTER = lazy_regex(
    r"(?:/\w+|\s|\(|\b(?:a|per|day|dose|the|daily|single)\b)*max(?:imum)?\b(?!\W*(?:[a-z]+\W+){0,3}\d)"
)
_DAILY_BEFORE = lazy_regex(
    r"(?:daily (?:dose|max\w*|limit|total)|max\w* daily(?: dose)?|"
    r"(?:max\w*|limit|most|total) (?:dose )?(?:in|per|a) (?:24 ?h\w*|day))"
    r"[\s:=|(]*(?:(?:of|is|up to|at most)[\s:=|(]*)?\Z"
)
_DAILY_AFTER = lazy_regex(
    r"\s*\(?(?:total\s+)?(?:(?:in|within|per|a|each)\s+(?:any\s+)?(?:24\s*-?\s*h\w*|day)|/\s*24\s*h\w*|"
    r"daily (?:max\w*|limit|total)|max\w* daily)\b"
)
_DAILY_NEAR = lazy_regex(r"[^\d;.]{0,30}?\b(?:daily|every day|qd|qday|once a day|every 24 h(?:ours|rs)?|q24h)\b")


@dataclass(frozen=True, slots=True)
class Figures:
    """What a text says in figures."""

    dose_like: frozenset[Fact]
    """Amounts, frequencies in figures, spans of time or doses, each in the one form in which the text gives it."""
    also: frozenset[Fact]
    """Further forms in which the same figures may be repeated ("200 mg daily" as 200 mg/day)."""
    maxima: frozenset[Fact]
    """Those amounts that the text calls a maximum."""
    rhythms: frozenset[Fact]
    """Frequencies in words alone ("daily", "twice daily")."""
    numbers: frozenset[Fact]
    """Every other number, with the unit or word that follows it."""
    values: frozenset[Fact]
    """All numbers of the text, as a number that nothing follows."""
    labels: frozenset[Fact]
    """Grades, names with digits, dates: each with what it is a label of and the label itself."""
    of_drugs: frozenset[tuple[str, Fact]]
    """Amounts with the drug that each belongs to, where the text names one."""
    measures: frozenset[Fact]
    """Body measures: numbers with kg, lb, years, months, m² or cm."""
    speaks_of_doses: bool
    """True where an amount or a span is given, so that no other number in the text is beside the point."""

    @property
    def all(self) -> frozenset[Fact]:
        """Everything that these figures allow another text to say."""
        return self.dose_like | self.also | self.rhythms | self.numbers | self.values


@lru_cache(maxsize=OF_BOTH)
def read_figures(text: str) -> Figures:
    """Read all figures of a text."""
    # Reference numbers of the page ("[11]") are no figures; blanks keep their place.
    text = _REFERENCE.sub(lambda match: " " * len(match[0]), text)
    plain = _NUMBER_WORD.sub(lambda match: str(_WORDS.index(match[1]) + 1), uniform(text))
    amounts = read_amounts(plain)
    taken = [(figure.begin, figure.end) for figure in amounts]
    labels = frozenset(_labels(plain, taken))
    frequencies, rhythms = _frequencies(plain, taken)
    spans = frozenset(_spans(plain, taken))
    numbers = frozenset(_numbers(plain, taken))
    amount_facts = [_amount(plain, figure) for figure in amounts]
    return Figures(
        dose_like=frozenset(amount_facts) | frequencies | spans | {("spelled", m[0]) for m in _SPELLED.finditer(plain)},
        also=frozenset(_also(plain, amounts)),
        maxima=frozenset(f for f, figure in zip(amount_facts, amounts, strict=True) if _is_maximum(plain, figure)),
        rhythms=rhythms,
        numbers=numbers,
        values=frozenset(("number", number(match.group()), "") for match in _ALONE.finditer(plain)),
        labels=labels,
        of_drugs=frozenset(_of_drugs(plain, amounts, amount_facts)),
        measures=frozenset(fact for fact in numbers | spans if fact[-1] in _MEASURES),
        speaks_of_doses=bool(amounts or spans or frequencies),
    )


def _amount(plain: str, figure: Figure) -> Fact:
    """Give the fact of an amount; what is said to be for 24 hours in words is per day."""
    before, after = plain[: figure.begin], plain[figure.end :]
    daily = figure.per_time is None and (_DAILY_BEFORE.search(before) or _DAILY_AFTER.match(after))
    time = "d" if daily else figure.per_time
    glued = _GLUED.match(after)
    unit_code = figure.amount.unit + (glued[0] if glued else "")
    return ("amount", figure.amount.low, figure.amount.high, unit_code, figure.per, time)


def _of_drugs(plain: str, amounts: tuple[Figure, ...], facts: list[Fact]) -> Iterator[tuple[str, Fact]]:
    mentions = mentions_of(plain)
    for figure, fact in zip(amounts, facts, strict=True):
        if drug := drug_at(plain, mentions, figure.begin, figure.end):
            yield drug, fact


def _also(plain: str, amounts: tuple[Figure, ...]) -> Iterator[Fact]:
    for figure in amounts:
        fact = _amount(plain, figure)
        if fact[-1] == "d":
            yield ("every", Decimal(24), Decimal(24))
        elif figure.per_time is None and _DAILY_NEAR.match(plain[figure.end :]):
            yield (*fact[:-1], "d")


def _is_maximum(plain: str, figure: Figure) -> bool:
    return bool(_MAX_BEFORE.search(plain[: figure.begin]) or _MAX_AFTER.match(plain[figure.end :]))


def _frequencies(plain: str, taken: list[tuple[int, int]]) -> tuple[frozenset[Fact], frozenset[Fact]]:
    """Give the frequencies in figures and those in words alone."""
    figures: set[Fact] = set()
    words: set[Fact] = set()
    for found in read_frequencies(plain):
        if not _is_free(found.begin, found.end, taken):
            continue
        taken.append((found.begin, found.end))
        if _DAILY_PHRASE.match(plain[found.end :]) or plain[: found.begin].rstrip().endswith(
            ("max", "maximum", "maximal")
        ):
            continue  # "daily dose" names a kind of figure and gives no frequency
        spelling = " ".join(plain[found.begin : found.end].split())
        fact: Fact = ("every", *found.interval_h) if found.interval_h else ("rhythm", spelling)
        (figures if any(char.isdigit() for char in spelling) else words).add(fact)
    return frozenset(figures), frozenset(words)


def _spans(plain: str, taken: list[tuple[int, int]]) -> Iterator[Fact]:
    for match in _SPAN.finditer(plain):
        if _is_free(match.start(), match.end(), taken):
            taken.append((match.start(), match.end()))
            low, high = number(match["low"] or match["high"]), number(match["high"] or match["low"])
            yield ("span", low, high, next(c for c, words in _SPAN_UNITS.items() if re.fullmatch(words, match["unit"])))


def _labels(plain: str, taken: list[tuple[int, int]]) -> Iterator[Fact]:
    """Yield grades and stages, names with digits ("cd19") and dates, each with its kind: they say nothing of doses."""
    for pattern in (_LABEL, _DAY, _NAME, _DATE):
        for match in pattern.finditer(plain):
            if not _is_free(match.start(), match.end(), taken) or (pattern is _NAME and _UNIT_TAIL.search(match[0])):
                continue
            taken.append((match.start(), match.end()))
            if pattern is _LABEL:
                name = match["name"].removesuffix("s")
                for digit in filter(None, (match["low"], match["high"])):
                    yield ("label", "grade" if name in ("g", "gr") else name, digit)
            elif pattern is _DAY:
                yield from (("label", "day", day.lstrip("+")) for day in _SIGNED.findall(match["days"]))
            elif pattern is _NAME:
                yield ("label", re.split(r"\d", match[0])[0].rstrip("-"), match[0])
            else:
                yield ("label", "date" if "-" in match[0] else "year", match[0])


def _numbers(plain: str, taken: list[tuple[int, int]]) -> Iterator[Fact]:
    for match in _ANY.finditer(plain):
        if _is_free(match.start(), match.end(), taken):
            value = number(match.group()) if match.group().isascii() else match.group()
            yield ("number", value, _following(plain, match.end()))


def _following(plain: str, at: int) -> str:
    """Give what a number counts: the unit or word behind it, "" for none."""
    follows = _NEXT.match(plain, at)
    word = (follows[1] or "") if follows else ""
    per = "".join((follows["per"] or "").split()) if follows else ""
    name = word.partition("/")[0].strip()
    known = unit(name) if name else None
    if known:
        return known.code + per
    return (name.removesuffix("s") + per) if _TELLS.match(word) and name not in _FUNCTION_WORDS else ""


def _is_free(begin: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return all(end <= first or begin >= last for first, last in taken)
