"""Gold questions: what is asked, and what an answer must hold (the contract's "Gold sets")."""

from dataclasses import dataclass
from decimal import Decimal

from wardbook.errors import WardbookError

STATUSES = ("answered", "needs_clarification", "not_found", "refused")
VERDICTS = ("within", "exceeds", "below", "not_covered")
FIELDS = frozenset(
    "id kind question history answerable expect_status gold_sections need_all must_include must_not_include "
    "dose computed verdict note also_status".split()
)


class GoldError(WardbookError):
    """The gold questions cannot be used."""


@dataclass(frozen=True, slots=True)
class GoldDose:
    """The regimen that must come first."""

    drug: tuple[str, ...]
    """Generic name, lower case, and the other spellings that will do ("aciclovir|acyclovir" in the file)."""
    low: Decimal | None = None
    """Lower figure."""
    high: Decimal | None = None
    """Upper figure; equal to `low` for a single one."""
    unit: str = ""
    """UCUM code, or "cells"."""
    per: str | None = None
    """ "kg" | "m2" | None."""
    indication: str | None = None
    """As the page words it; shown, not compared."""
    route: tuple[str, ...] = ()
    """Routes, any of which will do; empty where it does not matter."""
    interval_h: tuple[Decimal, Decimal] | None = None
    """Hours between doses, or None where it does not matter."""
    limit: Decimal | None = None
    """The contract's `max`: the stated maximum that must come along."""
    limit_unit: str = ""
    """Its unit; that of the dose where the gold names none."""
    duration: str | None = None
    """As the page words it; shown, not compared."""


@dataclass(frozen=True, slots=True)
class GoldComputed:
    """The amount that must be worked out."""

    low: Decimal
    """Lower amount."""
    high: Decimal
    """Upper amount; equal to `low` for a single one."""
    unit: str
    """UCUM code."""
    capped: bool
    """True where a stated maximum lowers it."""


@dataclass(frozen=True, slots=True)
class GoldItem:
    """One question, and what its answer is measured against."""

    id: str
    """Unique over all files of a run."""
    kind: str
    """What sort of question it is; figures are also given by kind."""
    question: str
    """As a person asks it."""
    answerable: bool
    """Whether the corpus holds the answer."""
    expect_status: str
    """The contract's status."""
    history: tuple[tuple[str, str], ...] = ()
    """Earlier turns (role, content), oldest first; a question with any is a follow-up."""
    gold_sections: tuple[tuple[str, str], ...] = ()
    """(page, section) that hold the answer; one of them will do unless `need_all`."""
    need_all: bool = False
    """Whether every gold section is needed."""
    must_include: tuple[tuple[str, ...], ...] = ()
    """Needed facts; any variant of a group will do."""
    must_not_include: tuple[str, ...] = ()
    """Words that make the answer wrong."""
    dose: GoldDose | None = None
    """The regimen that answers, or None."""
    computed: GoldComputed | None = None
    """The amount to be worked out, or None."""
    verdict: str | None = None
    """The contract's verdict result, or None."""
    also_status: tuple[str, ...] = ()
    """Other statuses that will do: "not_found" where the page says that it has no dose. Facts and citations are then
    not asked for; what must not be in the text still is."""
    note: str = ""
    """For people."""
    place: str = ""
    """ "file:line" that it was read from."""
    unknown: tuple[str, ...] = ()
    """Fields of the line that the contract does not name."""


@dataclass(frozen=True, slots=True)
class GoldFault:
    """A line that cannot be used, or a gold item that no longer fits the pages."""

    path: str
    """File of the gold set."""
    line: int
    """1-based."""
    reason: str
    """What is wrong."""

    def __str__(self) -> str:
        """Give the line that a person reads."""
        return f"{self.path}:{self.line}: {self.reason}"
