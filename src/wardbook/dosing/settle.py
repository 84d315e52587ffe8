"""From a draft to a regimen: what its own words, its row, its header and its headings say, the nearest first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from wardbook.corpus.lines import Lines
from wardbook.dosing.amount import Figure
from wardbook.dosing.bare_band import as_written
from wardbook.dosing.draft import Draft
from wardbook.dosing.exclusion import in_order
from wardbook.dosing.limit import limit_of, settle_caps
from wardbook.dosing.quantity import is_measured, joins
from wardbook.dosing.regimen import Condition, Regimen, Stated
from wardbook.dosing.unit import convert
from wardbook.dosing.weight_gain import without_gains
from wardbook.lazy_regex import lazy_regex


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
    siblings: list[tuple[str, Draft]] = field(default_factory=list)
    """Words and what was read from them, of the interval, route and maximum cells beside the dose."""
    conditions: list[tuple[str, Condition]] = field(default_factory=list)
    """Words and bands of row and header."""
    notes: list[str] = field(default_factory=list)
    """Verbatim."""
    excluded: list[str] = field(default_factory=list)
    """Verbatim: whom the cells beside exclude; each stands in `notes` too."""
    or_else: str | None = None
    """Verbatim: another reason beside the band of a header ("or ECG changes")."""
    group: str | None = None
    """Words of the full-width row above, for the indications below it."""
    evidence: bool = False
    """True where a study is described."""
    from_text: bool = False
    """True for a sentence or bullet."""
    title: str = ""
    """Title of the page."""


def settle(draft: Draft, place: Place, shared: bool = True) -> Regimen | None:
    """Make the regimen; None where no drug is known.

    `shared` is False where the cells beside could be of another dose of the same cell: their words are then only notes.
    """
    drug = draft.drug or place.drug
    if drug is None:
        return None
    whole = _merge(draft, place, shared)
    figure = whole.figure
    notes = [as_written(each, place.verbatim) for each in whole.notes]
    known = without_gains(drug, whole.conditions)
    if len(known) < len(whole.conditions):
        whole.unparsed.append(place.verbatim)
    # the patient's own measures first: a reader that knows one band of a row only knows those
    bands = tuple(sorted(known, key=is_measured))
    if figure and figure.amount.unit in _SWALLOWED and set(whole.routes) & {"IV", "SC", "IM"}:
        whole.unparsed.append(place.verbatim)  # "2 tablets, and IV": the route is of something else
        whole.routes = []
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
        per_time=figure.per_time if figure else whole.rate_time,
        route=tuple(dict.fromkeys(whole.routes)),
        interval_h=whole.interval_h,
        schedule=_joined(whole.schedule),
        duration=_joined(whole.duration),
        max_single=whole.max_single,
        max_daily=whole.max_daily,
        max_single_by_size=whole.max_single_by_size,
        max_daily_by_size=whole.max_daily_by_size,
        max_rate=whole.max_rate,
        max_doses=whole.max_doses,
        condition=bands[0] if bands else None,
        also=bands[1:],
        or_else=_joined([*whole.or_else, *filter(None, [None if draft.conditions else place.or_else])]),
        unparsed=_once_each([as_written(each, place.verbatim) for each in whole.unparsed]),
        notes=tuple(note for note in in_order(_once_each(notes)) if note != place.verbatim),
        from_text=place.from_text,
        infusion=_joined(whole.infusion),
        step=draft.step,
        evidence=place.evidence,
        excluded=_once_each(whole.excluded),
        limited_by=tuple(_for_some(whole, place)),
        title=place.title,
    )


_SWALLOWED = frozenset({"{tablet}", "{DS tablet}", "{SS tablet}", "{capsule}"})


def _for_some(draft: Draft, place: Place) -> Iterator[Stated]:
    """Give the maxima of a dose that hold within a band only, of the same time as the one beside them."""
    for figure, words, condition in draft.caps_for_some:
        limit = limit_of(figure)
        daily = figure.per_time == "d" or (draft.max_daily is not None and not figure.per_dose)
        by_size = draft.figure is not None and draft.figure.per is not None
        if daily or draft.max_single is not None or figure.per_dose or by_size:
            single, day = (None, limit) if daily else (limit, None)
            yield Stated(place.section, place.lines, words, condition, single, day)


def _merge(draft: Draft, place: Place, shared: bool) -> Draft:
    """Join a dose with the cells beside it; its own words go before, and what they displace stays as a note."""
    whole = replace(
        draft, routes=list(draft.routes), frequencies=list(draft.frequencies), schedule=list(draft.schedule),
        duration=list(draft.duration), infusion=list(draft.infusion), caps=list(draft.caps),
        conditions=list(draft.conditions), notes=[*place.notes, *draft.notes], unparsed=list(draft.unparsed),
        excluded=[*draft.excluded, *place.excluded],
    )  # fmt: skip
    _join_course(whole, place, shared)
    for words, sibling in place.siblings:
        _join_sibling(whole, words, sibling, shared)
    if whole.frequencies and whole.interval_h is None:
        whole.schedule += [words for words in whole.often if words not in whole.schedule]
    _keep_other_units(whole)
    _keep_below(whole)
    _keep_of_hours(whole)
    settle_caps(whole, whole.figure, whole.interval_h)
    said: list[str] = []
    for words, condition in place.conditions:
        both = words in said and _hold_both(words, condition, whole.conditions)
        if not whole.conditions or both or joins(condition, whole.conditions):
            whole.conditions.append(condition)
            said.append(words)
        elif (
            condition not in whole.conditions and words not in (place.population or "") and words not in whole.excluded
        ):
            whole.unparsed.append(words)
    return whole


_WEIGHED = frozenset({"g", "mg", "ug"})


def _keep_other_units(whole: Draft) -> None:
    """Take a maximum in grams beside a dose in units, or the reverse, for none of it ("0.1 units/kg per 9 mg of x")."""
    own = whole.figure.amount.unit if whole.figure else None
    others = {"[iU]": _WEIGHED}.get(own or "", frozenset({"[iU]"}) if own in _WEIGHED else frozenset())
    whole.unparsed += [words for figure, words in whole.caps if figure.amount.unit in others]
    whole.caps = [(figure, words) for figure, words in whole.caps if figure.amount.unit not in others]


def _keep_below(whole: Draft) -> None:
    """Say of a maximum below the dose that it stands beside that it is not understood; one by size is none of it."""
    below = [(cap, words) for cap, words in whole.caps if whole.figure and _is_below(cap, whole.figure)]
    whole.unparsed += [words for _, words in below]
    whole.caps = [each for each in whole.caps if each not in below or each[0].per is None]


def _is_below(cap: Figure, dose: Figure) -> bool:
    highest = convert(cap.amount.high, cap.amount.unit, dose.amount.unit)
    alike = cap.per == dose.per and (cap.per_time == dose.per_time or (cap.per_time, dose.per_time) == ("d", None))
    return alike and highest is not None and highest < dose.amount.low


_SOME_HOURS = lazy_regex(
    r"(?:/|\bper|\b(?:in|within)(?: any)?)\s*(?!24\b)\d{1,2}\s*-?\s*(?:h|hrs?|hours?)\b", re.IGNORECASE
)
"""Of some hours that are no day ("Max/4 h"): a maximum neither of one dose nor of a day."""


def _keep_of_hours(whole: Draft) -> None:
    """Say of a maximum of some hours that it is not understood."""
    of_hours = [each for each in whole.caps if each[0].per_time is None and _SOME_HOURS.search(each[1])]
    whole.unparsed += [words for _, words in of_hours]
    whole.caps = [each for each in whole.caps if each not in of_hours]


def _hold_both(words: str, condition: Condition, others: Sequence[Condition]) -> bool:
    """Tell whether a band stands beside one of another quantity in the same words ("12-14 y under 50 kg")."""
    choice = re.search(
        r"\bor\b(?! (?:more|over|above|greater|older|heavier|less|under|below|younger)\b)", words.lower()
    )
    return choice is None and condition.quantity not in {each.quantity for each in others}


_IN_MOUTH = lazy_regex(r"\b(?:mouth ?-?wash\w*|mouth ?-?rinse|gargle\w*|rinse|swish\w*|spit)\b", re.IGNORECASE)
"""What is spat out is not given by the route of the drug's other doses."""


