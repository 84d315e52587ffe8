import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardbook.dosing.regimen import Amount, Condition, Limit, Regimen
from wardbook.index import codec

FIGURES = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=0, max_value=10**9)
TEXT = st.text(max_size=20)
REGIMENS = st.builds(
    Regimen,
    drug=TEXT,
    amount=st.none() | st.builds(Amount, FIGURES, FIGURES, TEXT),
    verbatim=TEXT,
    page=TEXT,
    section=TEXT,
    lines=st.tuples(st.integers(1, 9), st.integers(1, 9)),
    indication=st.none() | TEXT,
    route=st.lists(TEXT, max_size=3).map(tuple),
    interval_h=st.none() | st.tuples(FIGURES, FIGURES),
    max_daily=st.none() | st.builds(Limit, FIGURES, TEXT),
    max_doses=st.none() | st.integers(0, 99),
    condition=st.none()
    | st.builds(Condition, TEXT, st.none() | FIGURES, st.booleans(), st.none() | FIGURES, st.booleans(), TEXT),
    unparsed=st.lists(TEXT, max_size=3).map(tuple),
    from_text=st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(REGIMENS, max_size=4))
def test_regimens_come_back_as_they_were(regimens: list[Regimen]) -> None:
    texts = [codec.dump(regimen) for regimen in regimens]
    assert [codec.load(Regimen, text) for text in texts] == regimens
    assert codec.load_all(Regimen, texts) == regimens
    assert [codec.dump(regimen) for regimen in codec.load_all(Regimen, texts)] == texts


def test_figures_keep_every_digit() -> None:
    amount = Amount(Decimal("0.10"), Decimal("70.50"), "mg")
    again = codec.load(Amount, codec.dump(amount))
    assert (str(again.low), str(again.high)) == ("0.10", "70.50")


@dataclass(frozen=True, slots=True)
class Small:
    kind: Literal["a", "b"]
    pair: tuple[str, int]
    inner: tuple["Inner", ...] = ()


@dataclass(frozen=True, slots=True)
class Inner:
    word: str | None


def test_nested_shapes_are_lists_of_their_fields() -> None:
    small = Small("a", ("x", 1), (Inner(None), Inner("w")))
    assert json.loads(codec.dump(small)) == ["a", ["x", 1], [[None], ["w"]]]
    assert codec.load(Small, codec.dump(small)) == small


def test_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="fields"):
        codec.load(Inner, '["a", "b"]')
    with pytest.raises(TypeError, match="no way"):
        codec.load(type("Odd", (), {}), "1")


def test_a_shape_is_told_by_names_and_types_of_its_fields() -> None:
    other: type = dataclass(frozen=True)(type("Inner", (), {"__annotations__": {"word": str}}))
    assert codec.shape_of(Inner) != codec.shape_of(other)
