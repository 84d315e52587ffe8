"""From a draft to a regimen: what its own words, its row, its header and its headings say, the nearest first."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wardbook.corpus.lines import Lines
from wardbook.dosing.clause import Draft, settle_caps
from wardbook.dosing.regimen import Condition, Limit, Regimen


@dataclass(slots=True)
class Place:
    """Where a dose stands, and what stands around it."""

    page: str
    """Page id."""
    section: str
    """Section id."""
    lines: Lines
    """Lines of its row, rows or sentence."""
    verbatim: str
    """The cell or sentence, word for word."""
    drug: str | None = None
    """The drug of the row, header, heading or page, where the words of the dose name none."""
    indication: str | None = None
    """As worded."""
    setting: str | None = None
    """ "treatment" | "prophylaxis" | ..."""
    population: str | None = None
    """As worded."""
    severity: str | None = None
    """As worded."""
    routes: tuple[str, ...] = ()
    """Of a route column."""
    schedule: list[str] = field(default_factory=list)
    """Verbatim, of a schedule or interval column."""
    duration: str | None = None
    """Verbatim, of a duration column."""
    infusion: str | None = None
    """Verbatim."""
    siblings: list[Draft] = field(default_factory=list)
    """Drafts of the interval and maximum cells beside the dose."""
    conditions: list[Condition] = field(default_factory=list)
    """Bands of row and header."""
    notes: list[str] = field(default_factory=list)
    """Verbatim."""
    evidence: bool = False
    """True where a study is described."""
    from_text: bool = False
    """True for a sentence or bullet."""


def settle(draft: Draft, place: Place, shared: bool = True) -> Regimen | None:
    """Make the regimen; None where no drug is known. `shared` is False where the cells beside could be of another dose:
    their words are then kept as notes.
    """
    drug = draft.drug or place.drug
    if drug is None:
        return None
    interval = draft.interval_h
    pair = interval if isinstance(interval, tuple) else None
    unparsed, notes = list(draft.unparsed), [*place.notes, *draft.notes]
    schedule, max_single, max_daily, max_doses = (
        list(draft.schedule),
        draft.max_single,
        draft.max_daily,
        draft.max_doses,
    )
    if shared:
        pair = pair or _interval(draft, place.siblings)
        schedule += [words for words in place.schedule if words not in schedule]
    probe = Draft(0, 0, caps=list(draft.caps), max_single=max_single, max_daily=max_daily)
    settle_caps(probe, draft.figure, pair)
    max_single, max_daily = probe.max_single, probe.max_daily
    unparsed, notes = unparsed + probe.unparsed, notes + probe.notes
    for sibling in place.siblings:
        if not shared:
            continue
        beside = Draft(0, 0, caps=list(sibling.caps), max_single=max_single, max_daily=max_daily)
        settle_caps(beside, draft.figure, pair)
        max_single, max_daily = beside.max_single, beside.max_daily
        unparsed, notes = unparsed + sibling.unparsed + beside.unparsed, notes + beside.notes
        max_doses = max_doses or sibling.max_doses
    conditions = draft.conditions or place.conditions
    figure = draft.figure
    return Regimen(
        drug=drug,
        amount=figure.amount if figure else None,
        verbatim=place.verbatim,
        page=place.page,
        section=place.section,
        lines=place.lines,
        indication=place.indication,
        setting=place.setting,
        population=place.population,
        severity=place.severity,
        per=figure.per if figure else None,
        per_time=figure.per_time if figure else None,
        route=tuple(dict.fromkeys(draft.routes or place.routes)),
        interval_h=pair,
        schedule=_joined(schedule),
        duration=_joined(draft.duration) or (place.duration if shared else None),
        max_single=max_single,
        max_daily=max_daily,
        max_doses=max_doses,
        condition=conditions[0] if conditions else None,
        unparsed=_once_each(unparsed),
        notes=_once_each(notes),
        from_text=place.from_text,
        infusion=_joined(draft.infusion) or (place.infusion if shared else None),
        step=draft.step,
        evidence=place.evidence,
    )


def _interval(draft: Draft, siblings: Sequence[Draft]) -> tuple[object, object] | None:
    """Give the interval of the cell beside, unless the dose's own words already say how often."""
    if draft.frequencies or draft.once:
        return None
    found = {sibling.interval_h for sibling in siblings if isinstance(sibling.interval_h, tuple)}
    return found.pop() if len(found) == 1 else None


def _joined(words: Sequence[str]) -> str | None:
    return "; ".join(dict.fromkeys(words)) or None


def _once_each(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


__all__ = ["Limit", "Place", "settle"]
