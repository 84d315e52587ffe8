"""How many patients have something: when it is asked, and which words tell it."""

import pytest

from wardbook.answering.how_many_have import asks_share, counts_patients, tells_share


@pytest.mark.parametrize(
    "question",
    [
        "how common is zels",
        "how many pts get zels",
        "how many of our patients died",
        "how often does dimethyl cause reactions",
        "mortality of zels",
        "zels survival",
        "response rate of zelumab",
        "what percentage gets it",
        "chance of a fit",
        "% of pts with zels",
    ],
)
def test_a_share_is_asked(question: str) -> None:
    assert asks_share(question)


@pytest.mark.parametrize(
    "question",
    [
        "how often do we check the ferritin",
        "how often does the nurse take obs",
        "how many mg of zelumab",
        "how many doses can i give",
        "zelumab infusion rate",
        "survival benefit score",
    ],
)
def test_none_is(question: str) -> None:
    assert not asks_share(question)


@pytest.mark.parametrize(
    "words",
    [
        "Seen in 12 % of adults",
        "Any grade: 77 %",
        "8 of 112 died",
        "died (9/112)",
        "one in four patients",
        "fits in 3-5 %",
        "14 cases since 2019",
    ],
)
def test_a_share_is_told(words: str) -> None:
    assert counts_patients(words)


@pytest.mark.parametrize(
    "words",
    [
        "glucose 5 %",
        "10 % dextrose over 2 h",
        "BP 180/110",
        "minutes of 14/03/2023",
        "Weight gain — mild: < 5 %; moderate: 5-10 %",
        "cut the dose by 30 %",
        "keep SpO2 above 92 %",
        "at 10 % it holds 11 g",
        "2 of 5 days",
    ],
)
def test_strengths_limits_and_dates_are_no_share(words: str) -> None:
    assert not counts_patients(words)


def test_words_tell_it_too() -> None:
    assert tells_share("Rare, but fatal")
    assert not tells_share("Usually on day 4")
    assert not tells_share("Common terminology criteria")
