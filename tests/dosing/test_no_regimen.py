"""What reads like a regimen and is none of its own."""

from made_regimens import amount, regimen

from wardbook.dosing.no_regimen import without_others


def test_the_vials_that_a_dose_is_made_of_are_no_second_dose() -> None:
    whole = regimen(amount("5", unit="g"))
    part = regimen(amount("2.5", unit="g"), schedule="two vials")
    assert without_others([whole, part]) == [whole]
    other = regimen(amount("3", unit="g"), schedule="two vials")
    assert without_others([whole, other]) == [whole, other]


def test_a_span_of_time_alone_is_no_regimen() -> None:
    assert without_others([regimen(None, verbatim="1 to 86 days")]) == []
    kept = [regimen(None, verbatim="per protocol"), regimen(None, verbatim="6 h", interval_h=(6, 6))]
    assert without_others(kept) == kept
