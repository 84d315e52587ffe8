"""The typed regimen of the contract: one way to give one drug, read from one row or sentence of a page."""

from dataclasses import dataclass
from decimal import Decimal

from wardbook.corpus.lines import Lines


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity; `low == high` for a single figure."""

    low: Decimal
    """Lower figure."""
    high: Decimal
    """Upper figure."""
    unit: str
    """UCUM code ("mg", "g", "ug", "[iU]", "mL"), or "cells"."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A stated maximum."""

    value: Decimal
    """Figure, as the page gives it."""
    unit: str
    """UCUM code; "mg/kg", "mg/m2" where the page caps by weight or surface."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A band that decides whether the regimen holds (weight, age, ...)."""

    quantity: str
    """ "weight" | "age" | "creatinine clearance" | ..."""
    low: Decimal | None
    """Lower bound, or None."""
    low_inclusive: bool
    """True for "at least"."""
    high: Decimal | None
    """Upper bound, or None."""
    high_inclusive: bool
    """True for "at most"."""
    unit: str
    """UCUM code ("kg", "a", "mL/min")."""
    low_unit: str | None = None
    """UCUM code of `low` where the page gives it in another unit than `high` ("1 month to 12 years"), else None."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A sentence elsewhere on the page that bounds the dose of a row ("Not above 16 mg per single dose.")."""

    section: str
    """Section id."""
    lines: Lines
    """Lines of the sentence."""
    words: str
    """The sentence, word for word."""
    condition: Condition | None = None
    """The band of those whom alone it bounds, or None."""
    max_single: Limit | None = None
    """Most at once for them."""
    max_daily: Limit | None = None
    """Most in 24 hours for them."""
    max_size: Limit | None = None
    """Most of the weight ("kg") or surface ("m2") that a dose is worked out by."""
    rule: bool = False
    """True for a rule beside the dose (kidneys, repeats, contraindications) that states no greatest amount."""
    head: str = ""
    """Words without which its own tell nothing: the header of a row ("GFR (mL/min)"), else ""."""

    @property
    def under_head(self) -> str:
        """The words of rows as they are shown, below their header; "" for a sentence."""
        rows = "; ".join(row.replace(" | ", ": ", 1) for row in self.words.split("\n"))
        return f"{self.head} {rows}" if self.head else ""


@dataclass(frozen=True, slots=True)
class Regimen:
    """One way to give one drug. Words stay as the page has them; figures are exact decimals."""

    drug: str
    """Generic name, lower case."""
    amount: Amount | None
    """The dose; None where the row names a drug and way of giving without a figure that could be read."""
    verbatim: str
    """The cell or sentence, word for word."""
    page: str
    """Page id."""
    section: str
    """Section id."""
    lines: Lines
    """Lines of the row (all rows of a key/value table that were used) or sentence."""
    indication: str | None = None
    """As the page words it."""
    setting: str | None = None
    """ "treatment" | "prophylaxis" | "lymphodepletion" | ..., or None where the page does not tell."""
    population: str | None = None
    """As the page words it ("adult", "child >= 2 years")."""
    severity: str | None = None
    """As the page words it ("grade 3-4")."""
    per: str | None = None
    """ "kg" | "m2" | None."""
    per_time: str | None = None
    """ "d" | "h" | "min" | None for per dose."""
    route: tuple[str, ...] = ()
    """ "IV", "SC", "PO", "IM", ..."""
    interval_h: tuple[Decimal, Decimal] | None = None
    """Hours between doses, low and high."""
    schedule: str | None = None
    """Verbatim ("days -6, -5, -4"; "once, at first fever")."""
    duration: str | None = None
    """Verbatim."""
    max_single: Limit | None = None
    """Most that may be given at once."""
    max_daily: Limit | None = None
    """Most in 24 hours."""
    max_single_by_size: Limit | None = None
    """Most at once by weight or surface ("15 mg/kg"), where `max_single` is a fixed amount that holds as well."""
    max_daily_by_size: Limit | None = None
    """Most in 24 hours by weight or surface, where `max_daily` is a fixed amount that holds as well."""
    max_rate: Limit | None = None
    """Most per `per_time`, where the dose is a rate ("max 1,000 units/h"); "ug/kg" where by weight."""
    max_doses: int | None = None
    """Most doses in all."""
    condition: Condition | None = None
    """The band that decides, or None."""
    also: tuple[Condition, ...] = ()
    """Bands of other quantities that must hold too ("INR 4-6" of a row for those over 65)."""
    or_else: str | None = None
    """Verbatim: another reason for the same dose beside `condition` ("or BMI >40"); outside the band it may hold."""
    unparsed: tuple[str, ...] = ()
    """Pieces of the verbatim text that hold a figure and were not understood; never computed with then."""
    notes: tuple[str, ...] = ()
    """Verbatim words that change the meaning ("off-label", "under investigation", "refractory to 2 doses")."""
    from_text: bool = False
    """True where read from a sentence or bullet and not from a table."""
    infusion: str | None = None
    """Verbatim: over how long one dose runs, or how ("over 60 minutes", "IV push")."""
    step: int | None = None
    """1, 2, ... where the doses of one cell follow one another (loading then maintenance); None for alternatives."""
    evidence: bool = False
    """True where the page describes what a study gave; never the recommended regimen where another one fits."""
    excluded: tuple[str, ...] = ()
    """Verbatim: who must not have it ("not in CrCl < 40, ascites or pregnancy"); each stands in `notes` too."""
    exception: str | None = None
    """Verbatim: the clause that gives this dose for some patients, beside the dose that all others have."""
    for_one: tuple[str, ...] = ()
    """Words of the one of several conditions listed in the page's title that this dose is for, lower case."""
    not_for: tuple[str, ...] = ()
    """Words of the other ones."""
    limited_by: tuple[Stated, ...] = ()
    """Sentences elsewhere on the page that bound this dose; to be shown with it."""
    title: str = ""
    """Title of the page."""
    retired: bool = False
    """True where the page says that it no longer holds: never looked up."""

    @property
    def bands(self) -> tuple[Condition, ...]:
        """All bands that decide."""
        return (self.condition, *self.also) if self.condition else ()
