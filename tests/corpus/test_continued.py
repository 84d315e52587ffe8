"""A blank first cell goes on the row above; where it may be a thing not said, it stays blank."""

import pytest
from reading_aids import page, rows, tables

from wardbook.corpus.unit import units

HEAD = "# P\n\n| Rinse | Level | Action |\n|---|---|---|\n"


def first_cells(text: str) -> list[str]:
    """The first cell of each row of the one table; one taken from above has a star."""
    return [row[0] for row in rows(tables(page(text))[0])]


def test_a_blank_first_cell_is_that_of_the_row_above() -> None:
    body = "| zenor | low | up |\n| | high | down |\n| | none | stop |\n| bexane | low | up |\n| | high | half |\n"
    assert first_cells(HEAD + body) == ["zenor", "*zenor", "*zenor", "bexane", "*bexane"]
    assert units(page(HEAD + body))[1].text == "zenor — Level: high; Action: down"


def test_so_it_is_in_a_table_of_html() -> None:
    head = "<tr><th>Rinse</th><th>Level</th></tr>"
    body = "<tr><td>zenor</td><td>low</td></tr><tr><td></td><td>high</td></tr>"
    assert first_cells(f"<table>{head}{body}</table>\n") == ["zenor", "*zenor"]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "| | low | up |\n| zenor | high | down |\n",
        HEAD + "| zenor | low | up |\n| | | warm |\n",
        HEAD + "| zenor | low | up |\n| | Total | 3 |\n",
        HEAD.replace("Rinse", "Dose") + "| 5 mL | low | up |\n| | high | down |\n",
        HEAD.replace("Rinse", " ") + "| zenor | low | up |\n| | high | down |\n",
        HEAD + "| zenor | low | up |\n| **Adults** | | |\n| | high | down |\n",
    ],
)
def test_a_blank_cell_that_names_no_row_stays_blank(text: str) -> None:
    assert not any(cell.startswith("*") for cell in first_cells(text))
