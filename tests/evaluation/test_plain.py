from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardbook.evaluation.plain import Figure, figures, folded, holds, plain


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("| **Dose** | 5 mg |", "Dose 5 mg"),
        ("- see [[a/b|the page]]", "see the page"),
        ("ferritin \\>500 &gt; 3", "ferritin >500 > 3"),
        ("a<br>b <sup>2</sup>", "a b 2"),
        ("if <48 hours and >75 kg", "if <48 hours and >75 kg"),
        ("age \uf0b3 2 years", "age >= 2 years"),
        ("10⁶ cells, mg/m²", "10^6 cells, mg/m2"),
        ("fact [1][3]", "fact"),
        ("Lee. *J Clin*. 2019", "Lee. J Clin. 2019"),
        ("[words](https://doi.org/10.1/(a)b)", "words"),
        ("snake_case _soft_", "snake_case soft"),
    ],
)
def test_markdown_reads_as_its_words(markdown: str, words: str) -> None:
    assert plain(markdown) == words


@pytest.mark.parametrize(
    ("text", "variant", "held"),
    [
        ("give 120 mg", "20 mg", False),
        ("give 20mg now", "20 mg", True),
        ("give 20 mg/kg", "20 mg", False),
        ("100 – 200 mg", "100-200 mg", True),
        ("100 to 200 mg", "100-200 mg", True),
        ("5,000 units", "5000 units", True),
        ("Seizures are rare", "seizure", True),
        ("grade ≥ 3", "grade >=3", True),
        ("1.5 g", "5 g", False),
        ("anything", "", False),
        ("10 mg IV daily", "every 24 hours", True),
        ("10 mg IV q6h", "every 6 hours", True),
        ("every 168 hours", "weekly", True),
        ("10 mg IV daily", "every 12 hours", False),
        ("0.4 g/kg", "400 mg/kg", True),
        ("400 mg", "400 mg/kg", False),
        ("10 mg IV", "10 mg IV daily", False),
    ],
)
def test_a_needed_fact_is_held_as_whole_words(text: str, variant: str, held: bool) -> None:
    assert holds(folded(text), variant) is held


def found(text: str) -> set[tuple[Decimal, str, str | None]]:
    return {tuple(figure) for figure in figures(text)}  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100-200 mg", {(100, "mg", None), (200, "mg", None)}),
        ("0.4 g/kg", {(400, "mg", "kg")}),
        ("0.5 mcg", {(Decimal("0.0005"), "mg", None)}),
        ("2 x 10^6 CAR-positive viable T cells/kg", {(2_000_000, "cells", "kg")}),
        ("100-300 × 10⁶ CAR T cells", {(10**8, "cells", None), (3 * 10**8, "cells", None)}),
        ("30 mg/m\\^2 twice daily", {(30, "mg", "m2"), (12, "h", None)}),
        ("q6-12h x7 days", {(6, "h", None), (12, "h", None), (168, "h", None)}),
        ("1,000 units", {(1000, "[iU]", None)}),
        ("500mg daily", {(500, "mg", None), (24, "h", None)}),
        ("grade 3 in 2020", set()),
    ],
)
def test_figures_are_read_with_their_units(text: str, expected: set[tuple[object, ...]]) -> None:
    assert found(text) == expected


@given(st.decimals("0.01", "9999", places=2), st.sampled_from(["mg", "g", "mcg", "units", "mL"]))
@settings(max_examples=60)
def test_a_figure_is_found_however_it_is_spaced(value: Decimal, unit: str) -> None:
    assert figures(f"give {value} {unit} now") == figures(f"| **{value}{unit}** |") != set()


@given(st.text(max_size=200))
@settings(max_examples=150)
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(plain(text), str)
    assert all(isinstance(figure, Figure) for figure in figures(text))
