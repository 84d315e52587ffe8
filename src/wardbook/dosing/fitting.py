"""How one regimen meets one thing asked of a patient or a dose: it says so, leaves it open, or speaks against it."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from wardbook.dosing.age import in_years, is_aged
from wardbook.dosing.asked_words import (
    ADULT_Y,
    LIGHTEST_ADULT_KG,
    NORMAL_ORGANS,
    REDUCED,
    DoseQuery,
    context_words,
    positive,
)
from wardbook.dosing.band import RENAL, SIZES, meets, read_bands
from wardbook.dosing.context import PRE_EMPT, setting_of
from wardbook.dosing.either import is_of_neither
from wardbook.dosing.fit import Fit
from wardbook.dosing.lasting import is_at_other_hours
from wardbook.dosing.life_stage import OLDEST, Span, ages_of, apart, asked_ages, stage_of
from wardbook.dosing.measured import read_measured, read_values_of
from wardbook.dosing.notation import uniform
from wardbook.dosing.numbered import cycles, later_dose, meet, numbered
from wardbook.dosing.patient import holds
from wardbook.dosing.patient_group import (
    SPECIAL,
    denied_groups,
    groups_of,
    groups_told,
    of_other_liver,
    on_dialysis,
    on_filtration,
    own_groups,
)
from wardbook.dosing.quantity import CLEARANCE_PER_KG
from wardbook.dosing.regimen import Condition, Regimen
from wardbook.dosing.route import NEVER_UNSAID, is_pumped, is_pumped_otherwise, never_pumped, read_routes
from wardbook.dosing.severity import grades, severity_words, stated_grades
from wardbook.dosing.step_order import fits_place
from wardbook.dosing.told_range import told_range
from wardbook.dosing.unstated import is_by_route, own_words
from wardbook.lazy_regex import lazy_regex


def fits_part(regimen: Regimen, query: DoseQuery, beside: Sequence[Regimen] = ()) -> Fit:
    """Compare the numbered part of a schedule: its day, cycle, week, step or dose."""
    if (placed := fits_place(regimen, query, beside)) is not None:
        return placed
    asked = numbered(query.part)
    if not asked:
        return _fits_later(regimen, later_dose(query.part), beside)
    labels = [note for note in regimen.notes if _NUMBERED_LABEL.fullmatch(note)]
    if regimen.from_text and (opening := _NUMBERED_OPENING.match(regimen.verbatim)):
        labels.append(opening[0])
    own = numbered(" ; ".join(filter(None, (regimen.indication, regimen.schedule, query.said(regimen), *labels))))
    if asked.keys() & own.keys():
        around = " ; ".join((regimen.schedule or "", *regimen.notes, regimen.verbatim, regimen.section))
        own = {**cycles(around, asked), **own}
    met = meet(asked, own)
    return Fit.OPEN if met is None else Fit.SAYS if met else Fit.AGAINST


_NUMBERED_LABEL = lazy_regex(
    r"(?:(?:From|After) )?[A-Za-z]+(?:: ?| )\d+(?:\s*[-–]\s*\d+)?"
    r"(?: (?:and|or) (?:after|later|beyond)| onwards?| ?\+)?",
    re.IGNORECASE,
)
"""The label that a row's number makes with its column ("Bag: 2"), or a header that is one ("Hour 72 and after")."""
_NUMBERED_OPENING = lazy_regex(r"\W*[A-Za-z]+ \d+(?=\s*[:.)–-])")


def _fits_later(regimen: Regimen, asked: int | None, beside: Sequence[Regimen]) -> Fit:
    """Compare the number of a later dose ("2nd dose") with the place of a dose among those of its lines.

    Where an earlier one of them is given more than once, or one has no place ("may repeat"), that number is not known.
    """
    if asked is None:
        return Fit.SAYS
    steps = [row for row in beside if (row.page, row.lines) == (regimen.page, regimen.lines)]
    often = any(
        row.interval_h or row.duration or row.max_doses or row.per_time
        if row.step
        else row.verbatim == regimen.verbatim
        for row in steps
        if row.step != asked
    )
    if regimen.step is None or often:
        return Fit.OPEN
    return Fit.SAYS if regimen.step == asked else Fit.AGAINST


