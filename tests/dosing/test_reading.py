"""Pages in, regimens out: the cases are files that a clinician can read (title . page . what it gives)."""

from decimal import Decimal
from pathlib import Path

import pytest

from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import drug_names
from wardbook.dosing.reading import read_regimens
from wardbook.dosing.regimen import Amount, Condition, Limit, Regimen

CASES = Path(__file__).parent / "cases"


def figure(value: Decimal | None) -> str:
    if value is None:
        return "-"
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def span(low: Decimal, high: Decimal) -> str:
    return figure(low) if low == high else f"{figure(low)}-{figure(high)}"


def amount_of(amount: Amount | None, regimen: Regimen) -> str:
    if amount is None:
        return "-"
    rates = "".join(f"/{rate}" for rate in (regimen.per, regimen.per_time) if rate)
    return f"{span(amount.low, amount.high)} {amount.unit}{rates}"


def limit_of(limit: Limit | None) -> str | None:
    return f"{figure(limit.value)} {limit.unit}" if limit else None


def band_of(condition: Condition | None) -> str | None:
    if condition is None:
        return None
    left = "[" if condition.low_inclusive else "("
    right = "]" if condition.high_inclusive else ")"
    own = f" {condition.low_unit}" if condition.low_unit else ""
    return f"{condition.quantity} {left}{figure(condition.low)}{own}, {figure(condition.high)}{right} {condition.unit}"


def line_of(regimen: Regimen) -> str:
    """Everything that holds a figure, and nothing else."""
    interval = regimen.interval_h and f"every {span(*regimen.interval_h)} h"
    parts = [
        f"{regimen.drug} {amount_of(regimen.amount, regimen)}",
        ", ".join(regimen.route),
        interval,
        regimen.duration and f"duration: {regimen.duration}",
        regimen.schedule and f"schedule: {regimen.schedule}",
        regimen.infusion and f"over: {regimen.infusion}",
        regimen.max_single and f"max single {limit_of(regimen.max_single)}",
        regimen.max_daily and f"max daily {limit_of(regimen.max_daily)}",
        regimen.max_single_by_size and f"and single {limit_of(regimen.max_single_by_size)}",
        regimen.max_daily_by_size and f"and daily {limit_of(regimen.max_daily_by_size)}",
        regimen.max_rate and f"max rate {limit_of(regimen.max_rate)}",
        regimen.max_doses and f"max doses {regimen.max_doses}",
        regimen.condition and f"if {' and '.join(filter(None, map(band_of, regimen.bands)))}",
        *(f"unparsed: {piece}" for piece in regimen.unparsed),
        regimen.step and f"step {regimen.step}",
        regimen.from_text and "text",
        regimen.evidence and "evidence",
        f"lines {regimen.lines[0]}-{regimen.lines[1]}",
    ]
    return " | ".join(str(part) for part in parts if part)


def read_cases() -> list[tuple[str, str, list[str]]]:
    """Give (file:line title, page, expected lines); a line that is only a full stop ends each part."""
    cases = []
    for path in sorted(CASES.glob("*.md")):
        parts: list[list[str]] = [[]]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line != ".":
                parts[-1].append(line)
                continue
            parts.append([])
            if len(parts) == 4:
                title = " ".join(parts[0]).strip()
                cases.append((f"{path.stem}:{number} {title}", "\n".join(parts[1]), parts[2]))
                parts = [[]]
    return cases


@pytest.mark.parametrize(("title", "page", "expected"), read_cases(), ids=lambda value: str(value)[:60])
def test_a_page_gives_these_regimens(title: str, page: str, expected: list[str]) -> None:
    document = read_document(page.encode(), "page")
    regimens = read_regimens(document, drug_names([document]))
    wanted = [line for line in expected if line and not line.startswith(" ")]
    assert sorted(line_of(regimen) for regimen in regimens) == sorted(normal(line) for line in wanted), title
    at = -1
    for line in expected:
        if line.startswith(" "):
            says(regimens[at], line)
        elif line:
            at += 1


