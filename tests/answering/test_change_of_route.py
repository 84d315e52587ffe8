"""Which questions ask for a change of route, and which words tell it."""

import pytest

from wardbook.answering.change_of_route import change_of_route, tells_change


@pytest.mark.parametrize(
    ("text", "first", "then"),
    [
        ("somedrug iv to po", {"IV"}, {"PO"}),
        ("somedrug oral to iv dose", {"PO"}, {"IV"}),
        ("somedrug po after iv stops", {"IV"}, {"PO"}),
        ("somedrug oral dose when stopping the drip", {"IV"}, {"PO"}),
        ("switch somedrug to oral", set(), {"PO"}),
    ],
)
def test_a_change_of_route_is_read(text: str, first: set[str], then: set[str]) -> None:
    change = change_of_route(text)
    assert change
    assert (set(change.first), set(change.then)) == (first, then)


@pytest.mark.parametrize("text", ["somedrug iv dose", "somedrug iv or po", "somedrug po to start", "iv access gone"])
def test_other_questions_ask_for_none(text: str) -> None:
    assert change_of_route(text) is None


def test_words_tell_it_where_they_name_both_routes_and_a_change() -> None:
    change = change_of_route("iv to po")
    assert change
    assert tells_change("Switch from IV to PO: 4 times the daily dose", change)
    assert not tells_change("10 mg IV or PO", change)
    assert not tells_change("Switch to PO early", change)
