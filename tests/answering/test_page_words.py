"""The words of the pages that a word of a question can be meant for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardbook.answering.page_words import begun, begun_by, is_misspelt, is_related, nearest, related
from wardbook.answering.terms import stem
from wardbook.corpus.passage import Passage


class Pages:
    """Pages that hold some words, each in a passage of its own."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def stems_like(self, beginning: str, least: int, most: int) -> tuple[str, ...]:
        stems = sorted({stem(word) for word in self._words})
        return tuple(each for each in stems if each.startswith(beginning) and least <= len(each) <= most)

    def holding(self, wanted: str) -> int | None:
        return next((at for at, word in enumerate(self._words) if stem(word) == wanted), None)

    def passages(self, ids: object) -> dict[int, Passage]:
        assert isinstance(ids, list)
        return {at: Passage("page", "", (1, 1), "section", "", (), self._words[at], ()) for at in ids}


def near(written: str, *words: str) -> str | None:
    return nearest(Pages(*words), written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("anaphlaxis", "anaphylaxis"),
        ("neurotoxcity", "neurotoxicity"),
        ("neurotxicty", "neurotoxicity"),
        ("hypokalemia", None),
        ("arteritis", None),
        ("leukopenia", None),
        ("diverticulosis", None),
        ("thrombolysis", None),
        ("banana", None),
        ("crup", None),
        ("escalte", "escalate"),
        ("seizuers", "seizures"),
        ("mucositits", "mucositis"),
        ("facters", "factors"),
        ("cheks", "checks"),
        ("alternitives", "alternatives"),
    ],
)
def test_a_misspelt_word_is_one_of_the_pages_where_no_other_is_as_near(written: str, meant: str | None) -> None:
    pages = (
        "anaphylaxis",
        "neurotoxicity",
        "seizures",
        "hyperkalemia",
        "arthritis",
        "leukemia",
        "croup",
        "diverticulitis",
        "thrombosis",
        "mucositis",
        "factors",
        "faster",
        "check",
        "alternative",
        "escalated",
    )
    assert near(written, *pages) == meant


def test_two_words_as_near_leave_it_open() -> None:
    assert near("arthralgix", "arthralgia", "arthralgid") is None


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["hypo", "hyper"]), st.sampled_from("kalemia natremia tension thermia glycaemia".split()))
def test_hypo_is_never_taken_for_hyper(beginning: str, rest: str) -> None:
    other = ("hyper" if beginning == "hypo" else "hypo") + rest
    assert near(beginning + rest, other) is None
    assert not is_misspelt(beginning + rest, other)


@pytest.mark.parametrize(
    ("one", "other", "related"),
    [
        ("varices", "variceal", True),
        ("anaphylaxis", "anaphylactic", True),
        ("cirrhosis", "cirrhotic", True),
        ("neutropenia", "neutropenic", True),
        ("seizure", "seizures", True),
        ("hypokalemia", "hyperkalemia", False),
        ("neutropenia", "neutrophilia", False),
        ("carboplatin", "carbon", False),
        ("sepsis", "septic", False),
    ],
)
def test_a_noun_its_plural_and_its_adjective(one: str, other: str, related: bool) -> None:
    assert is_related(one, other) is related
    assert is_related(other, one) is related


def test_the_beginning_of_one_word_stands_for_it() -> None:
    assert begun(Pages("exacerbation", "fever"), "exac") == "exacerbation"
    assert begun(Pages("exacerbation", "exactitude"), "exac") is None
    assert begun_by(Pages("talquetamab", "talc"), "tal") == ["talc", "talquetamab"]


def test_an_adjective_stands_for_its_noun() -> None:
    assert related(Pages("varices"), "variceal") == "varices"
    assert related(Pages("fever"), "fevered") is None
