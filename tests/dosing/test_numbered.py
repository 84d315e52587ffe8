import pytest

from wardbook.dosing.numbered import LAST, later_dose, meet, numbered


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Day 4", {"day": ((4, 4),)}),
        ("cycle 1 day 15", {"cycle": ((1, 1),), "day": ((15, 15),)}),
        ("C1D8", {"cycle": ((1, 1),), "day": ((8, 8),)}),
        ("days -6 to -3", {"day": ((-6, -3),)}),
        ("days 1, 4 and 7", {"day": ((1, 1), (4, 4), (7, 7))}),
        ("Day 14 onward", {"day": ((14, LAST),)}),
        ("after day 14", {"day": ((15, LAST),)}),
        ("from day 5", {"day": ((5, LAST),)}),
        ("from day 5 to 10", {"day": ((5, 10),)}),
        ("from day 0 to day 28", {"day": ((0, 28),)}),
        ("day 3 through day 7", {"day": ((3, 7),)}),
        ("step 2", {"step": ((2, 2),)}),
        ("week 3+", {"week": ((3, LAST),)}),
        ("Day: 5", {"day": ((5, 5),)}),
        ("bag 3", {"bag": ((3, 3),)}),
        ("second bag, after the 5th shock", {"bag": ((2, 2),), "shock": ((5, 5),)}),
        ("bag 500 mL", {}),
        ("for 7 days", {}),
        ("dose 20 mg", {}),
        ("dose 0.5 mg", {}),
        ("day 4 mg", {}),
        ("", {}),
    ],
)
def test_numbered_parts_of_schedules(text: str, spans: dict[str, tuple[tuple[int, int], ...]]) -> None:
    assert numbered(text) == spans


@pytest.mark.parametrize(
    ("asked", "own", "met"),
    [
        ("day 4", "day 4", True),
        ("day 4", "days 1-7", True),
        ("day 4", "day 7", False),
        ("day 20", "day 14 onward", True),
        ("cycle 2 day 1", "cycle 1, day 1", False),
        ("day 4", "cycle 1", None),
        ("day 4", "for 4 days", None),
    ],
)
def test_a_part_meets_what_shares_its_number(asked: str, own: str, met: bool | None) -> None:
    assert meet(numbered(asked), numbered(own)) is met


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("somedrug 2nd dose?", 2),
        ("second bolus of somedrug", 2),
        ("repeat iv dose", 2),
        ("third dose", 3),
        ("first dose", None),
        ("second line dose of", None),
        ("dose in the second week", None),
    ],
)
def test_a_later_dose_is_told_by_its_number(text: str, number: int | None) -> None:
    assert later_dose(text) == number


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("days +3 and +6", ((3, 3), (6, 6))),
        ("day -1", ((-1, -1),)),
        ("not before day +7", ((7, LAST),)),
        ("until day +100", ((-LAST, 100),)),
    ],
)
def test_days_may_have_a_sign_and_an_end_alone(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert numbered(text) == {"day": spans}
