"""A dose while its regimen is being put together from the words around it."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from wardbook.dosing.amount import Figure
from wardbook.dosing.frequency import Frequency
from wardbook.dosing.regimen import Condition, Limit


class Mention(Protocol):
    """A drug named in a text."""

    @property
    def drug(self) -> str:
        """Generic name, lower case."""

    @property
    def begin(self) -> int:
        """Offset of the first character."""

    @property
    def end(self) -> int:
        """Offset behind the last character."""


@dataclass(slots=True)
class Draft:
    """One dose of a text while its regimen is being put together."""

    begin: int
    """Offset of the first character of its stretch of the text."""
    end: int
    """Offset behind the last."""
    figure: Figure | None = None
    """The dose."""
    drug: str | None = None
    """The drug that its own words surely name, or None."""
    other_drug: str | None = None
    """A drug that stands before the dose with other words between, where none is sure."""
    routes: list[str] = field(default_factory=list)
    """Route codes."""
    frequencies: list[Frequency] = field(default_factory=list)
    """How often."""
    often: list[str] = field(default_factory=list)
    """Words of the frequencies."""
    once: bool = False
    """True where the words say that it is given once, or only repeated on a condition."""
    schedule: list[str] = field(default_factory=list)
    """Verbatim."""
    duration: list[str] = field(default_factory=list)
    """Verbatim."""
    infusion: list[str] = field(default_factory=list)
    """Verbatim."""
    caps: list[tuple[Figure, str]] = field(default_factory=list)
    """Maxima with their words."""
    max_single: Limit | None = None
    """Most at once."""
    max_daily: Limit | None = None
    """Most in 24 hours."""
    max_single_by_size: Limit | None = None
    """Most at once by weight or surface, beside a fixed one."""
    max_daily_by_size: Limit | None = None
    """Most in 24 hours by weight or surface, beside a fixed one."""
    max_rate: Limit | None = None
    """Most per the time of a rate."""
    rate_time: str | None = None
    """ "h" | "min" of a maximum rate that stands without a dose, else None."""
    caps_for_some: list[tuple[Figure, str, Condition]] = field(default_factory=list)
    """Maxima that hold within a band only, with their words ("200 mg/day if CrCl <30")."""
    cap_for: str | None = None
    """Words of the patients whom alone a maximum that stands without a dose is for, else None."""
    max_doses: int | None = None
    """Most doses in all."""
    conditions: list[Condition] = field(default_factory=list)
    """Bands."""
    or_else: list[str] = field(default_factory=list)
    """Verbatim: other reasons for the dose beside its band ("or BMI >40")."""
    notes: list[str] = field(default_factory=list)
    """Verbatim."""
    excluded: list[str] = field(default_factory=list)
    """Verbatim: who must not have it; each stands in `notes` too."""
    unparsed: list[str] = field(default_factory=list)
    """Verbatim, each with a number that was not understood."""
    others: frozenset[str] = frozenset()
    """Drugs that stand before the dose in its own words and may be what it is of."""
    step: int | None = None
    """1, 2, ... where doses follow one another."""
    goes_on: tuple[int, int] | None = None
    """Where a step stands that goes on with its amount at another rhythm, else None."""
    words: str = ""
    """Its stretch of the text, brackets with doses of their own left blank."""
    labelled: bool = False
    """True where the band, or what was not understood, of a label before an earlier dose is of this one too."""
    unsure: bool = False
    """True where its own words may name a drug that is not known."""
    fluid: bool = False
    """True where it is an amount of fluids, which is of no drug beside it."""
    named: bool = False
    """True where its own words name the drug, so that it is none of a dose before it."""
    bounds: int = 0
    """How many amounts are only thresholds ("at least 20 mcg/min")."""

    @property
    def interval_h(self) -> tuple[Decimal, Decimal] | None:
        """Hours between doses where all frequencies agree and nothing says "once", else None."""
        pairs = {frequency.interval_h for frequency in self.frequencies}
        return next(iter(pairs)) if len(pairs) == 1 and not self.once else None
