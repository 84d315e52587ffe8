"""A proposed amount against the row that holds for it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from wardbook.dosing.regimen import Regimen


@dataclass(frozen=True, slots=True)
class Asked:
    """The amount that a person proposes to give."""

    low: Decimal
    """Lower figure."""
    high: Decimal
    """Upper figure; equal to `low` for a single one."""
    unit: str
    """UCUM code."""
    per: str | None = None
    """ "kg" | "m2" | None."""
    per_time: str | None = None
    """ "d" | "h" | None for one dose."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The figure of the page that decided."""

    value: Decimal
    """Figure, as the page gives it."""
    unit: str
    """UCUM code."""
    per: str | None = None
    """ "kg" | "m2" | None."""
    per_time: str | None = None
    """ "d" | "h" | None."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the row says of the amount."""

    result: Literal["within", "exceeds", "below", "not_covered"]
    """The finding."""
    asked: Asked
    """What was asked, as understood."""
    limit: Bound | None = None
    """The figure that decided, or None where nothing covers it."""
    regimen: Regimen | None = None
    """The row that holds."""
    explanation: str = ""
    """One line that a person can check."""
