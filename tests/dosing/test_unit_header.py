"""Tables of bare figures whose headers say what they are: worked out by how much per kg, or drawn up."""

from decimal import Decimal

import pytest

from wardbook.corpus.reading import read_document
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
