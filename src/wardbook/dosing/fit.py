"""How far one regimen meets one thing that was asked."""

from enum import IntEnum


class Fit(IntEnum):
    """How far a regimen meets one thing that was asked."""

    AGAINST = 0
    """It is for something else."""
    OPEN = 1
    """It does not say."""
    PARTLY = 2
    """It says a part of what is asked, and nothing asked speaks against it."""
    SAYS = 3
    """It says so."""
