"""The dose of one form of a product is none of another's."""

import pytest

from wardbook.corpus.reading import read_document
from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.drug import drug_names
from wardbook.dosing.product_form import forms_of, is_of_other_form, of_form
from wardbook.dosing.reading import read_regimens
from wardbook.dosing.regimen import Regimen

PAGE = """# Zelumab

## Dose

**Tablet / IV**

| Weight | Day 1 | Then |
|---|---|---|
| any, IV or granules | 6 mg/kg BD | 6 mg/kg OD |
| tablet 15-20 kg | 200 mg BD | 100 mg OD |
| tablet 21-30 kg | 200 mg BD | 200 mg OD |

**Old suspension** (only if nothing else)

- < 34 kg: 5 mg/kg QDS

## Wards

- Zelumab 70 mg once
"""


@pytest.fixture(scope="module")
def rows() -> tuple[Regimen, ...]:
    document = read_document(f"---\ntitle: Zelumab\n---\n\n{PAGE}".encode(), "zelumab", [])
    return read_regimens(document, drug_names([document]))


def kept(rows: tuple[Regimen, ...], asked: str, route: str | None = None) -> set[str]:
    return {row.verbatim for row in of_form(rows, DoseQuery("zelumab", asked, part=asked, route=route))}


def test_rows_of_another_form_are_dropped_and_one_that_tells_none_stands(rows: tuple[Regimen, ...]) -> None:
    assert kept(rows, "zelumab tablets 18 kg") == {"200 mg BD", "100 mg OD", "200 mg OD", "Zelumab 70 mg once"}
    assert kept(rows, "zelumab suspension") == {"< 34 kg: 5 mg/kg QDS", "Zelumab 70 mg once"}
    assert kept(rows, "zelumab granules") == {"6 mg/kg BD", "6 mg/kg OD", "Zelumab 70 mg once"}
    assert kept(rows, "zelumab", "IV") == {"6 mg/kg BD", "6 mg/kg OD", "Zelumab 70 mg once"}


@pytest.mark.parametrize("asked", ["zelumab 18 kg", "zelumab 2 tablets", "zelumab not tablets"])
def test_where_no_form_is_asked_all_stand(rows: tuple[Regimen, ...], asked: str) -> None:
    assert len(kept(rows, asked)) == 7


def test_a_form_before_a_band_leaves_the_band(rows: tuple[Regimen, ...]) -> None:
    bands = {(str(row.bands[0].low), str(row.bands[0].high)) for row in rows if "tablet" in row.notes and row.bands}
    assert bands == {("15", "20"), ("21", "30")}


def test_rows_of_two_forms_are_of_another_form(rows: tuple[Regimen, ...]) -> None:
    of = {row.verbatim: row for row in rows}
    assert is_of_other_form(of["100 mg OD"], of["< 34 kg: 5 mg/kg QDS"])
    assert not is_of_other_form(of["100 mg OD"], of["Zelumab 70 mg once"])
    assert forms_of("6 mg/kg IV") == {"injection"}
    assert not forms_of("2 tabs daily, tabulated")
