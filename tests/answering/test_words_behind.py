"""What stands right behind a statement and takes from it goes with it; what does not, stays away."""

import pytest

from answering.made import hits_of
from wardbook.answering.words_behind import taken_back, words_behind


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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The old rule allowed it at night. Withdrawn 2022. It is cold.", ["Withdrawn 2022."]),
        ("A trial gave 8 mg. None fell. We do **not** do this yet; see June.", ["We do not do this yet; see June."]),
        ("A trial gave 8 mg. It was no longer used.", ["It was no longer used."]),
        ("A trial gave 8 mg. We do not stock the other gel.", []),
        ("A trial gave 8 mg.\n\nWithdrawn 2022.", []),
    ],
)
def test_a_later_sentence_of_the_paragraph_that_takes_it_back_goes_with_a_statement(text: str, told: list[str]) -> None:
    units = hits_of({"ward": f"# Ward\n\n{text}"})[0].units
    assert [unit.text for unit in taken_back(units[0], units)] == told
