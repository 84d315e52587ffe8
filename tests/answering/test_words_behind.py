"""What stands right behind a statement and takes from it goes with it; what does not, stays away."""

import pytest

from answering.made import hits_of
from wardbook.answering.words_behind import words_behind


def behind(text: str) -> list[str]:
    """What takes from the first unit of a page."""
    units = hits_of({"ward": f"# Ward\n\n{text}"})[0].units
    return [unit.text for unit in words_behind(units[0], units)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The gel helps. Not in children.\nExcept at night. It is cold.", ["Not in children.", "Except at night."]),
        ("The gel helps. It is cold. Not in children.", []),
        ("The gel helps.\n\nNot in children.", []),
        ("- the gel helps\n  - on the arm\n  - not on the face\n- not a paste\n", ["not on the face"]),
        ("| Gel | Use |\n|---|---|\n| a | arm |\n| not b | face |\n", []),
    ],
)
def test_only_what_goes_on_or_stands_under_it_takes_from_a_statement(text: str, told: list[str]) -> None:
    assert behind(text) == told
