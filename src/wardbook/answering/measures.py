"""A patient's measures as a question words them: weight, body surface, age; and the grades that it names."""

import re
from decimal import Decimal

from wardbook.lazy_regex import lazy_regex

_GRADE = lazy_regex(
    r"\b(?:grade|gr|g|stage)\s*\.?-?\s*([0-5])(?:\s*(?:-|–|to|or|/|and)\s*(?:grade\s*)?([1-5]))?\b"
    r"(\s*\+| or (?:above|higher|more))?",
    re.IGNORECASE,
)
_ROMAN = lazy_regex(r"\b(?:grade|stage)\s+(?:I{1,3}|IV|V)(?:[-/](?:I{1,3}|IV|V))?[a-d]?\b(?i:\s*\+)?")
_WEIGHT = lazy_regex(
    r"(?<![\w./])(\d[\d,]*(?:\.\d+)?)\s*(kilograms?|kilos?|kgs?|pounds?|lbs?|stones?|st)\b(?!\s*/)"
    r"(?!\s*per\b(?!\s+(?:single )?(?:dose|day|infusion|injection|bag)\b))",
    re.IGNORECASE,
)
_LESS, _MORE = r"(?:under|below|less than|lighter than|not yet)", r"(?:over|above|more than|heavier than)"
_BELOW = lazy_regex(
    rf"(?:[<≤]\s{{0,9}}|\b(?:lt|(?<!\bnot ){_LESS}|not {_MORE}|up to|at most)\s{{1,9}})=?\s{{0,9}}$", re.IGNORECASE
)
_ABOVE = lazy_regex(
    rf"(?:[>≥]\s{{0,9}}|\b(?:gt|(?<!\bnot ){_MORE}|not {_LESS}|at least)\s{{1,9}})=?\s{{0,9}}$", re.IGNORECASE
)
_OR_BELOW = lazy_regex(r"\s*(?:or|and) (?:less|below|under)\b", re.IGNORECASE)
_OR_ABOVE = lazy_regex(r"\s*(?:(?:or|and) (?:more|above|over)\b|\+)", re.IGNORECASE)
_RANGE_TO = lazy_regex(
    r"(?<![\w./-])\d+(?:\.\d+)?\s{0,9}(?:kgs?|y|yrs?|years?|months?|mo)?\s{0,9}(?:-|–|\b(?:to|or|point)\b)\s{0,9}$|"
    r"\b(?:is|was|weigh(?:s|ed|ing)?|weight|between|about|\d\s?kgs?)\s{1,9}(?:\d+(?:\.\d+)?\s{1,9})?and\s{1,9}$",
    re.IGNORECASE,
)
_RANGE_ON = lazy_regex(r"\s*(?:-|–|\bto\b)\s*\d+(?:\.\d+)?(?![\w./]*/|\s*(?:m[cg]g?|g|units?)\b)", re.IGNORECASE)
"""Before and behind a measure: it is one end of a range."""
_BSA = lazy_regex(
    r"\b(?:bsa|(?:body )?surface(?: area)?)\b(?:\s{0,9}(?:of|is|was|about|now)\b|\s{0,9}[=:]){0,2}\s{0,9}"
    r"([0-2]?(?:\.\d+)?)(?<=\d)"
    r"(?![\d.]*\d|\s*%)(?:\s*m(?:2|²|\^2)\b)?|(?<!\d)(\d+(?:\.\d+)?)\s*m(?:2|²|\^2)\b(?!\s*/)",
    re.IGNORECASE,
)
_KIDNEY = lazy_regex(
    r"\b(?:cr\s?cl|clcr|e?gfr|(?:creatinine )?clearance)\s*(?:of|is|=|:)?\s*[<>≤≥]?\s*\d+(?:\.\d+)?"
    r"(?:\s*(?:-|to)\s*\d+)?(?:\s*ml\s*/\s*min(?:\s*/\s*(?:kg|1\.73\s*m(?:2|²|\^2)))?)?|"
    r"\b(?:on )?(?:(?:haemo|hemo)?dialysis|HD|CRRT|CVVHD?F?|ESRD|PD)\b",
    re.IGNORECASE,
)
_PERSON = (
    r"(?:he|she|they|pt|patient|m[ae]n|wom[ae]n|lady|gentleman|someone|somebody|person|boy|girl|child|kid|teenager|"
    r"male|female|adult)"
)
_AGE = lazy_regex(
    r"(?<![\w.])(\d{1,3})\s{0,9}-?\s{0,9}(?:years?|yrs?|y/?o|yo|y)(?:\s{0,9}-?\s{0,9}old)?\b"
    r"(?!\s{0,9}(?:ago|earlier|back|later|post)\b)|\bage[d]?\s{0,9}(?:of\s{0,9})?(\d{1,3})\b|"
    rf"\b{_PERSON}(?:['’]s| is| was| were)(?: (?:now|only|actually|already))*\s+(\d{{1,3}})"
    r"(?=\s*(?:$|[?.,;!]|(?:and|actually|now|not)\b))|"
    r"\bturn(?:ed|s|ing)\s+(\d{1,3})(?=\s*(?:$|[?.,;!]|(?:and|in|on|last|this|today|yesterday)\b))|"
    rf"\b{_PERSON}\s+of\s+(\d{{1,3}})(?=\s*(?:$|[?.,;!:]|(?:and|with|on|in|who|for|having|weighing|dose|please|pls)\b))",
    re.IGNORECASE,
)
_DAY = lazy_regex(r"\bday\s+(\d{1,2})\b", re.IGNORECASE)
_BABY = r"(?:bab(?:y|ies)|infant|neonate|newborn)"
_YOUNG = lazy_regex(
    r"(?<![\w.])(\d{1,3})\s{0,9}-?\s{0,9}(months?|mos?|weeks?|wks?|days?)\s{0,9}-?\s{0,9}"
    rf"(?:old|of age|(?=(?:{_BABY}|child|kid|toddler|boy|girl)\b))|"
    rf"\b{_BABY},?\s+(?:of\s+|aged?\s+)?(\d{{1,3}})\s{{0,9}}-?\s{{0,9}}(months?|mos?|weeks?|wks?|days?|d)\b|"
    rf"\b{_BABY},?\s+(?:on\s+)?(day)\s+(?:of life\s+)?(\d{{1,2}})\b|\b(day)\s+(?:of life\s+)?(\d{{1,2}})\s+{_BABY}\b",
    re.IGNORECASE,
)
_CHILD = lazy_regex(
    rf"\b(?:{_BABY}s?|child(?:ren)?|kids?|p(?:a)?ed(?:s|iatrics?)?|toddlers?|boy|girl)\b(?![ -]?pugh)", re.IGNORECASE
)
_BARE_YOUNG = lazy_regex(
    r"(?<![\w.-])(?<!\bfor )(?<!\bx )(?<!\bevery )(?<!\bafter )(?<!\bpast )(?<!\blast )(?<!\bwithin )(?<!\bin )(?<!\bx)"
    r"(\d{1,3})\s*-?\s*(months?|mos?|weeks?|wks?)\b(?!\s*(?:ago|later|after|before|apart|of (?!age)))",
    re.IGNORECASE,
)
"""An age where a child is asked about; elsewhere it may be a time as well."""


