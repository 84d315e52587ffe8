"""Names that a page gives: its title and what stands in parentheses behind it."""

import pytest

from wardbook.corpus.names import Name, Names, names_in
from wardbook.corpus.reading import read_document


@pytest.mark.parametrize(
    ("title", "others"),
    [
        ("Cytokine Release Syndrome (CRS)", ["CRS"]),
        ("Hepatic Veno-Occlusive Disease (VOD/SOS)", ["VOD"]),
        ("Macrophage Activation-Like Syndrome (MAS-L)", ["MAS-L"]),
        ("Anakinra (IL-1 receptor antagonist)", []),
        ("Vedolizumab in Colitis (US)", []),
    ],
)
def test_a_short_form_behind_a_title_is_its_name(title: str, others: list[str]) -> None:
    document = read_document(f"# {title}\n\nWords.\n".encode(), "events/page")
    titles = [name.words for name in names_in(document) if name.kind == "title"]
    assert titles[1:] == others


@pytest.mark.parametrize("title", ["Zelotic Fever Agents", "Zelotic fever: treatment", "Zelotic Fever Dosing"])
def test_a_page_on_what_is_given_for_a_thing_holds_that_thing(title: str) -> None:
    thing = Name("ZF", "acronym", "other", "zelotic fever")
    names = Names([thing, Name(title, "title", "page", title)])
    assert names.keys("ZF") <= names.keys(title)
    assert not names.keys("Zelotic Fever Clinics") - names.keys("ZF")


def test_the_names_of_one_drug_are_one_thing_whichever_page_gives_them() -> None:
    brand, short = Name("Zelotus", "alias", "brands", "Brands"), Name("zelo-cel", "title", "cells", "zelo-cel")
    names = Names([brand, short], {"zelotus": "zelocabtagene", "zelo cel": "zelocabtagene", "brands": "other"})
    assert names.keys("before Zelotus") == names.keys("before zelo-cel")
    assert names.keys("Brands") != names.keys("Zelotus")


@pytest.mark.parametrize(
    "words",
    [
        "What we have called **ZELTOX** since 2018 is what the world calls QRANS.",
        "ZELTOX, formerly known as QRANS, follows the beads.",
        "ZELTOX is the swelling of beads; older notes call it QRANS.",
    ],
)
def test_what_a_page_says_that_its_subject_is_called_is_a_name_of_it(words: str) -> None:
    document = read_document(f"# ZELTOX\n\n{words}\n\n## Grades\n\nNone.\n".encode(), "zeltox")
    assert ("QRANS", "alias") in {(name.words, name.kind) for name in names_in(document)}


@pytest.mark.parametrize(
    "words",
    [
        "Another swelling, also known as QRANS, is on its own page.",
        "It follows QRANS by a day.",
        "ZELTOX follows QRANS.",
    ],
)
def test_another_things_name_is_none_of_it(words: str) -> None:
    document = read_document(f"# ZELTOX\n\n{words}\n\n## Also called QRANS\n\nNone.\n".encode(), "zeltox")
    assert "QRANS" not in {name.words for name in names_in(document)}
