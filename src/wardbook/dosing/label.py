"""Labels: what the cells and headers that hold no dose say of the doses beside and below them.

A label is never dropped. Words go to the indication behind those of the headings, and to the notes; a band, grade,
population or setting goes to its field; a figure that is none of these stays not understood, so that a dose chosen by a
level or a score is never offered as if it were for all.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from wardbook.corpus.table import Row
from wardbook.dosing.band import is_of_other_weight, read_bands
from wardbook.dosing.bare_band import goes_by
from wardbook.dosing.cell import has_dose
from wardbook.dosing.column import BY_BAND, Column, is_blank
from wardbook.dosing.context import (
    Drugs,
    grade_of,
    indication_of,
    is_class,
    is_situation,
    joined,
    population_of,
    setting_of,
    severity_of,
)
from wardbook.dosing.exclusion import outside, without_exclusions
from wardbook.dosing.form import FORM
from wardbook.dosing.governed import whole
from wardbook.dosing.header_often import header_often
from wardbook.dosing.measured import cell_condition, key_time
from wardbook.dosing.notation import has_digit, uniform
from wardbook.dosing.numbered import numbered as parts_of
from wardbook.dosing.patient_group import groups_of
from wardbook.dosing.phrase import read_phrases
from wardbook.dosing.place import RowPlace
from wardbook.dosing.regimen import Condition
from wardbook.dosing.subject import has_unknown_drug
from wardbook.lazy_regex import lazy_regex

_HOW_MUCH = lazy_regex(
    r"(?<![a-z-])(?:usual|typical|normal|range|start|starting|target|rate|change|replacement|replace|bolus|infusion|drip|"
    r"load|max|min|minimum|preferred|subsequent|then|pre-?op|titration|mg|value|values?|details?|specification|information|"
    r"description|entry|do|to|how|item|parameter|field|amount|posology|details?|prescription|action|answer|what|text|content|"
    r"day|days|week|weeks|daily|weekly|hourly|total|single|low|high|medium|route|oral|every|once|twice|interval)(?![a-z-])"
)
_PART = lazy_regex(r"[()\[\],;:/+]|\s-\s|\n|\bfor\b", re.IGNORECASE)
_BOUND = lazy_regex(r"\W{0,2}(?:[<>≤≥]|\d|at least|under|over|above|below|up to|more than|less than)")
_ALL = lazy_regex(r"\s*(?:all|any|every|every(?:one|body)|each|both|either|yes|no|x|total)\b.{0,12}")
_BESIDE = lazy_regex(r"\s*(?:with|without|on|not on|no|if|after|before)\b")
_PHASE = lazy_regex(
    r"\s*(?:load(?:ing)?|maintenance|induction|initial|starting|start|bolus|first|second|subsequent|repeat|infusion)"
    r"(?: (?:dose|doses|infusion|bolus|rate|phase|therapy))?\s*"
)
_TIMED_HEADER = lazy_regex(r"\W*(?:cycles?|days?|weeks?)\b")
_REFUSED = lazy_regex(
    r"(?:avoid\w*|contra-?indicated|(?:is |are )?not (?:to be )?(?:used?|given?|for use|indicated|licensed|advised|"
    r"approved|recommended|suitable|appropriate)|do not (?:use|give|start)|omit|withhold|never|unsafe|hold|stop)\b"
)
_SAID = lazy_regex(
    r"(?:no (?:dose |dosage |dosing )?(?:change|adjustment|reduction|modification|data|experience|information)|"
    r"unchanged|same|as (?:for |in |the )?(?:adults?|normal|usual|children)|full dose|normal dose|usual dose|"
    r"standard dose|100 ?%|not (?:studied|established|known|evaluated|tested)|unknown|limited data|consult|"
    r"insufficient data|"
    r"specialist|discuss|caution|use with caution|reduce|\d+ ?%|half|halve|double|continue)\b"
)


def put_label(place: RowPlace, header: str, text: str, drugs: Drugs, *, alone: bool, hour: str = "") -> None:
    """Put a cell that only labels its row ("K (mmol/L)" | "3.0-3.5", "Emetic risk" | "High").

    `alone` says that no other column tells what the row is for, so that the words are its indication; `hour` at which
    hour what is measured was taken, where a cell beside tells it.
    """
    text, header = text.strip(), header.strip()
    titled = re.search(r"[^\W\d]", header) is not None
    words = f"{header}: {text}" if titled else text
    place.severity = grade_of(text) or (None if titled else severity_of(text)) or place.severity
    place.population = population_of(text) or place.population
    place.setting = setting_of(text) or place.setting
    phrases = read_phrases(without_exclusions(text))
    # "< 45 kg" below "Ideal weight" is not what the patient weighs
    other = is_of_other_weight(re.sub(r"\([^()]*\)", " ", uniform(header)))
    bands = [phrase for phrase in phrases if phrase.kind == "band" and not other]
    measured = measured_condition(header, text)
    if measured and hour:
        measured = replace(measured, quantity=f"{key_time(measured.quantity)} at {hour} hours")
    numbered = any(phrase.kind in ("number", "level", "band", "amount", "mark") for phrase in phrases)
    if len(bands) == 1 and not re.search(r"\bor\b", uniform(text[: bands[0].begin] + text[bands[0].end :])):
        place.conditions.append((text, bands[0].value.condition))  # type: ignore[union-attr]
        place.or_else = place.or_else or _beside_band(text, bands[0].begin)
    elif measured:
        place.conditions.append((words, measured))
    elif _BOUND.match(uniform(text)) and numbered and not parts_of(words):
        place.unparsed.append(words)
    place.notes.append(words)
    phase = _PHASE.fullmatch(uniform(text)) or parts_of(words) or _TIMED_HEADER.match(uniform(header))
    if phase:
        place.schedule.append(text)
    if has_unknown_drug(text, drugs.find(text)):
        place.drug = None
    if (
        alone
        and not phase
        and not numbered
        and _ALL.fullmatch(uniform(text)) is None
        and not is_class(text, drugs)
        and (titled or indication_of(text, ()))
    ):
        place.indication = joined(place.indication, words if is_situation(text) else text)


_SLASHED = lazy_regex(r"(?P<other>[^/:;]{0,60}[^\W\d_]{3}[^/:;]{0,60}?)\s{1,3}/\s{1,3}(?=[^/:;]{0,80}(?:[:;]|$))")


def _beside_band(text: str, begin: int) -> str | None:
    """Give the other reason that a label names before the band of its row ("X unavailable / CrCl < 30: y")."""
    beside = _SLASHED.match(text)
    return beside["other"].strip() if beside and beside.end() <= begin and not read_bands(beside["other"]) else None


def measured_condition(header: str, text: str) -> Condition | None:
    """Give the one range of a measured value that a cell draws, by its header or its own words, or None."""
    if condition := cell_condition(header, text):
        return condition
    ranges = whole(text)
    return ranges[0].condition if len(ranges) == 1 and not re.search(r"\bor\b", uniform(text)) else None


def is_phase(words: str) -> bool:
    """Tell whether a label is the bare name of a phase ("Load", "Maintenance") and does not call itself a dose."""
    outer = re.sub(r"\([^()]*\)", " ", uniform(words))
    return re.fullmatch(r"\s*(?:load(?:ing)?|maintenance|induction|consolidation)\W*", outer) is not None


def put_remark(place: RowPlace, header: str, text: str) -> None:
    """Put a cell behind the doses that has no other part ("Recheck" | "4 h after")."""
    place.notes.append(f"{header.strip()}: {text.strip()}".lstrip(": "))


def header_label(column: Column, drugs: Drugs) -> str | None:
    """Give the words of a header (or key) that say what the doses below it are for, or None."""
    if goes_by(column.words):
        return None
    words = re.sub(r"\([^()]*\)", _blank, column.words)
    words = words.replace(column.or_else, " ") if column.or_else else words
    for band in read_bands(words):
        words = words[: band.begin] + " " * (band.end - band.begin) + words[band.end :]
    if has_digit(words) and any(phrase.kind in ("number", "level", "amount") for phrase in read_phrases(words)):
        return None
    for often in header_often(words):
        words = words[: often.begin] + " " * (often.end - often.begin) + words[often.end :]
    for known in (column.population, column.severity):
        words = words.replace(known, " ") if known else words
    rest = _HOW_MUCH.sub(_blank, uniform(words))
    return column.words.strip(" :*") if indication_of(rest, drugs.find(rest)) else None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def put_refusals(place: RowPlace, pairs: Sequence[tuple[Column, str]], drugs: Drugs) -> None:
    """Take from dose cells without a dose what they say ("CrCl <30" | "avoid"): it is shown with the row's doses."""
    mixed = any(column.role == "drug dose" for column, _ in pairs)
    # beside doses that each have a band of their own, "no change" in another band says nothing of them
    dosed = [column for column, text in pairs if has_dose(text)]
    apart = any(column.bands for column in dosed) and not any(column.role == "dose" for column in dosed)
    for column, text in pairs:
        plain = uniform(text).strip(" .*")
        if mixed and not (column.bands or column.population):
            continue
        if {mention.drug for mention in drugs.find(text)} - {place.drug}:
            continue
        refused = _REFUSED.match(plain)
        if column.drug or is_blank(text) or has_dose(text) or not (refused or _SAID.match(plain)):
            continue
        if apart and column.bands and not refused:
            continue
        words = f"{column.words.strip()}: {text.strip()}".lstrip(": ")
        place.notes.append(words)
        if refused:
            place.excluded.append(words)
            if (band := outside(column.words)) and plain[refused.end() :].strip(" .") == "":
                place.conditions.append((words, band))


