"""Whether pages are a children's unit's by their own words."""

import pytest

from wardbook.dosing.childrens_unit import is_childrens


@pytest.mark.parametrize(
    ("lead", "told"),
    [
        ("Handbook of the Children's Cancer Unit, wards 3 and 4.", True),
        ("Vault of the Children's & Young Adults' Transplant dept.", True),
        ("We look after children from birth to 18 years.", True),
        ("Paediatric haematology ward, level 2.", True),
        ("Adult haematology, wards 9 and 10. For children ring the children's hospital.", False),
        ("Wards 9 and 10. Under 16 years: phone the children's hospital.", False),
        ("One vault for both sides: Larch (children's ward) and Rowan (adults).", False),
        ("Wards 9 and 10.", False),
    ],
)
def test_a_home_page_tells_whom_the_unit_has(lead: str, told: bool) -> None:
    leads = {"00 Home": lead.split(". ")}
    assert is_childrens("drugs/velotrine", ("00 Home", "drugs/velotrine"), lambda page: leads.get(page, [])) is told


def test_the_nearest_folder_tells_first() -> None:
    leads = {"index": ["Handbook of the Children's Hospital."], "old/index": ["Adults only."]}

    def of(page: str) -> bool:
        return is_childrens(page, ("index", "old/index"), lambda each: leads.get(each, []))

    assert of("drugs/velotrine")
    assert not of("old/velotrine")
    assert not of("adult-ward/velotrine")


def test_a_page_tells_of_itself() -> None:
    leads = {
        "home": ["Day unit."],
        "a": ["This page is for children."],
        "b": ["Adults only."],
        "c": ["Not for children."],
    }

    def of(page: str) -> bool:
        return is_childrens(page, tuple(leads), lambda each: leads.get(each, []))

    assert of("a") and of("paeds/d")
    assert not of("b") and not of("c") and not of("d")