def fits_setting(regimen: Regimen, query: DoseQuery) -> Fit:
    """Compare the setting; a grade or severity asked tells that the patient has the condition."""
    asked = query.setting or setting_of(query.for_text)
    if asked is None and (query.grade or grades(query.for_text)):
        own = fits_severity(regimen, query) is Fit.SAYS  # "prophylaxis in severe mucositis"
        return Fit.AGAINST if regimen.setting == "prophylaxis" and not own else Fit.SAYS
    if asked is None:
        return Fit.SAYS
    if regimen.setting is None:
        return Fit.OPEN
    if asked == "prophylaxis" and all(map(_is_pre_emptive, (query.part, context_words(regimen)))):
        return Fit.SAYS  # against a virus that treats, for CRS it prevents: the pages' own word is the one asked
    headed = setting_of(regimen.section.rpartition(" > ")[2])
    headed = None if setting_of(regimen.population or "") else headed  # below "Prophylaxis": "adults, established"
    alike = _ALIKE if asked in _ALIKE else {asked}
    return Fit.SAYS if alike & {regimen.setting, headed} else Fit.AGAINST


_ALIKE = frozenset({"conditioning", "lymphodepletion"})
"""What goes before cells of a donor and before those of the patient: people call the one as the other."""


def _is_pre_emptive(words: str) -> bool:
    return any(each in uniform(words) for each in PRE_EMPT)


def asked_severity(query: DoseQuery) -> tuple[frozenset[int], frozenset[str]]:
    """Give the grades and the words for severity that are asked."""
    text = query.grade or ""
    text = f"grade {text}" if re.match(r"\s*(?:[<>≤≥]=?\s*)?\d", text) else text
    both = f"{text} ; {query.for_text}"
    return grades(both), severity_words(both)


def fits_severity(regimen: Regimen, query: DoseQuery) -> Fit:
    """Compare grades with grades and words with words; "severe" is no grade unless the page makes it one."""
    asked, asked_words = asked_severity(query)
    if not asked and not asked_words:
        return Fit.SAYS
    if is_at_other_hours(regimen.severity or "", query.part):
        return Fit.AGAINST
    said, said_words = own_severity(regimen)
    said_words = said_words or severity_words(" ; ".join(regimen.notes))
    if not said and not said_words:
        return Fit.AGAINST if query.setting is None and regimen.setting in _BEFORE_ANY else Fit.OPEN
    if asked and said:
        return Fit.SAYS if asked & said else Fit.AGAINST
    if asked_words and said_words:
        return Fit.SAYS if asked_words & said_words else Fit.AGAINST
    return Fit.OPEN


_BEFORE_ANY = frozenset({"premedication", "lymphodepletion", "mobilization", "bridging"})
"""Settings of what is given before there is anything that has a grade."""


def own_severity(regimen: Regimen) -> tuple[frozenset[int], frozenset[str]]:
    """Give the grades and the words for severity of a regimen: of its severity, else of its indication.

    Else of the words that its line opens with, where these are a grade ("Grade II others"); of the label that opens the
    line of several doses, where it names no other grade.
    """
    if regimen.severity:
        return stated_grades(regimen.severity), severity_words(regimen.severity)
    told, words = grades(regimen.indication or ""), severity_words(regimen.indication or "")
    opening = "" if told or words else next((note for note in regimen.notes if _GRADED.match(note)), "")
    if not (told or words or opening) and regimen.from_text and (opens := _GRADED_LINE.match(regimen.verbatim)):
        opening = opens[1] if grades(opens[1]) == grades(regimen.verbatim) else ""
    return (grades(opening), words) if opening else (told, words)


_GRADED = lazy_regex(r"grades? (?:[0-5]|I{1,3}\b|IV\b)", re.IGNORECASE)
_GRADED_LINE = lazy_regex(r"\W*(grades? (?:[0-5]|I{1,3}\b|IV\b)[^:.;]*)[:.]", re.IGNORECASE)


