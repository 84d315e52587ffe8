"""Frozen dataclasses to JSON and back, as lists of their fields: compact, quick to read, free of code."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Read = Callable[[Any], Any]
"""Turns a parsed JSON value into the value of a field."""


def dump(value: object) -> str:
    """Write a dataclass, or a tuple of them, as one line of JSON; mappings keep sorted keys."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def load(shape: type[T], text: str) -> T:
    """Read what `dump` wrote; `shape` is the dataclass. ValueError or TypeError where the text is of another shape."""
    hint: Any = shape
    value: T = _reader(hint)(json.loads(text))
    return value


def load_all(shape: type[T], texts: list[str]) -> list[T]:
    """Read many values of one shape; parsing them as one array halves the time."""
    hint: Any = shape
    read = _reader(hint)
    return [read(value) for value in json.loads(f"[{','.join(texts)}]")]


def shape_of(*shapes: type) -> str:
    """Describe dataclasses by their fields' names and types; what was written by another shape must not be read."""
    return "; ".join(
        f"{shape.__name__}({', '.join(f'{name}: {hint}' for name, hint in get_type_hints(shape).items())})"
        for shape in shapes
    )


def _plain(value: object) -> object:
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return str(value) if isinstance(value, Decimal) else value


@cache
def _reader(hint: Any) -> Read | Any:
    """Give the function that reads a field of this type."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _read_tuple(inside)
    if origin in (Union, UnionType):
        return _read_optional(inside)
    if origin is Literal or hint in (str, int, float, bool):
        return _same
    if hint is Decimal:
        return Decimal
    if isinstance(hint, type) and is_dataclass(hint):
        return _read_dataclass(hint)
    raise TypeError(f"no way to read a field of type {hint}")


def _same(value: Any) -> Any:
    return value


def _read_tuple(inside: tuple[Any, ...]) -> Read:
    if len(inside) == 2 and inside[1] is Ellipsis:
        read = _reader(inside[0])
        return tuple if read is _same else lambda value: tuple([read(item) for item in value])
    reads = [_reader(hint) for hint in inside]
    if all(read is _same for read in reads):
        return tuple
    return lambda value: tuple([read(item) for read, item in zip(reads, value, strict=True)])


def _read_optional(inside: tuple[Any, ...]) -> Read:
    hints = [hint for hint in inside if hint is not NoneType]
    if len(hints) != 1:
        raise TypeError(f"no way to read a field that is one of {hints}")
    read = _reader(hints[0])
    return _same if read is _same else lambda value: None if value is None else read(value)


def _read_dataclass(shape: type) -> Read:
    hints = get_type_hints(shape)
    reads = [_reader(hints[field.name]) for field in fields(shape)]

    def read(value: Any) -> Any:
        if len(value) != len(reads):
            raise ValueError(f"{shape.__name__} has {len(reads)} fields, not {len(value)}")
        return shape(*[each(item) for each, item in zip(reads, value, strict=True)])

    return read
