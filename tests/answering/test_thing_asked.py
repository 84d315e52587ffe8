"""What a thing is, what its letters stand for and what it is for are asked in many words; other questions are not."""

import pytest

from wardbook.answering.thing_asked import thing_asked


@pytest.mark.parametrize(
    ("question", "words", "wants"),
    [
        ("what is ZELS", "ZELS", "is"),
        ("What's the ZELS exactly?", "ZELS", "is"),
        ("zels, what is it", "zels", "is"),
        ("definition of bead failure", "bead failure", "is"),
        ("what do we mean by bead failure?", "bead failure", "is"),
        ("what is the ZELS score and how do I score it?", "ZELS score", "is"),
        ("what does zels stand for", "zels", "letters"),
        ("zels full form", "zels", "letters"),
        ("ZELS meaning?", "ZELS", "letters"),
        ("what does ZELS mean on this ward", "ZELS", "letters"),
        ("what is zelumab used for", "zelumab", "use"),
        ("zelumab what is it for", "zelumab", "use"),
        ("when do we use zelumab", "zelumab", "when"),
        ("what does ZELS stand for, it was in the letter you sent us?", "ZELS", "letters"),
        ("somebody wrote ZELS on the chart of our bead patient, what is that", "ZELS", "is"),
        ("the letter says he had BOLS in 2017. Is there another name for that nowadays?", "BOLS", "is"),
        ("is there another name for ZELS", "ZELS", "is"),
        ("what was ZELS called before", "ZELS", "is"),
        ("zels what do the letters mean", "zels", "letters"),
    ],
)
def test_a_question_for_the_thing_itself_is_known(question: str, words: str, wants: str) -> None:
    thing = thing_asked(question)
    assert thing is not None
    assert (thing.words, thing.wants) == (words, wants)


@pytest.mark.parametrize(
    "question",
    [
        "what is the max dose of zelumab",
        "what is the next step",
        "what is done first",
        "what is the difference between ZELS and BOLS",
        "when do we stop zelumab",
        "what is the risk of ZELS",
        "ZELS grade 2",
        "he fell on ZEP, what is that due to",
        "ZELS and BOLS on the chart, what is that",
        "what is ZELS, we need the dose",
        "what are the beads for his ZELS called for",
    ],
)
def test_what_is_asked_of_a_thing_is_not_the_thing(question: str) -> None:
    assert thing_asked(question) is None
