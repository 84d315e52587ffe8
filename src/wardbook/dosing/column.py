"""Columns and keys of dosing tables: what a header says that its cells hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.band import OR_DIALYSED, Band, read_bands
from wardbook.dosing.context import Drugs, population_of, setting_of, severity_of, unit_words
from wardbook.dosing.governed import whole
from wardbook.dosing.header_often import header_often
from wardbook.dosing.limit_words import phases_of
from wardbook.dosing.measured import ranges_of_headers
from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import Phrase, phrases_of
from wardbook.dosing.quantity import quantity_above
from wardbook.dosing.unit import ucum
from wardbook.dosing.vocabulary import rows
from wardbook.lazy_regex import lazy_regex


@dataclass(frozen=True, slots=True)
class Column:
    """A header (or key) as understood."""

    words: str
    """As written."""
    role: str
    """A role of `columns.tsv`, "drug dose" (the header is a drug), "banded" (population, grade or weight), "other"."""
    drug: str | None = None
    """The drug that the header itself names."""
    unit: str | None = None
    """Unit words in its brackets ("mg/kg/day"), for cells that hold bare numbers."""
    population: str | None = None
    """As worded."""
    severity: str | None = None
    """As worded."""
    setting: str | None = None
    """ "treatment" | "prophylaxis" | ..."""
    bands: tuple[Phrase, ...] = ()
    """Bands of weight, age, ... in the header."""
    or_else: str | None = None
    """Verbatim: another reason beside a band ("or ECG changes")."""


@cache
def _roles() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), role) for pattern, role in rows("columns.tsv"))


@lru_cache(maxsize=20_000)
def role_of(words: str) -> str:
    """Give the role of a header or key by its words alone; "other" where they tell nothing."""
    plain = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", uniform(words))
    plain = " ".join(plain.split()).strip(" :.-*")
    role = next((role for pattern, role in _roles() if pattern.fullmatch(plain)), "other")
    role = "label" if role == "renal" and _BY_WEIGHT.search(uniform(words)) else role
    parts = _PARTS.split(plain) if role == "other" else []
    roles = set(map(role_of, parts)) if len(parts) > 1 else set()
    # of "limit / notes" the cells are read as notes, in which maxima are looked for
    return "notes" if roles & {"notes", "max"} and "dose" not in roles else role


_BY_WEIGHT = lazy_regex(r"ml ?/ ?min ?/ ?kg|ml ?/ ?kg ?/ ?min|ml/min per kg")
"""A clearance by the kilogram, which is no band of the clearance itself."""
_PARTS = lazy_regex(r"\s*(?:[/&+,;]|\band\b|\bor\b)\s*")


# Behind these words a header names what else the patient takes ("Dose without x", "With inhibitor (x)"), not the drug.
_BESIDE = lazy_regex(
    r"(?<![a-z-])(?:with|without|w/o?|on|off|no|if|when|taking|receiving|given|plus|after|before|concomitant|"
    r"co-?administered|co-?medication|refractory|resistant|intolerant|interact\w*|inhibitors?|inducers?)(?![a-z])"
)
BY_BAND = frozenset({"weight", "age", "renal", "surface"})
"""Roles of columns whose cells bound a quantity of the patient."""


def is_beside(words: str) -> bool:
    """Tell whether a header names what is taken beside the drug, or in its place."""
    return bool(
        _BESIDE.search(uniform(words)) or re.search(r"\b(?:instead|alternativ\w*|else|switch)\b", uniform(words))
    )


_COMPANIONS = lazy_regex(
    r"(?:if |when )?(?:(?:drugs?|medicines?|medication|patient|also|is|being|currently|given|taken|taking|used|"
    r"combined|together|co-?administered|co-?prescribed|concomitant(?:ly)?|concurrent(?:ly)?|prescribed)\s+)*"
    r"(?:with|beside|besides|alongside|together with|taking|on|receiving|co-?medications?|companions?|"
    r"(?:interacting|concomitant|concurrent|co-?administered|co-?prescribed|accompanying)\s+"
    r"(?:drugs?|medicines?|medications?|agents?|antifungals?|treatments?|therapy)|interactions?|interacts? with|"
    r"interacting with|(?:enzyme |cyp\w* )(?:inhibitors?|inducers?))"
)


def is_of_companions(words: str) -> bool:
    """Tell whether a header says that its cells name what is given beside the drug of the table ("Given with")."""
    return _COMPANIONS.fullmatch(" ".join(re.sub(r"[^a-z0-9-]+", " ", uniform(words)).split())) is not None


_ASIDE = lazy_regex(r"(?<=\d)\s*\([^()\d]{1,30}\)\W*$")
"""A remark in brackets behind the bound that ends a header."""


def read_column(words: str, drugs: Drugs) -> Column:
    """Understand a header or key."""
    named = {m.drug for m in drugs.find(words) if not _BESIDE.search(uniform(words[: m.begin]))}
    drug = named.pop() if len(named) == 1 else None
    bands = phrases_of("band", _subject(words))
    bands = bands or tuple(Phrase("band", each.begin, each.end, each) for each in whole(words))
    bands = bands or phrases_of("band", _ASIDE.sub("", words))  # "CrCl > 50 (normal)"
    population, severity, setting = population_of(words), severity_of(words), setting_of(words)
    role = role_of(words)
    if role in ("other", "text", "dose", "steroid") and drug:
        role = "drug dose"
    elif (role in BY_BAND and bands) or (role == "other" and (bands or population or severity or setting)):
        role = "banded"
    if role in ("other", "banded") and drug is None and not bands and _is_dosed(words):
        role = "dose"
    beside = words[bands[0].end :] if len(bands) == 1 and _subject(words) == words else ""
    or_else = beside.strip(" ,()") if _OR_ELSE.match(uniform(beside)) else None
    return Column(words, role, drug, unit_words(words), population, severity, setting, bands, or_else)


_MASSES = frozenset({"mg", "g", "ug", "[iU]"})


def _is_dosed(words: str) -> bool:
    """Tell whether a header says in what unit and how often its bare figures are given ("Full BD (mg)")."""
    unit = unit_words(words)
    return unit is not None and ucum(unit.split("/")[0].strip()) in _MASSES and bool(header_often(words))


def by_shorthand(columns: Sequence[Column], drugs: Drugs) -> list[Column]:
    """Take headers that are ward shorthand alone for drugs where they stand beside each other ("Flu" | "Cy").

    One by itself may be a word of its own.
    """
    meant = [
        drugs.canonical(_outside(column.words, drugs).strip(" :*")) if column.role in ("other", "text") else column.drug
        for column in columns
    ]
    if len({*meant} - {None}) < 2:
        return list(columns)
    return [
        replace(column, role="drug dose", drug=drug) if drug and not column.drug else column
        for column, drug in zip(columns, meant, strict=True)
    ]


def by_other_names(columns: Sequence[Column], drugs: Drugs) -> list[Column]:
    """Take a header for another drug's where it is that of a drug but for the name ("Xyz load" beside "Abc load").

    Where that name is not known, what stands below is of no drug that is. A word that says which dose or whose ("Max
    dose", "Adult load") is no name, and a column that holds no doses keeps what it holds.
    """
    frames = {_frame(column, drugs) for column in columns if column.drug} - {None}
    found = []
    for column in columns:
        head, _, rest = column.words.partition(" ")
        framed = ("", rest.strip()) in frames and rest.strip()
        if column.drug or not framed or column.role not in _DOSING or _says_which(head):
            found.append(column)
        elif _PLAIN_WORD.fullmatch(head):
            drug = drugs.canonical(head)
            found.append(replace(column, role="drug dose" if drug else "none", drug=drug))
        else:
            found.append(column)
    return found


_DOSING = frozenset({"dose", "text", "banded", "other"})
_WHICH = lazy_regex(
    r"max\w*|min\w*|top|upper|lower|lowest|highest|total|single|each|every|per|daily|weekly|monthly|hourly|nightly|day|"
    r"night|morning|evening|first|second|third|fourth|last|next|final|initial|start\w*|test|trial|loading|load|bolus|"
    r"induction|maintenance|continuation|target|usual|typical|standard|normal|regular|routine|full|half|reduced|low|high|"
    r"lean|adjusted|modified|calculated|rounded|recommended|suggested|planned|actual|previous|current|new|old|older|"
    r"younger|alternative|adult|child|children|infant|neonat\w*|baby|teen\w*|adolescent|paediatric|pediatric|elderly|"
    r"obese|renal|kidney|hepatic|liver|dialysis|pregnan\w*|male|female|oral|intravenous|enteral|subcut\w*|rectal|nasal|"
    r"inhaled|weight|age|fixed|flat|body|infusion|rescue|repeat|top-?up|additional|extra|supplementary|the|our|this"
)
"""Words that say which dose of the drug beside is meant, or whose."""


def _says_which(word: str) -> bool:
    said = population_of(word) or setting_of(word) or severity_of(word) or role_of(word) != "other"
    return bool(said or _WHICH.fullmatch(uniform(word)))


def _frame(column: Column, drugs: Drugs) -> tuple[str, str] | None:
    """Give the words around the one drug of a header, where it opens it."""
    named = drugs.find(column.words)
    if len(named) != 1 or column.words[: named[0].begin].strip():
        return None
    return "", column.words[named[0].end :].strip()


_PLAIN_WORD = lazy_regex(r"[A-Za-z][a-z]{2,}")


def _outside(words: str, drugs: Drugs) -> str:
    """Give a header without what stands in brackets behind its name, unless that names a drug too."""
    bracket = _BRACKETED.search(words)
    return words[: bracket.start()] if bracket and not drugs.find(bracket[0]) else words


_BRACKETED = lazy_regex(r"\s*\([^()]*\)\s*$")
"""What is said in brackets behind a name ("Mel (auto)")."""


def names_whom(words: str) -> bool:
    """Tell whether a header or key names patients, by a band or in words ("Over 12 y", "Children")."""
    return bool(phrases_of("band", _subject(words)) or whole(words) or population_of(words))


def with_ranges(columns: Sequence[Column], above: str) -> list[Column]:
    """Take the ranges of headers for bands of the quantity that the headings `above` name."""
    words = [column.words for column in columns]
    found = ranges_of_headers(words, above) or _going_on(columns) or _of_kidneys(words, above)
    return [
        _ranged(column, found[at]) if at in found and not column.bands else column for at, column in enumerate(columns)
    ]


_RENAL = lazy_regex(
    r"\b(?:renal|kidneys?)\b.*\b(?:dos(?:es?|ing|age)|function|adjust\w*)\b|\b(?:dos(?:es?|ing|age)|function|adjust\w*)\b.*"
    r"\b(?:renal|kidneys?)\b|\bcr ?cl\b|\bcreatinine clearance\b|\be?gfr\b"
)
"""A title or heading over doses by the function of the kidneys."""
_ELSE_BOUND = lazy_regex(
    r"\b(?:by|per|according to|weights?|ages?|aged|years|months|body|surface|bsa|counts?|levels?|scores?|values?|"
    r"concentrations?|titres?|liver|hepatic)\b"
)
"""A heading over what goes by another measure."""


def _of_kidneys(headers: Sequence[str], above: str) -> dict[int, Band]:
    """Give the bands of headers that are nothing but bounds ("> 50" | "26-50" | "< 10 or HD") below such a heading.

    None where a heading nearer to the table names something else that has bounds ("By weight").
    """
    said = None
    for line in reversed(uniform(above).split("\n")):
        if _RENAL.search(line):
            said = line
            break
        if _ELSE_BOUND.search(line) or quantity_above(line):
            break
    subject = "egfr" if said and "gfr" in said else "crcl"
    bounds = {at: match for at, words in enumerate(headers) if (match := _BOUND_HEADER.fullmatch(uniform(words)))}
    if (
        said is None
        or len(bounds) < 2
        or any(re.search(r"\d", words) for at, words in enumerate(headers) if at not in bounds)
    ):
        return {}
    found = {}
    for at, match in bounds.items():
        opening = f"{subject} {match['bound']}"
        bands = read_bands(f"{opening}: 1 mg")
        if len(bands) == 1:
            end = match.end("bound")
            found[at] = replace(bands[0], begin=match.start("bound"), end=end)
    return found


_BOUND_HEADER = lazy_regex(
    r"[^\w<>≤≥]*(?P<bound>(?:[<>≤≥]=?\s*)?\d+(?:\.\d+)?(?:\s*(?:-|to)\s*(?:[<>≤≥]=?\s*)?\d+(?:\.\d+)?)?"
    r"(?: or (?:more|less))?)"
    rf"(?:\s*ml/min)?(?:\s*(?:{OR_DIALYSED}|or (?:i?hd|dialysis)\b))?\W*"
)


def _going_on(columns: Sequence[Column]) -> dict[int, Band]:
    """Give the bands of bare bounds that go on from the header before ("CrCl > 50" | "20-50" | "< 20")."""
    found: dict[int, Band] = {}
    listed, begins = "", []
    for column in columns:
        begins.append(len(listed))
        words = _DIALYSED_TOO.sub("", column.words)
        listed += f"{words}: ; " if column.bands or _BARE.fullmatch(uniform(column.words)) else ""
    for band in read_bands(listed):
        at = max(at for at, begin in enumerate(begins) if begin <= band.begin)
        found[at] = replace(band, begin=band.begin - begins[at], end=band.end - begins[at])
    return {at: band for at, band in found.items() if not columns[at].bands}


_ON_DIALYSIS = r"(?:[\s,/;&(]*(?:(?:or|and|on|if) )*(?:i?hd|pd|ha?emo-?dialysis|dialysis|crrt|esr[df])\b\)?)"
_BESIDE_BOUND = rf"{_ON_DIALYSIS}{{1,3}}|\s*\([^()\d]{{1,30}}\)"
"""What may stand behind a bound on the kidney function and changes it not ("/ HD", "(normal)")."""
_DIALYSED_TOO = lazy_regex(rf"(?<=[\d\w)])(?:{_BESIDE_BOUND})\W*$", re.IGNORECASE)
_BARE = lazy_regex(
    r"\W*(?:[a-z]+ ){0,2}\d+(?:\.\d+)?(?:\s*(?:-|to)\s*[<>≤≥]?=?\s*\d+(?:\.\d+)?)?(?: or (?:more|less))?"
    rf"(?:\s*ml/min)?(?:{_BESIDE_BOUND})?\W*"
)


def with_antidotes(columns: Sequence[Column], cells: Sequence[Sequence[str]], drugs: Drugs) -> Sequence[Column]:
    """Take a column of antidotes for that of the drugs, and what they are given against for what the rows are for.

    The dose beside is the antidote's. Where the column holds doses itself, its cells say of what.
    """
    at = next((at for at, column in enumerate(columns) if column.role == "antidote"), None)
    if at is None:
        return columns
    named = 2 * sum(bool(drugs.find(cell)) for cell in cells[at]) > len(cells[at])
    dosed = any(figure.is_dose for cell in cells[at] for figure in read_amounts(cell))
    own = "text" if dosed else "drug" if named else "other"
    against = {"drug": "indication", "antidote": own} if named else {"antidote": own}
    first = columns[0].role == "other" and at > 0 and named
    found = [replace(column, role=against.get(column.role, column.role)) for column in columns]
    return [replace(found[0], role="indication"), *found[1:]] if first else found


def _ranged(column: Column, band: Band) -> Column:
    other = _OR_ELSE.match(uniform(column.words[band.end :]))
    return replace(
        column,
        role="banded" if column.role in ("other", "banded") else column.role,
        bands=(Phrase("band", band.begin, band.end, band),),
        or_else=column.words[band.end :].strip(" ,()") if other else None,
    )


_OR_ELSE = lazy_regex(rf"[\s,()]*(?:or|and/or)\b|\s*{OR_DIALYSED}|{_ON_DIALYSIS}")


def _subject(words: str) -> str:
    """Give a header over two rows ("CrCl (mL/min) / 30-60") its quantity and unit in one."""
    upper, _, lower = words.rpartition(" / ")
    role = role_of(upper) if upper and re.match(r"\s*(?:[<>≤≥]=?\s*)?\d", lower) else None
    if role not in BY_BAND or re.search(r"[a-z]", uniform(lower)):
        return words
    unit = {"weight": "kg", "age": "years"}.get(role or "", "mL/min")
    subject = {"weight": "weight", "age": "age"}.get(role or "", "egfr" if "gfr" in uniform(upper) else "crcl")
    return words if role == "age" and re.search(r"month|week|day", uniform(upper)) else f"{subject} {lower} {unit}"


_BLANK = lazy_regex(
    r"(?:n/?a|none|nil|not (?:stated|specified|given|reported|applicable|known)|no limit stated|unknown|unspecified|"
    r"tbd|as in schedule|as above|see\b.*|\.\.\.|…)\b(?!.*\d)"
)


def is_blank(text: str) -> bool:
    """Tell whether a cell says nothing ("-", "N/A", "not stated ...")."""
    plain = uniform(text).strip(" .-–—*?()")
    return not plain or _BLANK.match(plain) is not None


def notes_of(header: str, notes: Sequence[str]) -> list[str]:
    """Leave out what other cells say of another phase ("Number of induction doses: 2" beside a maintenance dose)."""
    own = phases_of(header)
    named = ((note, phases_of(note.partition(":")[0])) for note in notes)
    return [note for note, phases in named if not own or not phases or own & phases]


_PATIENTS = lazy_regex(r"(?:for |in )?(?:who|whom|patients?|situations?|scenarios?|circumstances?)")


def is_of_patients(words: str) -> bool:
    """Tell whether a header says that its cells are of patients: a drug there is what they have had ("Who": "X")."""
    return _PATIENTS.fullmatch(uniform(words).strip(" :.*")) is not None
