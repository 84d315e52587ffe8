"""Groups of patients by words."""

import pytest
from made_regimens import amount, below, regimen

from wardbook.dosing.patient_group import groups_of, groups_told, own_groups


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Adults and children >= 2 years", {"adults", "children"}),
        ("peds", {"children"}),
        ("Child-Pugh C", {"hepatic impairment"}),
        ("CrCl < 30", {"renal impairment"}),
        ("pregnant or breastfeeding", {"pregnancy", "lactation"}),
        ("the elderly", {"older people"}),
        ("renally excreted; liver enzymes", {"renal impairment", "hepatic impairment"}),
        ("everybody", set()),
    ],
)
def test_groups(text: str, groups: set[str]) -> None:
    assert groups_of(text) == groups


@pytest.mark.parametrize(
    ("text", "impaired"),
    [
        ("kidney stones, xadrol", False),
        ("kidney renal donor", False),
        ("kidney transplant donor years ago", False),
        ("she gave her left kidney to a friend", False),
        ("kidney transplant years ago, kidney failure", True),
        ("the renal team asks", False),
        ("kidney stones and renal failure", True),
        ("kidney failure", True),
        ("a transplanted kidney", True),
    ],
)
def test_an_organ_that_is_named_is_not_impaired_for_that(text: str, impaired: bool) -> None:
    assert ("renal impairment" in groups_told(text)) is impaired


def test_a_row_is_for_whom_it_names_or_its_band_or_its_headings() -> None:
    assert own_groups(regimen(amount("1"), population="Adult", section="Children")) == {"adults"}
    assert own_groups(regimen(amount("1"), section="Dosing > Children")) == {"children"}
    assert own_groups(regimen(amount("1"), page="drugs/pediatric-doses")) == {"children"}
    assert own_groups(regimen(amount("1"), condition=below("30", "creatinine clearance", "mL/min"))) == {
        "renal impairment"
    }
    assert own_groups(regimen(amount("1"))) == set()


def test_a_title_that_lists_organs_as_chapters_is_of_no_group() -> None:
    row = regimen(amount("1"), indication="GI / Liver", title="GI / Liver", section="")
    assert own_groups(row) == set()
    assert own_groups(regimen(amount("1"), indication="GI / Liver: Cirrhosis", title="GI / Liver", section="")) == {
        "hepatic impairment"
    }
    assert own_groups(regimen(amount("1"), indication="Renal impairment", title="Renal impairment")) == {
        "renal impairment"
    }


def test_a_class_of_the_liver_by_its_first_name_is_of_no_child() -> None:
    assert groups_of("Liver: Child C not recommended") == {"hepatic impairment"}
    assert groups_of("Child B/C: avoid") == {"hepatic impairment"}
    assert groups_of("give the child a dose; child under 2 y") == {"children"}