def refuses_whom(text: str) -> bool:
    """Tell whether a cell of a key that names patients gives them none ("avoid", "no dose set", "not studied")."""
    plain = uniform(text).strip(" .*")
    if has_dose(text):
        return False
    return bool(
        _REFUSED.match(plain) or re.search(r"\b(?:do not (?:use|give|start)|no dose\b(?! ?(?:adj|ch|red)))", plain)
    )


def put_drug_remark(place: RowPlace, text: str, drugs: Drugs) -> None:
    """Take what a drug's cell says beside the name: what for ("X (seizure)", "X, for croup")."""
    rest = text
    if (measured := measured_condition("", text)) and not any(measured == each for _, each in place.conditions):
        place.conditions.append((text, measured))
    for mention in drugs.find(text):
        rest = rest[: mention.begin] + " " * (mention.end - mention.begin) + rest[mention.end :]
    if len({mention.drug for mention in drugs.find(text)}) != 1:
        return
    plain = uniform(rest)
    if FORM.search(plain) and text.strip() not in place.notes:
        place.notes.append(text.strip())
    for match in FORM.finditer(plain):
        rest = rest[: match.start()] + " " * len(match.group()) + rest[match.end() :]
    place.population = population_of(rest) or place.population
    for part in _PART.split(rest):
        said = " ".join(part.split())
        place.severity = severity_of(said) or place.severity
        place.setting = setting_of(said) or place.setting
        if place.population is None and groups_of(said):
            place.population = said
        if said and indication_of(said, ()):
            place.indication = joined(place.indication, said)
            place.notes.append(said)


