"""Bad kidneys that are told by the urine or the creatinine are understood, and what tells more is left as it is."""

import pytest

from wardbook.answering.kidneys_told import bad_kidneys


@pytest.mark.parametrize(
    ("text", "said", "meant"),
    [
        ("his urine stopped, xadrol dose", "urine stopped", "renal failure"),
        ("xadrol, no urine output since noon", "no urine output", "renal failure"),
        ("she is not passing urine, xadrol", "not passing urine", "renal failure"),
        ("xadrol creatinine 400", "creatinine 400", "renal impairment"),
        ("xadrol, creatinine of 3.4", "creatinine of 3.4", "renal impairment"),
        ("xadrol, creatinine 350 umol/L", "creatinine 350 umol/L", "renal impairment"),
    ],
)
def test_what_tells_of_bad_kidneys_is_understood(text: str, said: str, meant: str) -> None:
    assert bad_kidneys(text, by_creatinine=False) == (said, meant)


@pytest.mark.parametrize(
    "text",
    [
        "xadrol creatinine 90",
        "xadrol creatinine 1.1",
        "xadrol creatinine 400, CrCl 20",
        "xadrol on dialysis, not passing urine",
        "xadrol, passing urine",
        "xadrol for a urine infection",
    ],
)
def test_what_tells_of_none_or_tells_it_already_is_left(text: str) -> None:
    assert bad_kidneys(text, by_creatinine=False) is None


def test_where_doses_go_by_the_creatinine_it_stays_a_figure() -> None:
    assert bad_kidneys("xadrol creatinine 400", by_creatinine=True) is None
