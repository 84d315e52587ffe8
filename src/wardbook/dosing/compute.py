"""Weight- and surface-based arithmetic on one regimen, exact and shown."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Computed:
    """An amount worked out from a regimen and what the question gave."""

    inputs: tuple[tuple[str, Decimal], ...]
    """What went in, by name ("weight_kg", "bsa_m2", ...)."""
    low: Decimal
    """Lower amount."""
    high: Decimal
    """Upper amount."""
    unit: str
    """UCUM code."""
    capped: bool
    """True where a stated maximum lowered the amount."""
    arithmetic: str
    """One line that a person can check."""