def speaks_otherwise(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether a severity is asked and stated that cannot be compared: grades here, words there, or neither."""
    asked, asked_words = asked_severity(query)
    said, said_words = own_severity(regimen)
    stated = bool(regimen.severity or said or said_words)
    return bool(asked or asked_words) and stated and not (asked and said) and not (asked_words and said_words)


def is_graded_so(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether a regimen's grades are what a word for severity that is asked mostly means ("severe": 3 and above).

    It is then the dose that is asked about, though the page does not say so: that is told beside it.
    """
    asked, asked_words = asked_severity(query)
    said, said_words = own_severity(regimen)
    if asked or said_words or not asked_words <= _GRADES_OF.keys():
        return False
    return bool(said) and all(said <= _GRADES_OF[word] for word in asked_words)


_GRADES_OF = {
    "mild": frozenset({1}),
    "moderate": frozenset({2}),
    "severe": frozenset({3, 4}),
    "life-threatening": frozenset({4}),
}
"""Words for severity and the grades that they are. Source: CTCAE v5.0, general definitions of grades."""


@lru_cache(maxsize=64)
def asked_groups(query: DoseQuery) -> frozenset[str]:
    """Give the groups of patients that are asked, by words, by age, or by a weight that only children have."""
    text = positive(query.for_text)
    healthy = bool(re.search(NORMAL_ORGANS, f"{text} ; {positive(query.part)}"))
    named = groups_of(query.population or "") | groups_told(re.sub(NORMAL_ORGANS, " ", text))
    named -= {"renal impairment", "hepatic impairment"} if healthy else set()
    if query.weight_kg is not None and query.weight_kg < LIGHTEST_ADULT_KG and "adults" not in named:
        named |= {"children"}
    if query.age_y is not None:
        named |= {"children" if query.age_y < 18 else "adults"}
    elif ages := told_range("age", query.patient.said):
        low, high = in_years(ages)
        named |= {"children"} if high is not None and high <= ADULT_Y else {"adults"} if low >= ADULT_Y else set()
    clearance = read_values_of(CLEARANCE_PER_KG, query.measured or query.for_text)
    if clearance or _has_reduced_kidneys(query) or is_replaced(query):
        named |= {"renal impairment"}
    named -= _denied(query)
    return named - {"renal impairment"} if query.renal_told else named


def is_replaced(query: DoseQuery) -> bool:
    """Tell whether the patient's kidneys are replaced by a machine; "HD X" is a high dose of X, where X is a drug."""
    names = filter(None, (query.drug, query.called, *(name for pair in query.other_drugs for name in pair)))
    of_drug = rf"\bhd[ -]?(?:{'|'.join(map(re.escape, names))}|dos\w+)"
    said = re.sub(of_drug, " ", positive(query.part), flags=re.IGNORECASE)
    return on_dialysis(said) or on_filtration(said)


def _is_of_other_kidneys(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether the patient's kidneys are replaced, and a regimen is for those that work, or for another machine."""
    return (is_replaced(query) and _is_of_working_kidneys(regimen)) or (
        on_filtration(query.words) and _is_of_no_filter(regimen)
    )


def _is_of_working_kidneys(regimen: Regimen) -> bool:
    """Tell whether a regimen is for a clearance that nobody on dialysis has, and none of its words is on dialysis."""
    return works(regimen.bands, f"{_whom(regimen)} ; {regimen.verbatim}")


def _is_of_no_filter(regimen: Regimen) -> bool:
    """Tell whether a regimen goes by a clearance or is for dialysis, and tells of no filter, which takes out more."""
    said = f"{_whom(regimen)} ; {regimen.verbatim}"
    by_clearance = any(band.quantity in RENAL for band in regimen.bands)
    return (by_clearance or on_dialysis(said)) and not on_filtration(said)


def works(bands: Iterable[Condition], words: str) -> bool:
    """Tell whether a band is of a clearance that nobody on dialysis has, and the words beside it are on none."""
    lowest = [band.low for band in bands if band.quantity in RENAL and band.low is not None]
    return any(low >= DIALYSED for low in lowest) and not (on_dialysis(words) or on_filtration(words))


DIALYSED = 15
"""mL/min below which kidneys are replaced by dialysis (KDIGO 2012, stage G5)."""


def _has_reduced_kidneys(query: DoseQuery) -> bool:
    """Tell whether the clearance that the question gives, or all of its range, is a reduced one."""
    crcl, ranged = query.patient.crcl, told_range(RENAL[0], query.patient.said)
    if crcl is not None:
        return crcl < REDUCED
    return ranged is not None and ranged.high is not None and ranged.high <= REDUCED


@lru_cache(maxsize=64)
def _denied(query: DoseQuery) -> frozenset[str]:
    """Give the groups of patients that the question says the patient is not of ("not pregnant")."""
    return frozenset[str]().union(*denied_groups(query.words).values())


_GROWN = lazy_regex(r"\b(?<!young )(?:m[ae]n|wom[ae]n|gentlem[ae]n|lad(?:y|ies))\b(?!['’])")
_OF_YOUNG = lazy_regex(r"\b(?:sons?|daughters?|boys?|girls?|young)\b")


def _is_grown(query: DoseQuery) -> bool:
    """Tell whether the patient is called by a word for grown-ups, and nobody young is named: no child is meant."""
    said = uniform(query.part)
    return _GROWN.search(said) is not None and _OF_YOUNG.search(said) is None


def _denies(regimen: Regimen, groups: frozenset[str]) -> bool:
    """Tell whether a regimen is by its own words for patients who are not of one of these groups."""
    said = denied_groups(f"{regimen.indication or ''} ; {regimen.section}").values()
    return any(groups & denied for denied in said)


def for_others(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether a regimen is for a group of patients that the question does not name ("CrCl of 50 or less")."""
    own = own_groups(regimen)
    return bool(own & set(SPECIAL) - asked_groups(query)) and "adults" not in own


def fits_population(regimen: Regimen, query: DoseQuery) -> Fit:
    """Compare groups of patients, and the age with the ages that the regimen names."""
    asked, own = asked_groups(query), own_groups(regimen)
    words = positive(f"{query.for_text} ; {query.population or ''}")
    of_others = of_other_liver(_whom(regimen), query.part) or _is_of_other_kidneys(regimen, query)
    if of_others or not _fits_age(regimen, query):
        return Fit.AGAINST
    not_so = _denied(query) & set(SPECIAL)
    if own & not_so or ("children" in own and "adults" not in own and "children" not in asked and _is_grown(query)):
        return Fit.AGAINST
    if not asked or _denies(regimen, not_so):
        return Fit.OPEN if not_so and not _denies(regimen, not_so) else Fit.SAYS
    if _is_of_older_children(regimen, query) or _is_unsaid_for_newborns(regimen, query, own):
        return Fit.AGAINST
    banded = regimen.condition is not None and regimen.condition.quantity in SIZES
    # a row that names no group and has no such band is no infant's, as it is no child's
    known = bool(own & {"children", "adults"}) or banded
    if asked == {"children"} and known and (named := stage_of(words)) and named != stage_of(regimen.population or ""):
        return Fit.OPEN if "adults" not in own else Fit.AGAINST
    if asked & (own | groups_of(regimen.or_else or "")) & set(SPECIAL) or _is_of_them(regimen, query, own):
        return Fit.OPEN if own & {"renal impairment", "hepatic impairment"} - asked else Fit.SAYS
    if asked == {"children"} and not own and banded and not _is_of_heavy(regimen, query):
        return Fit.SAYS  # a dose by weight or age that names no group is for whoever weighs or is so
    if (
        asked == {"children"}
        and not own
        and regimen.per
        and (_ALL.search(uniform(f"{_whom(regimen)} ; {regimen.section}")) or _is_of_childrens_unit(regimen, query))
    ):
        return Fit.SAYS
    if asked & set(SPECIAL):
        return Fit.AGAINST
    return Fit.OPEN if not own & {"children", "adults"} or own & asked else Fit.AGAINST


def _is_of_them(regimen: Regimen, query: DoseQuery, own: frozenset[str]) -> bool:
    """Tell whether a row is for all groups asked, or for adults from an age that the child has ("adult, ≥ 12 y")."""
    asked, band = asked_groups(query), regimen.condition
    if asked <= own or asked != {"children"}:
        return asked <= own
    if own != {"adults"} or band is None or query.age_y is None:
        return False
    return (band.quantity, band.unit) == ("age", "a") and band.low is not None and meets(band, query.age_y)


def _is_of_childrens_unit(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether a row's page is one for children, and the child no newborn, whose dose is a row of its own."""
    return query.of_children(regimen.page) and not _is_newborn(query)


_ALL = lazy_regex(r"\ball (?:patients|ages|comers)\b|\bany age\b|\b(?:every age|everyone)\b")
"""Words for whomever it may be: a dose by weight or surface is for children too, a fixed one may be an adult's."""
HEAVY_KG = Decimal(50)
"""Kilograms from which a band is of those who weigh as adults do: a child whose weight is not known is in none."""


def _is_of_heavy(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether a dose is only for those above an adult's weight, and a child's weight is not given.

    One that has a band of ages besides, in which the child is, is for children too.
    """
    if any(band.quantity == "age" and holds(band, query.patient) for band in regimen.bands):
        return False
    bands = (band for band in regimen.bands if band.quantity == "weight" and band.unit == "kg")
    return query.weight_kg is None and any(band.low is not None and band.low >= HEAVY_KG for band in bands)


def _whom(regimen: Regimen) -> str:
    return " ; ".join(filter(None, (regimen.population, regimen.indication, regimen.exception)))


NEONATE_Y = Decimal(28) / Decimal(365)
"""Years up to which a child is a neonate (28 days)."""
_NEONATE = lazy_regex(r"\b(?:neonat\w*|newborns?|preterms?)\b")
_FROM_BIRTH = lazy_regex(r"\b(?:neonat\w*|newborns?|preterms?|infants?|babies|baby|birth|all ages|any age)\b|\d")


def _is_newborn(query: DoseQuery) -> bool:
    asked = positive(f"{query.for_text} ; {query.population or ''}")
    return bool(_NEONATE.search(asked)) or (query.age_y is not None and query.age_y <= NEONATE_Y)


def _is_unsaid_for_newborns(regimen: Regimen, query: DoseQuery, own: frozenset[str]) -> bool:
    """Tell whether a newborn is asked about and a row that says nothing of whom gives one dose whatever the weight."""
    fixed = regimen.amount is not None and regimen.per is None
    return fixed and not own & {"children"} and not regimen.condition and _is_newborn(query)


def _is_of_older_children(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether a neonate is asked about and the row is for children at large: its dose is not a neonate's."""
    words = uniform(f"{regimen.population or ''} ; {regimen.indication or ''}")
    ages = regimen.condition is not None and regimen.condition.quantity in ("age", "weight")
    return (
        _is_newborn(query) and bool(groups_of(regimen.population or "")) and not ages and not _FROM_BIRTH.search(words)
    )


def _fits_age(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether no age that is asked, in years or by a stage of life, stands against those of the regimen."""
    if query.age_y is not None and not _age_holds(regimen, query, query.age_y):
        return False
    band = None if regimen.or_else or _has_further_ages(regimen) else regimen.condition
    return not apart(ages_of(regimen.population, band), _asked_span(query))


def _asked_span(query: DoseQuery) -> Span:
    """Give the ages that the patient can have, in years."""
    told = told_range("age", query.patient.said) if query.age_y is None else None
    low, high = in_years(told) if told else (None, None)
    words = positive(f"{query.for_text} ; {query.population or ''}")
    return asked_ages(words, query.age_y, query.weight_kg) if low is None else (low, OLDEST if high is None else high)


_CHILDS_AGE = Decimal(12)
"""Years from which on a dose is one of older children or adults."""


def is_of_older(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether a row is for children from some age on, and the patient is surely younger."""
    ages = ages_of(regimen.population, regimen.condition)
    return Decimal(0) < ages[0] <= _CHILDS_AGE and ages[0] > _asked_span(query)[1] and apart(ages, _asked_span(query))


def _age_holds(regimen: Regimen, query: DoseQuery, age: Decimal) -> bool:
    bands = [band.condition for band in read_bands(regimen.population or "") if band.condition.quantity == "age"]
    bands = bands or _ages_noted(regimen, query)
    if not bands:
        return True
    met = any(is_aged(band, age) for band in bands)
    return met or (age >= 18 and "adults" in groups_of(regimen.population or ""))


_PIECES = lazy_regex(r"[,;/&]|\band\b|\bor\b")


def _ages_noted(regimen: Regimen, query: DoseQuery) -> list[Condition]:
    """Give the ages that a note of a child's dose lists and says nothing else ("1-3 months and >24 months").

    A single span may as well be how long it is given.
    """
    if "children" not in groups_of(regimen.population or "") and not query.of_children(regimen.page):
        return []
    for note in regimen.notes:
        pieces = _PIECES.split(uniform(note).strip(" ."))
        read = [read_bands(f"aged {piece.strip()}") for piece in pieces] if len(pieces) > 1 else []
        ages = [found[0].condition for found in read if found and found[0].condition.quantity == "age"]
        if ages and len(ages) == len(pieces):
            return ages
    return []


def fits_band(regimen: Regimen, query: DoseQuery) -> Fit:
    """Compare weight, age or surface with the band of the row."""
    told = {holds(band, query.patient) for band in (*regimen.bands, *_of_labels(regimen))} - {None}
    if not told or (False in told and regimen.or_else and not is_of_neither(regimen, query)):
        return Fit.OPEN
    if False in told and _has_further_ages(regimen):
        return Fit.OPEN
    return Fit.AGAINST if False in told else Fit.SAYS


def _has_further_ages(regimen: Regimen) -> bool:
    """Tell whether a row's words go on with other ages that were not read ("< 6 mo 100 ug; 6 mo-5 y 150; 6-11 y 300").

    The row is then for them too: it is quoted, and nothing is worked out of it.
    """
    aged = regimen.condition is not None and regimen.condition.quantity == "age"
    return aged and any(
        band.condition.quantity == "age" for piece in regimen.unparsed for band in read_bands(f"aged {piece}")
    )


def _of_labels(regimen: Regimen) -> list[Condition]:
    """Give the weights and measured values that head a row of none ("Children (<40 kg)", "Stable, EF 40 or more")."""
    read = {band.quantity for band in regimen.bands}
    own = ("weight", *RENAL)
    found = [band.condition for band in read_bands(regimen.population or "") if band.condition.quantity in own]
    found += [band.condition for band in read_measured(regimen.indication or "")]
    return [band for band in found if band.quantity not in read]


def _is_as_by_other_route(regimen: Regimen, query: DoseQuery, beside: Sequence[Regimen]) -> bool:
    """Tell whether a dose that says no route is reckoned as those by another one of its section, and not as asked.

    Beside "5 mg/kg IV" and "400 mg PO" a bare "200 mg" is by mouth.
    """
    place = regimen.page, regimen.section, regimen.drug
    routed = [row for row in beside if row.route and row.amount and (row.page, row.section, row.drug) == place]
    own = {row.per for row in routed if query.route in row.route}
    others = {row.per for row in routed if query.route not in row.route}
    return bool(own) and regimen.per in others - own


def fits_route(regimen: Regimen, query: DoseQuery, beside: Sequence[Regimen] = ()) -> Fit:
    """Compare the route; one that only another dose of the same lines has speaks neither way."""
    if is_pumped(query.part) and never_pumped(regimen.route):
        return Fit.AGAINST
    if query.route is None:
        return Fit.AGAINST if regimen.route and query.not_routes.issuperset(regimen.route) else Fit.SAYS
    if not regimen.route:
        others = {
            code for row in beside if (row.page, row.lines) == (regimen.page, regimen.lines) for code in row.route
        }
        other = {route.code for route in read_routes(own_words(regimen))} - {query.route} - others
        unsaid = query.route in NEVER_UNSAID and query.route not in others
        if is_pumped_otherwise(f"{regimen.indication or ''} ; {own_words(regimen)}", query.route):
            return Fit.AGAINST
        reduced = any(band.quantity in RENAL for band in regimen.bands) and not regimen.from_text
        if reduced and others and query.route not in others:
            return Fit.AGAINST  # what bad kidneys make of the dose in the cell beside it
        if other or unsaid or _is_as_by_other_route(regimen, query, beside):
            return Fit.AGAINST
        return Fit.SAYS if is_by_route(regimen, query.route) else Fit.OPEN
    return Fit.SAYS if query.route in regimen.route else Fit.AGAINST
