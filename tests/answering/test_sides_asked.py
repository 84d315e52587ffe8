"""That views differ is told by many words; what only counts or names alternatives tells no such thing."""

import pytest

from wardbook.answering.sides_asked import asks_sides, two_figures, without_sides


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("zelumab threshold, who says what", "zelumab threshold"),
        ("what counts as low marsh count, everyone quotes something else", "what counts as low marsh count"),
        ("zelumab for all or only some, guidelines dont agree?", "zelumab for all or only some"),
        ("how long zelumab - do sources agree", "how long zelumab"),
        ("zelumab max. every consultant says something different", "zelumab max."),
        ("is there any consensus on zelumab prophylaxis", "zelumab prophylaxis"),
        ("zelumab in marsh fever, conflicting advice", "zelumab in marsh fever"),
        ("when to stop zelumab? have read both", "when to stop zelumab?"),
        ("zelumab upper limit, which one is right", "zelumab upper limit"),
        ("is zelumab prophylaxis disputed", "zelumab prophylaxis"),
        ("how long zelumab, ours vs the others", "how long zelumab"),
    ],
)
def test_views_that_differ(question: str, plain: str) -> None:
    assert asks_sides(question)
    assert without_sides(question) == plain


@pytest.mark.parametrize(
    "question",
    [
        "what does the label say about zelumab",
        "zelumab dose in marsh fever",
        "difference between marsh fever and CRS",
        "can both be given",
        "has got both marsh fever and CRS, zelumab dose",
        "patient does not agree to a lumbar puncture",
        "which one is right for a child",
        "conflict of interest statement",
    ],
)
def test_what_tells_of_no_views(question: str) -> None:
    assert not asks_sides(question)
    assert without_sides(question) == question


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("zelumab limit 460 or 510?", ("460", "510")),
        ("zelumab limit, have seen 460 and 510", ("460", "510")),
        ("zelumab limit, found 460 mg and 510 mg", ("460", "510")),
        ("zelumab 7 mg/kg or 9 mg/kg", ("7", "9")),
        ("stop zelumab at 200 or is it 350", ("200", "350")),
        ("marsh fever grade 2 or 3", None),
        ("aged 12 or 13", None),
        ("zelumab 5 mg", None),
    ],
)
def test_two_figures(question: str, figures: tuple[str, str] | None) -> None:
    assert two_figures(question) == figures
