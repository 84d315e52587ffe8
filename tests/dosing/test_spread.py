from decimal import Decimal

from wardbook.dosing.regimen import Amount, Limit, Regimen
from wardbook.dosing.spread import spread_maxima


def dose(drug: str, line: int) -> Regimen:
    amount = Amount(Decimal(8), Decimal(8), "mg")
    return Regimen(drug, amount, f"{drug} 8 mg/kg", "page", "Use", (line, line), per="kg", from_text=True)


def cap(line: int, words: str = "Maximum single dose 800 mg.") -> Regimen:
    limit = Limit(Decimal(800), "mg")
    return Regimen("anakinra", None, words, "page", "Use", (line, line), max_single=limit, from_text=True)


def test_a_maximum_in_a_bullet_of_its_own_holds_for_the_doses_of_that_drug_before_it() -> None:
    first, second = spread_maxima([dose("anakinra", 3), dose("tocilizumab", 4), cap(5)])
    assert first.max_single == Limit(Decimal(800), "mg") and first.lines == (3, 5)
    assert first.notes == ("Maximum single dose 800 mg.",)
    assert second.max_single is None and second.lines == (4, 4)


def test_a_maximum_in_a_bullet_with_doses_holds_for_those_only() -> None:
    first, second = spread_maxima([dose("anakinra", 3), dose("anakinra", 4), cap(4)])
    assert first.max_single is None and second.max_single is not None


def test_an_alternative_dose_up_to_a_figure_is_no_general_maximum() -> None:
    assert len(spread_maxima([dose("anakinra", 3), cap(4, "Up to 800 mg anakinra")])) == 2


def test_a_maximum_without_doses_stays() -> None:
    assert spread_maxima([cap(3)]) == [cap(3)]
