"""Tables of bare figures whose headers say what they are: worked out by how much per kg, or drawn up."""

from decimal import Decimal

import pytest

from wardbook.corpus.reading import read_document
from wardbook.dosing.band import RENAL
from wardbook.dosing.drug import drug_names
from wardbook.dosing.reading import read_regimens


def rows(title: str, table: str) -> list[tuple[str, Decimal | None, Decimal | None]]:
    """Give (amount, least weight, hours between doses) of each dose of a table on a page."""
    document = read_document(f"# {title}\n\n{table}".encode(), "page", [])
    return [
        (
            f"{each.amount.low} {each.amount.unit}" if each.amount else "",
            each.bands[0].low if each.bands else None,
            each.interval_h[0] if each.interval_h else None,
        )
        for each in read_regimens(document, drug_names([document]))
    ]


def test_figures_below_a_rate_are_what_it_makes_of_a_weight() -> None:
    table = (
        "| Weight kg | OD 1.5 mg/kg (syringe) | BD 1 mg/kg |\n|---|---|---|\n"
        "| 40-49 | 60 | 40 |\n| 70-84 | 120 | 80 |\n"
    )
    assert rows("Enoxaparin", table) == [
        ("60 mg", Decimal(40), Decimal(24)),
        ("40 mg", Decimal(40), Decimal(12)),
        ("120 mg", Decimal(70), Decimal(24)),
        ("80 mg", Decimal(70), Decimal(12)),
    ]


def test_a_drug_beside_the_rate_keeps_its_column() -> None:
    table = "| Weight | Levetiracetam 60 mg/kg | Valproate 40 mg/kg |\n|---|---|---|\n| 40 | 2400 | 1600 |\n"
    assert [each[0] for each in rows("Loads", table)] == ["2400 mg", "1600 mg"]


@pytest.mark.parametrize("supply", ["mL of 100 mg/mL", "vials of 500 mg", "mL"])
def test_what_is_drawn_up_is_no_dose(supply: str) -> None:
    table = f"| kg | mg | {supply} |\n|---|---|---|\n| 40 | 2400 | 24 |\n| 70 | 4200 | 8 (round to 4000) |\n"
    assert [each[0] for each in rows("Levetiracetam", table)] == ["2400 mg", "4200 mg"]


@pytest.mark.parametrize(
    "table",
    [
        "| kg | mg | vials of 500 mg |\n|---|---|---|\n| 40 | 2400 | 5 twice a day |\n",  # how often may be of the dose
        "| Weight | 1.5 mg/kg/day | note |\n|---|---|---|\n| 40 | 60 | |\n",  # a rate a day: of which share is not said
        "| Weight | 1 mg/kg | note |\n|---|---|---|\n| 40 | see below 3 | |\n",
    ],
)
def test_what_may_be_something_else_gives_no_dose(table: str) -> None:
    assert [each[0] for each in rows("Levetiracetam", table) if each[0]] == []


def test_bare_bounds_below_a_heading_on_kidneys_are_of_the_clearance() -> None:
    table = (
        "| Drug | > 50 | 26–50 | 10–25 | < 10 or HD |\n|---|---|---|---|---|\n"
        "| Meropenem | 1 g q8h | 1 g q12h | 500 mg q12h | 500 mg q24h |\n"
    )
    document = read_document(f"# Dosing by kidney function\n\n## Antibacterials\n\n{table}".encode(), "page", [])
    read = read_regimens(document, drug_names([document]))
    bands = [[(band.quantity, str(band.low), str(band.high)) for band in each.bands] for each in read]
    clearance = "creatinine clearance"
    assert bands == [
        [(clearance, "50", "None")],
        [(clearance, "26", "50")],
        [(clearance, "10", "25")],
        [(clearance, "None", "10")],
    ]
    document = read_document(f"# Antibacterials\n\n{table}".encode(), "page", [])
    assert all(not each.bands for each in read_regimens(document, drug_names([document])))


@pytest.mark.parametrize("heading", ["By body weight", "Weight", "By platelet count", "By age"])
def test_bare_bounds_below_a_nearer_heading_on_another_measure_are_not_of_the_clearance(heading: str) -> None:
    table = "| Drug | > 50 | 26–50 | < 26 |\n|---|---|---|---|\n| Meropenem | 1 g q8h | 1 g q12h | 500 mg q12h |\n"
    document = read_document(f"# Dosing by kidney function\n\n## {heading}\n\n{table}".encode(), "page", [])
    read = list(read_regimens(document, drug_names([document])))
    assert len(read) == 3
    assert all(each.unparsed and not any(band.quantity in RENAL for band in each.bands) for each in read)


def test_how_often_stands_in_the_heading_over_a_table() -> None:
    table = "| Weight | Dose |\n|---|---|\n| < 9 kg | 1 mg/kg |\n| 9-16 kg | 1.2 mg/kg |\n"
    assert [each[2] for each in rows("Busulfan", f"## By weight (every 6 hours, 16 doses)\n\n{table}")] == [6, 6]
    assert [each[2] for each in rows("Busulfan", f"## By weight\n\n{table}")] == [None, None]


@pytest.mark.parametrize(
    "words",
    ["largest single dose 800 mg", "highest dose 800 mg", "greatest daily amount is 800 mg"],
)
def test_the_largest_dose_bounds_the_one_before_it(words: str) -> None:
    document = read_document(f"# Tocilizumab\n\n8 mg/kg IV, {words}\n".encode(), "page", [])
    (only,) = read_regimens(document, drug_names([document]))
    limit = only.max_single or only.max_daily
    assert limit is not None
    assert limit.value == 800


def test_a_key_for_the_largest_dose_is_that_of_a_maximum() -> None:
    text = "# Tocilizumab\n\n| | |\n|---|---|\n| Weight ≥ 30 kg | 8 mg/kg IV |\n| Largest single dose | 800 mg |\n"
    document = read_document(text.encode(), "page", [])
    (only,) = read_regimens(document, drug_names([document]))
    assert only.max_single is not None
    assert only.max_single.value == 800