_LIGHT = lazy_regex(r"(?<![\w./])(?:\d|1\d)(?:\.\d+)?\s*kg\b", re.IGNORECASE)
"""A weight below 20 kg, which no adult has."""


def grade_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Give where a text names grades."""
    return tuple(match.span() for pattern in (_GRADE, _ROMAN) for match in pattern.finditer(text))


_PAST = lazy_regex(
    r"\b(?:hx|h/o|history|prior|previous) (?:of )?(?:a |an )?(?:gr(?:ade)?s? ?\d|g\d)(?:(?:-|/| to )\d)?", re.IGNORECASE
)
"""A grade of what the patient had before."""


def grades_of(text: str) -> tuple[int, ...]:
    """Give the grades that a text names; "grade 3-4" and "grade 3+" name several."""
    grades: list[int] = []
    for match in _GRADE.finditer(_PAST.sub(lambda past: " " * len(past[0]), text)):
        low = int(match[1])
        high = int(match[2]) if match[2] else 5 if match[3] else low
        apart = match[2] and re.search(r"\b(?:and|or)\b|/", match[0])
        grades += (low, high) if apart else range(low, max(low, high) + 1)
    return tuple(dict.fromkeys(grades))


def weight_span(text: str) -> tuple[int, int] | None:
    """Give where a text gives a weight, with its unit and what makes a bound of it ("under 30 kg"), or None."""
    return _bounded(text, _WEIGHT.search(text))


def _bounded(text: str, measure: re.Match[str] | None) -> tuple[int, int] | None:
    if measure is None:
        return None
    before, after = text[: measure.start()], text[measure.end() :]
    leads = _BELOW.search(before) or _ABOVE.search(before)
    trails = _OR_BELOW.match(after) or _OR_ABOVE.match(after)
    return leads.start() if leads else measure.start(), measure.end() + (trails.end() if trails else 0)


def weight_of(text: str) -> tuple[str | None, tuple[bool, str] | None]:
    """Read a weight as written ("18kg"), or a bound ("<30 kg", "30 kg or more") as (True for above, the weight)."""
    weight = _WEIGHT.search(text)
    if weight is None:
        return None, None
    before, after = text[: weight.start()], text[weight.end() :]
    if _RANGE_TO.search(before) or _RANGE_ON.match(after):
        return None, None
    if _BELOW.search(before) or _OR_BELOW.match(after):
        return None, (False, weight[0])
    if _ABOVE.search(before) or _OR_ABOVE.match(after):
        return None, (True, weight[0])
    return weight[0], None


def two_weights(text: str) -> str | None:
    """Say why a question that gives two body weights is refused, or None; neither is chosen."""
    found = dict.fromkeys(match[0].replace(" ", "").lower() for match in _WEIGHT.finditer(text))
    bands = (
        _BELOW.search(text) or _ABOVE.search(text) or re.search(r"[<>≤≥]|\b(?:under|over|at least|to|between)\b", text)
    )
    if len(found) < 2 or bands:
        return None
    return f"the question gives several weights ({', '.join(found)}): ask with one"


def kidney_span(text: str) -> tuple[int, int] | None:
    """Give where a text tells how well the kidneys work ("CrCl 0.9 mL/min/kg", "on dialysis"), or None."""
    found = _KIDNEY.search(text)
    return found.span() if found else None


def bsa_span(text: str) -> tuple[int, int] | None:
    """Give where a text gives a body surface, or None."""
    found = _BSA.search(text)
    return found.span() if found else None


def bsa_of(text: str) -> Decimal | None:
    """Read a body surface, m2."""
    return _number(_BSA.search(text))


def age_span(text: str) -> tuple[int, int] | None:
    """Give where a text gives an age, with what makes a bound of it ("under 2 years"), or None."""
    return _bounded(text, next(iter(_young(text)), None) or _AGE.search(text))


def _is_range(text: str, measure: re.Match[str]) -> bool:
    """Tell whether what gives a measure is an end of a range, or a bound."""
    before, after = text[: measure.start()], text[measure.end() :]
    ended = _RANGE_TO.search(before) or _RANGE_ON.match(after)
    bound = any(each.search(before) for each in (_BELOW, _ABOVE)) or _OR_BELOW.match(after) or _OR_ABOVE.match(after)
    return bool(ended or bound)


def _young(text: str) -> tuple[re.Match[str], ...]:
    """Give where a text gives ages in months, weeks or days; without "old" only where it speaks of a child."""
    said = tuple(_YOUNG.finditer(text))
    child = _CHILD.search(text) or _LIGHT.search(text)
    return said or (tuple(_BARE_YOUNG.finditer(text)) if child and not _AGE.search(text) else ())


def without_measures(text: str) -> str:
    """Give a text without weight, age, body surface and kidney function."""
    kept = list(text)
    for begin, end in measure_spans(text):
        kept[begin:end] = " " * (end - begin)
    return "".join(kept)


def measure_spans(text: str) -> list[tuple[int, int]]:
    """Give where a text gives weight, age, body surface and kidney function."""
    found = (age_span(text), bsa_span(text), kidney_span(text), weight_span(text))
    return [span for span in found if span]


def age_of(text: str) -> Decimal | None:
    """Read an age, in years; months are twelfths, days and weeks parts of 365.25 days. None where a baby has two.

    A range or a bound ("4 to 8 years", "under 12 years") is no age.
    """
    said = next(iter(_young(text)), None) or _AGE.search(text)
    if said is not None and _is_range(text, said):
        return None
    young = {_young_age(match) for match in _young(text)}
    if not young:
        return _number(_AGE.search(text))
    days = {int(found) for found in _DAY.findall(text)} if re.search(rf"\b{_BABY}\b", text, re.IGNORECASE) else set()
    young |= {Decimal(day) / Decimal("365.25") for day in days}
    return young.pop() if len(young) == 1 else None


def _young_age(young: re.Match[str]) -> Decimal:
    told = [group for group in young.groups() if group]
    (count,) = (Decimal(group) for group in told if group.isdigit())
    unit = next(group[0].lower() for group in told if not group.isdigit())
    return count / 12 if unit == "m" else count * (7 if unit == "w" else 1) / Decimal("365.25")


def _number(match: re.Match[str] | None) -> Decimal | None:
    return Decimal(next(group for group in match.groups() if group)) if match else None
