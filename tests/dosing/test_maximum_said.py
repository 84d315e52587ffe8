"""Maxima, changes and bars in the words beside a dose: none is lost, and none is read as the dose's own band."""

import pytest

from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import drug_names
from wardbook.dosing.maximum_said import maxima_of, maximum_not_read
from wardbook.dosing.reading import read_regimens
from wardbook.dosing.regimen import Regimen


def regimens(page: str) -> list[Regimen]:
    document = read_document(page.encode(), "page")
    return list(read_regimens(document, drug_names([document])))


@pytest.mark.parametrize(
    ("remark", "found"),
    [
        ("IBW\nMaximum 160 mg", ["Maximum 160 mg"]),
        ("ABW, maximum 200 mg", ["maximum 200 mg"]),
        ("Maximum 30 mg", ["Maximum 30 mg"]),
        ("ABW, maximum 20 mg in liver disease", []),
        ("Raised pressure: 3 mg/kg", []),
    ],
)
def test_the_maxima_of_a_remark_are_its_parts_that_are_nothing_else(remark: str, found: list[str]) -> None:
    assert maxima_of(remark) == found


def test_a_maximum_behind_other_words_of_a_notes_cell_caps_the_doses_of_its_row() -> None:
    page = "# Tube\n\n| Drug | Stable | Shocked | Notes |\n|---|---|---|---|\n| Rocuronium | 1 mg/kg | 2 mg/kg | {} |\n"
    capped = regimens(page.format("IBW, maximum 160 mg"))
    assert [str(each.max_single.value) for each in capped if each.max_single] == ["160", "160"]
    assert all(maximum_not_read(each) for each in regimens(page.format("IBW, max 160 mg in the frail")))
    assert not any(maximum_not_read(each) for each in regimens(page.format("IBW, onset 60 s")))


@pytest.mark.parametrize("words", ["rate + 3 units/kg/h", "rate - 3 units/kg/h", "reduce 2 units/kg/h", "+ 2 units/h"])
def test_a_change_of_a_rate_is_no_rate(words: str) -> None:
    page = f"# Heparin\n\n| anti-Xa | Heparin |\n|---|---|\n| < 0.2 | bolus 30 units/kg, {words} |\n"
    assert [each.per_time for each in regimens(page)] == [None]


@pytest.mark.parametrize("words", ["Heparin rate 12 units/kg/h IV", "Propofol IV rate - 5 mg/kg/h"])
def test_a_rate_is_one(words: str) -> None:
    assert [each.per_time for each in regimens(f"# Ward\n\n- {words}\n")] == ["h"]


def test_what_is_not_given_below_a_bound_is_not_for_those_below_it() -> None:
    (dose,) = regimens("# Clot\n\nHeparin bolus 60 units/kg IV, max 5000 units (no bolus if platelets < 50).\n")
    assert dose.condition is None or dose.condition.low is not None
    assert dose.excluded == ("no bolus if platelets < 50",)
    (dose,) = regimens("# Clot\n\nHeparin bolus 60 units/kg IV, max 5000 units, infants under 1 year no bolus.\n")
    assert dose.condition is not None and dose.condition.low == 1 and dose.condition.high is None
    assert dose.excluded == ("infants under 1 year no bolus",)
    (dose,) = regimens("# Clot\n\nHeparin 14 units/kg/h IV, no bolus if platelets < 50\n")
    assert dose.excluded == ()
    assert dose.condition is None


@pytest.mark.parametrize(
    "clause",
    [
        "under 65 kg the total must not exceed 1.5 mg/kg",
        "over 70 y: half of it",
        "under 50 kg max 60 mg",
        "CrCl < 30: 50% of the dose",
    ],
)
def test_what_narrows_doses_for_a_band_is_no_band_of_theirs(clause: str) -> None:
    found = regimens(f"# Ward\n\n- Alteplase 10 mg IV bolus, then 90 mg over 2 h; {clause}\n")
    assert [(each.condition, each.unparsed) for each in found] == [(None, (clause,))] * 2


def test_a_dose_of_its_own_for_a_band_stays_one() -> None:
    plain, old = regimens("# Ward\n\n- Morphine 5 mg PO q4h; over 70 y 2.5 mg\n")
    assert plain.condition is None
    assert old.condition is not None


def test_a_bare_maximum_behind_doses_that_go_on_is_not_of_one_dose() -> None:
    found = regimens("# Ward\n\n- Naloxone 400 mcg IV; then 800 mcg; if no response 2 mg. Max 10 mg\n")
    assert not any(each.max_single for each in found)
    assert all(each.unparsed for each in found)
    (dose,) = regimens("# Ward\n\n- Naloxone 0.1 mg/kg IV. Max 2 mg.\n")
    assert dose.max_single is not None