def normal(line: str) -> str:
    """Put the parts of an expected line into the order of `line_of`."""
    order = [
        "duration:",
        "schedule:",
        "over:",
        "max single",
        "max daily",
        "and single",
        "and daily",
        "max rate",
        "max doses",
        "if ",
        "unparsed:",
        "step",
        "text",
    ]
    first, *rest = line.split(" | ")

    def rank(part: str) -> int:
        known = [at for at, word in enumerate(order, 2) if part.startswith(word)]
        if known:
            return known[0]
        return {"every": 1, "evidence": 50, "lines": 60}.get(part.split()[0], 0)

    return " | ".join([first, *sorted(rest, key=rank)])


def says(regimen: Regimen, line: str) -> None:
    """Check the words around a regimen: each part of the line names a field and what it holds."""
    for part in line.strip().split(" | "):
        name, words = part.split(": ", 1)
        if name == "note":
            assert (regimen.notes == ()) if words == "-" else (words in regimen.notes)
        elif name == "excluded":
            assert (regimen.excluded == ()) if words == "-" else (words in regimen.excluded)
        elif name == "by":
            assert words in [stated.words for stated in regimen.limited_by]
        else:
            assert getattr(regimen, name) == (None if words == "-" else words), name


def test_lines_and_section_are_those_of_the_page() -> None:
    page = "# Anakinra\n\n## Use\n\n### Refractory CRS\n- 100 mg SC q6h\n"
    document = read_document(page.encode(), "drugs/anakinra")
    (regimen,) = read_regimens(document, drug_names([document]))
    assert (regimen.page, regimen.section, regimen.lines) == ("drugs/anakinra", "Use > Refractory CRS", (6, 6))
    assert regimen.verbatim in document.text_of(regimen.lines)


def read(page: str) -> list[tuple[str, str]]:
    document = read_document(page.encode(), "page")
    return [(each.drug, each.verbatim) for each in read_regimens(document, drug_names([document]))]


def test_words_above_the_first_of_several_titles_do_no_harm() -> None:
    page = "Words above.\n\n# Dexamethasone\n\nDexamethasone 10 mg IV once.\n\n# Notes\n\nDexamethasone 4 mg PO once.\n"
    assert [drug for drug, _ in read(page)] == ["dexamethasone", "dexamethasone"]


def test_a_line_that_opens_with_a_name_and_its_brand_is_not_of_the_headings_drug() -> None:
    page = "# Dexamethasone\n\n## Meningitis\n\n- {} 75 mcg/kg IV once\n"
    assert read(page.format("Quux (Brandex)")) == []
    assert [drug for drug, _ in read(page.format("Anti-D (WinRho)"))] == ["anti-d immunoglobulin"]
    for opening in ("Adults (Initial)", "Children (Loading)", "Loading (Severe)", "Adults:"):
        assert [drug for drug, _ in read(page.format(opening))] == ["dexamethasone"], opening


def test_a_blood_product_behind_a_semicolon_is_not_the_drug_before_it() -> None:
    page = "# Bleeding\n\nVitamin K 10 mg IV; cryoprecipitate 10 units if fibrinogen is low.\n"
    assert [drug for drug, _ in read(page)] == ["vitamin k", "cryoprecipitate"]


def regimens_of(text: str) -> list[Regimen]:
    document = read_document(text.encode(), "page")
    return list(read_regimens(document, drug_names([document])))


@pytest.mark.parametrize("header", ["| Drug | Antidote | Dose |", "| Agent | Reversal agent | Dose |"])
def test_the_dose_beside_an_antidote_is_the_antidotes(header: str) -> None:
    rows = "|---|---|---|\n| Morphine | naloxone | 7 mg IV |\n| Midazolam | flumazenil | 3 mg IV |\n"
    found = regimens_of(f"# Overdose\n\n{header}\n{rows}")
    assert [(row.drug, row.indication) for row in found] == [("naloxone", "Morphine"), ("flumazenil", "Midazolam")]


