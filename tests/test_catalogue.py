"""All entries of a table are given to who names its columns; a table of doses, and what only some are, is none."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PAGES = {
    "beads": """# Approved beads (US)

## Overview

Beads approved in the US are four.

## Products

| Product | Maker | Target | Note |
| --- | --- | --- | --- |
| redbead | Ovo | zinc | for adults and older children |
| bluebead | Ovo | zinc | |
| greenbead | Kist | copper | withdrawn in 2020 |
| greybead | Kist | iron | |

## Cautions

redbead may cause itching.
""",
    "zens": """# ZENS

## Drugs

| Drug | Dose | When |
| --- | --- | --- |
| zelumab | 9 mg | first |
| bolimab | 8 mg | only with fever |
| kefimab | 7 mg | last |
""",
}


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("catalogue"), PAGES)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("all approved beads + targets", ("redbead", "Target: zinc", "greybead", "Target: iron"), "Ovo"),
        ("which bead products are approved", ("redbead", "bluebead", "greybead"), "zinc"),
        ("which bead products are approved", ("withdrawn in 2020",), "Kist"),
    ],
)
def test_each_entry_is_told_with_the_columns_asked_for(
    ward: Assistant, question: str, told: tuple[str, ...], untold: str
) -> None:
    text = ward.ask(question).text
    assert all(words in text for words in told), text
    assert untold not in text


def test_of_which_entries_something_is_so_their_names_do_not_tell(ward: Assistant) -> None:
    assert "greybead" not in ward.ask("which bead products cause itching").text


def test_drugs_are_listed_with_what_they_are_given_for(ward: Assistant) -> None:
    assert "Drug: bolimab [" not in ward.ask("which drugs are used in ZENS").text
