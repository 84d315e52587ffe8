"""Rows that only head those below them go over these; a name that merely has no figures heads nothing."""

import pytest
from reading_aids import groups, page, rows, tables

from wardbook.corpus.unit import units

HEAD = "# P\n\n| Rinse | How often | Note |\n|---|---|---|\n"


def grouped(body: str) -> list[tuple[str | None, str]]:
    """The group and the first cell of each row."""
    table = tables(page(HEAD + body))[0]
    return list(zip(groups(table), [row[0] for row in rows(table)], strict=True))


def test_words_alone_that_say_for_whom_or_when_head_the_rows_below() -> None:
    body = "| Children | | |\n| salt | daily | |\n| **Adults** | | |\n| salt | hourly | |\n"
    assert grouped(body) == [("Children", "salt"), ("Adults", "salt")]
    html = "<tr><th>Rinse</th><th>Often</th></tr><tr><td><b>Children</b></td></tr><tr><td>salt</td><td>daily</td></tr>"
    assert groups(tables(page(f"<table>{html}</table>"))[0]) == ["Children"]


@pytest.mark.parametrize(
    "body",
    [
        "| Zenor | | |\n| Bexane | daily | |\n",
        "| Grade 1 | | |\n| Grade 2 | daily | |\n",
        "| **Zenor** | | |\n| **Bexane** | daily | |\n",
        "| Adults | | |\n| Children | daily | |\n",
    ],
)
def test_a_row_like_those_below_it_without_figures_heads_none(body: str) -> None:
    assert [group for group, _ in grouped(body)] == [None, None]


def test_a_row_shares_the_words_and_the_lines_of_what_heads_it() -> None:
    first, _ = units(page(HEAD + "| **Adults** | | |\n| salt | hourly | warm |\n| water | daily | cold |\n"))
    assert (first.group, first.shared) == ("Adults", (("Adults", "Adults", (5, 5)),))
    assert first.text.startswith("Adults: salt")


def test_a_name_that_a_row_has_itself_heads_no_row_of_another_name() -> None:
    body = "| Zenor | daily | |\n| Zenor | Zenor | Zenor |\n| Bexane | hourly | |\n"
    assert grouped(body) == [(None, "Zenor"), (None, "Bexane")]
