"""What rules a drug out is told from what says that it is given all the same."""

import pytest

from wardbook.told_against import _CUE


@pytest.mark.parametrize(
    "words",
    [
        "Not contraindicated in asthma",
        "Asthma is not a contraindication",
        "It isn't contraindicated in asthma",
        "Do not withhold in pregnancy",
        "Must not be withheld in pregnancy",
        "Do not delay in sepsis",
        "Never omit in Addison's",
        "Do not stop in pregnancy",
        "Don't wait for cultures in sepsis",
    ],
)
def test_what_is_given_all_the_same_is_not_ruled_out(words: str) -> None:
    assert _CUE.search(words) is None


@pytest.mark.parametrize(
    "words",
    ["Contraindicated in asthma", "Do not give in pregnancy", "Never in sepsis", "Avoid in asthma", "Must not be used"],
)
def test_what_is_ruled_out_is(words: str) -> None:
    assert _CUE.search(words)
