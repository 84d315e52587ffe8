"""Lines that say nothing on their page's subject."""

import pytest

from answering.made import unit
from wardbook.answering.furniture import is_furniture


@pytest.mark.parametrize(
    "line",
    [
        "Page 1 of 5",
        "Document no: ZEL-044 Version: 4.0",
        "Author: Dr A. Example, ratified 12/01/2023",
        "See [[Going home]].",
        "See also: [[one]], [[two]] and [[three]]",
        "[Back](index.md)",
    ],
)
def test_the_head_and_foot_of_a_page_are_furniture(line: str) -> None:
    assert is_furniture(unit(line))


@pytest.mark.parametrize(
    "line",
    [
        "See [[Going home]] before you give it.",
        "Review in 24 h: stop if the culture is negative.",
        "Status epilepticus: call 2222.",
        "Give [[zelumab]] 4 mg.",
    ],
)
def test_what_says_something_is_none(line: str) -> None:
    assert not is_furniture(unit(line))


def test_nor_is_a_row() -> None:
    assert not is_furniture(unit("Author: yes", kind="row", values=(("Author", "yes"),)))


def test_the_fields_of_a_note_are_furniture() -> None:
    assert is_furniture(unit("tags:: #problem #larch author:: A. B."))
    assert not is_furniture(unit("Tags on the line: red is arterial."))