_MERGED = frozenset({"drug", "indication", "label"})
_TELLING = _MERGED | {"severity", "population", "setting", "weight", "age", "renal", "route"}


def inherit_blanks(rows: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    """Fill the empty cells at the left of a row from the row above, as a merged cell would show it.

    Only a run of empty cells from the first column on, never below another heading row of the table, and only where a
    cell behind them tells this row from the one above: else an empty cell says nothing. A dose of other days
    goes on with the row above, and so does any below a band: it holds for no more patients.
    """
    filled: list[Row] = []
    for row in rows:
        last = filled[-1] if filled else None
        goes_on = last is not None and _goes_on(row, last, columns)
        merged = _MERGED | BY_BAND if goes_on else _MERGED
        blank = 0
        while blank < len(row.cells) and not row.cells[blank].text.strip() and columns[blank].role in merged:
            blank += 1
        if (
            last is not None
            and blank
            and last.group == row.group
            and (goes_on or _is_told_apart(row, last, columns, blank))
        ):
            row = replace(row, cells=(*last.cells[:blank], *row.cells[blank:]))
        filled.append(row)
    return filled


_DOSED = frozenset({"dose", "text", "drug dose"})


def _goes_on(row: Row, last: Row, columns: Sequence[Column]) -> bool:
    """Tell whether a row with an empty first cell gives a further dose in the column of the one above.

    It opens with its amount, so that it names no drug of its own. Below a drug both say on which days, else it may be
    of another one; below a band one says when or how often.
    """
    if row.cells[0].text.strip():
        return False
    for cell, above, column in zip(row.cells, last.cells, columns, strict=False):
        if column.role in _DOSED and has_dose(cell.text) and re.match(r"\W*\d", cell.text):
            own, theirs = _tells_when(cell.text), _tells_when(above.text)
            days = "schedule" in own and "schedule" in theirs
            return has_dose(above.text) and (days or (bool(own) and columns[0].role in BY_BAND))
    return False


def _tells_when(text: str) -> set[str]:
    return {phrase.kind for phrase in read_phrases(text)} & {"frequency", "schedule"}


def _is_told_apart(row: Row, last: Row, columns: Sequence[Column], blank: int) -> bool:
    cells = zip(row.cells[blank:], last.cells[blank:], columns[blank:], strict=False)
    return any(
        column.role in _TELLING and cell.text.strip() and cell.text.strip() != above.text.strip()
        for cell, above, column in cells
    )
