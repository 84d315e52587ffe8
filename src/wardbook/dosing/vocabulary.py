"""Closed vocabularies of the dose readers: tab-separated files beside this module, `#` for comments."""

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Give the rows of one file of `data/`, a tuple of cells each; blank lines and comments left out."""
    text = files("wardbook.dosing").joinpath("data", name).read_text(encoding="utf-8")
    lines = (line.rstrip() for line in text.splitlines())
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
