"""An edit that is said to leave the drugs of the pages as they are leaves them so."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardbook.corpus.document import Document
from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import DrugNames, drug_names
from wardbook.dosing.drug_change import keeps_drugs

PAGE = """# Anakinra (Kineret)

Anakinra is given for storms. The ward keeps tocilizumab (Actemra) beside it.

| Drug | Dose |
|---|---|
| anakinra | 100 mg |
| zelumab (Zelyo) | 90 mg |
"""
OTHER = "# Fever\n\nGive paracetamol 1 g or folinic acid.\n"


def read(text: str, other: str = OTHER) -> tuple[Document, ...]:
    return read_document(text.encode(), "drugs/anakinra"), read_document(other.encode(), "fever")


def learnt(pages: tuple[Document, ...]) -> DrugNames:
    return drug_names(pages)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("is given for storms", "is given early for storms on the ward"),
        ("100 mg", "200 mg"),
        ("The ward keeps", "Nobody knows whether the ward keeps"),
    ],
)
def test_plain_words_and_figures_leave_the_drugs(was: str, now: str) -> None:
    before, after = read(PAGE), read(PAGE.replace(was, now))
    drugs = learnt(before)
    assert keeps_drugs(before[:1], after[:1], drugs)
    assert learnt(after) == drugs


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("# Anakinra (Kineret)", "# Anakinra (Kinerex)"),
        ("| zelumab (Zelyo)", "| zolumab (Zelyo)"),
        ("tocilizumab (Actemra)", "siltuximab (Sylvant)"),
        ("The ward keeps", "The ward keeps nozalumab and"),
        ("is given for storms", "is given with methotrexate"),
        ("storms", "anakinro"),
    ],
)
def test_what_may_name_a_drug_is_learnt_anew(was: str, now: str) -> None:
    before, after = read(PAGE), read(PAGE.replace(was, now))
    assert not keeps_drugs(before[:1], after[:1], learnt(before))


def test_a_page_of_another_name_is_another_page() -> None:
    pages = read(PAGE)
    assert not keeps_drugs(pages[:1], pages[1:], learnt(pages))
    assert not keeps_drugs(pages[:1], pages, learnt(pages))


WORDS = st.sampled_from(
    "fever acid folinic folic anakinra Kineret (Zelyo) zelumab paracetamol | mg 1 ward is a an inhibitor zolamab "
    "tocilizumab tocilizumob (Actemra) actemra Drug with and \n \n\n # *** kineret anakinro".split(" ")
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8), st.booleans())
def test_wherever_the_drugs_are_said_to_stay_they_do(one: list[str], two: list[str], titled: bool) -> None:
    base = PAGE if titled else OTHER
    before, after = read(f"{base}\n{' '.join(one)}\n"), read(f"{base}\n{' '.join(two)}\n")
    drugs = learnt(before)
    if keeps_drugs(before[:1], after[:1], drugs):
        assert learnt(after) == drugs