def _join_course(whole: Draft, place: Place, shared: bool) -> None:
    if not whole.routes and not _IN_MOUTH.search(whole.words):
        whole.routes = list(place.routes)
    for name, own, words in (
        ("duration", whole.duration, place.duration),
        ("infusion", whole.infusion, place.infusion),
    ):
        if words and (own or not shared):
            whole.notes.append(f"{name}: {words}")
        elif words:
            own.append(words)
    dated = _take_bare_days(whole, place)
    for words in place.schedule:
        beside = not shared or (dated and words not in whole.schedule and _DAYS.search(words) is not None)
        (whole.notes if beside else whole.schedule).append(words)


_DAYS = lazy_regex(r"\bd(?:ays?)?\b\W*[-+−–]?\d", re.IGNORECASE)
_BARE_DAYS = lazy_regex(r"\(?(?:[-+−–]\d{1,3}|\d{1,3}(?=.*[-+−–]\d))(?:\s*(?:to|-|–|,|and|&)\s*[-+−–]?\d{1,3})*\)?")


def _take_bare_days(whole: Draft, place: Place) -> bool:
    """Tell whether a dose says on which days it is given, which go before those of a column of days.

    Beside such a column a figure with a sign is a day ("900 mg/m² (−2)").
    """
    if not any(_DAYS.search(words) for words in place.schedule):
        return False
    for words in [each for each in whole.unparsed if _BARE_DAYS.fullmatch(each.strip())]:
        whole.unparsed.remove(words)
        whole.schedule.append(f"days {words.strip('() ')}")
    return any(_DAYS.search(words) for words in whole.schedule)


def _join_sibling(whole: Draft, words: str, sibling: Draft, shared: bool) -> None:
    """Take frequency and maxima of a cell beside; a cell that may be of another dose, or says otherwise, is a note."""
    if not shared:
        whole.notes.append(words)
        return
    own = whole.frequencies or whole.once
    if sibling.frequencies and own and sibling.interval_h != whole.interval_h:
        whole.notes.append(words)
    elif not own:
        whole.frequencies, whole.once = list(sibling.frequencies), sibling.once
    whole.caps += sibling.caps
    whole.unparsed += sibling.unparsed
    if sibling.max_doses is not None and whole.max_doses not in (None, sibling.max_doses):
        whole.notes.append(words)
    whole.max_doses = whole.max_doses or sibling.max_doses


def _joined(words: Sequence[str]) -> str | None:
    return "; ".join(dict.fromkeys(words)) or None


def _once_each(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
