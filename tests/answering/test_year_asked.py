"""A year that is asked: what is told of another one is no answer."""

import pytest

from answering.made import evidence, hit, unit
from wardbook.answering.year_asked import of_year

OF_2022 = "Our audit in 2022 found low glucose in 14%."
OF_YEARS = "Mortality 2018-2024 was 1.4%."


@pytest.mark.parametrize(
    ("asked", "told", "stays"),
    [
        ("low glucose in the 2023 audit", OF_2022, False),
        ("low glucose in the 2022 audit", OF_2022, True),
        ("low glucose in our audit", OF_2022, True),
        ("mortality in 2020", OF_YEARS, True),
        ("mortality in 2012", OF_YEARS, False),
        ("give 2000 mg?", OF_2022, True),
        ("low glucose in 2023", "Low glucose in 14%.", True),
    ],
)
def test_a_statement_of_another_year_than_the_one_asked_is_left_out(asked: str, told: str, stays: bool) -> None:
    assert bool(of_year(asked, [evidence(hit(unit(told)))])) is stays


def test_what_names_no_year_is_no_answer_where_the_best_is_of_another_year() -> None:
    ranked = [evidence(hit(unit(OF_2022))), evidence(hit(unit("Glucose checks at 0 and 15 minutes.")))]
    assert of_year("low glucose in the 2023 audit", ranked) == []
    assert len(of_year("low glucose in the 2022 audit", ranked)) == 2
    assert of_year("low glucose in the 2023 audit", ranked[::-1]) == ranked[1:]