def test_a_column_that_only_says_whether_there_is_an_antidote_names_no_drug() -> None:
    rows = "|---|---|---|\n| Morphine | yes | 7 mg IV |\n| Midazolam | yes | 3 mg IV |\n"
    found = regimens_of(f"# Sedation\n\n| Drug | Antidote | Dose |\n{rows}")
    assert [row.drug for row in found] == ["morphine", "midazolam"]


def test_each_dose_of_a_sentence_is_for_the_grades_of_its_own_clause() -> None:
    text = "grade 1 with pain or grade 2: 5 mg/m2; grade 2 with pain or grade 3: hold, then 3 mg/m2; grade 4: stop."
    found = regimens_of(f"# Lymphoma\n\n## VRd\n\nBortezomib neuropathy: {text}\n")
    assert [row.severity for row in found] == ["grade 1 with pain or grade 2", "grade 2 with pain or grade 3"]


def test_grades_of_two_events_are_not_the_grade_of_one() -> None:
    found = regimens_of("# Anakinra\n\n## Dosing\n\nAfter grade 2 CRS or grade 3 ICANS: anakinra 5 mg daily.\n")
    assert [row.severity for row in found] == [None]


def test_bands_in_months_and_years_behind_a_route_are_each_read_by_that_route() -> None:
    found = regimens_of(
        "# Pain\n\nOral morphine: 1-11 m 80 µg/kg; 1-11 y 200 µg/kg (max 10 mg); ≥ 12 y 5-10 mg 4-hourly\n"
    )
    assert [(row.route, band_of(row.bands[0]), row.interval_h) for row in found] == [
        (("PO",), "age [1, 11] mo", (Decimal(4), Decimal(4))),
        (("PO",), "age [1, 11] a", (Decimal(4), Decimal(4))),
        (("PO",), "age [12, -) a", (Decimal(4), Decimal(4))),
    ]


def test_a_table_of_kilograms_below_how_often_alone_gives_doses_by_weight() -> None:
    page = "# Posaconazole\n\n## Suspension\n\n| kg | {} |\n|---|---|\n| 10-<12 | {} |\n| 36-40 | {} |\n"
    found = regimens_of(page.format("OD (BD on d1)", "90 mg", "240 mg"))
    assert [(figure(row.amount.low), band_of(row.bands[0])) for row in found if row.amount] == [
        ("90", "weight [10, 12) kg"),
        ("240", "weight [36, 40] kg"),
    ]
    assert not [row for row in regimens_of(page.format("children seen", "90 mg", "240 mg")) if row.bands]


@pytest.mark.parametrize(
    "cell", ["40 mg OD; < 50 kg 20 OD", "40 mg OD (< 50 kg 20)", "40 mg OD; > 99 kg 40 BD; < 50 kg 20"]
)
def test_a_band_before_a_bare_figure_is_not_that_of_the_dose_before_it(cell: str) -> None:
    found = regimens_of(f"# Clots\n\n## Enoxaparin\n\n| | Prophylaxis |\n|---|---|\n| Adult | {cell} |\n")
    assert found and not any(row.bands for row in found)
    assert all(any("< 50 kg" in piece for piece in row.unparsed) for row in found)


def test_a_band_behind_its_dose_is_that_doses() -> None:
    found = regimens_of("# Clots\n\n## Prophylaxis\n\nEnoxaparin 20 mg OD if < 50 kg; 40 mg OD if ≥ 50 kg.\n")
    assert [(figure(row.amount.low), band_of(row.bands[0])) for row in found if row.amount] == [
        ("20", "weight (-, 50) kg"),
        ("40", "weight [50, -) kg"),
    ]


def test_a_heading_that_says_when_its_drug_is_given_is_of_that_drug() -> None:
    text = "# Before cells\n\n## Bendamustine (WHEN fludarabine won't do)\n\n- 90 mg/m² IV on two days\n"
    for when, found in (("if", ["bendamustine"]), ("with", [])):
        document = read_document(text.replace("WHEN", when).encode(), "cells", [])
        assert [each.drug for each in read_regimens(document, drug_names([document]))] == found
