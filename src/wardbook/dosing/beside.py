"""Cells beside a dose: route, interval, duration, maximum, population and the like, put where they belong."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.clause import read_clauses
from wardbook.dosing.context import (
    Drugs,
    beginnings,
    grade_of,
    indication_of,
    is_situation,
    joined,
    population_of,
    qualifies,
    setting_of,
)
from wardbook.dosing.course import Course
from wardbook.dosing.doses_counted import doses_in_all
from wardbook.dosing.draft import Draft
from wardbook.dosing.drugs_apart import added
from wardbook.dosing.exclusion import outside, read_exclusions, without_exclusions
from wardbook.dosing.frequency import Frequency, read_frequencies
from wardbook.dosing.governed import whole
from wardbook.dosing.maximum_said import maxima_of
from wardbook.dosing.measured import cell_condition, read_measured
from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import Phrase, phrases_of, read_phrases
from wardbook.dosing.place import RowPlace
from wardbook.dosing.regimen import Condition
from wardbook.dosing.route import read_routes
from wardbook.lazy_regex import lazy_regex

_BARE_INTERVAL = lazy_regex(
    r"\s*(?:at least |min(?:imum)? )?\d+(?:\.\d+)?(?:\s*(?:-|to)\s*\d+(?:\.\d+)?)?\s*(?:h|hr|hrs|hours?|days?)\s*"
)
_CONDITIONAL = lazy_regex(r"\b(?:if|when|unless|in case|for)\b")
_BAND_WORDS = lazy_regex(
    r"(?:[\s,:()]|\b(?:weight|weighing|patients?|body|child(?:ren)?|adults?|young|[at]?ya|aged?|with|and|p(?:a)?ediatrics?|if|for)\b)*"
)


def put_beside(place: RowPlace, role: str, header: str, text: str, drugs: Drugs) -> None:
    """Put one cell where it belongs, by the role of its column or key."""
    text = text.strip()
    if role in ("weight", "age") and (form := _FORM_FIRST.match(text)):  # "tablet 21-30 kg"
        place.notes.append(form[0].strip())
        text = text[form.end() :]
    _put_exclusions(place, role, text)
    if role == "weight" and _OF_WHEN.search(uniform(header)):
        place.notes.append(f"{header}: {text}")
    if role in ("weight", "age", "renal", "surface") and _TWO_RANGES.fullmatch(uniform(text)):
        place.notes.append(f"{header}: {text}")
        place.unparsed.append(f"{header}: {text}")
    elif role in ("drug", "product"):
        _put_drug(place, role, text, drugs)
    elif put := _PUT.get(role):
        put(place, role, header, text)
    elif role == "notes" or qualifies(text):
        place.notes.append(text)
        for words in maxima_of(text):
            _put_maximum(place, role, "", words)


_FORM_FIRST = lazy_regex(r"(?:tab(?:let)?s?|capsules?|suspension|syrup|granules|IV)[ :,]+(?=[<>≤≥]|\d)", re.IGNORECASE)


def _put_exclusions(place: RowPlace, role: str, text: str) -> None:
    """Take whom a cell excludes, and the band of the others."""
    for found in read_exclusions(text):
        words = text[found.begin : found.end]
        if role != "notes":
            place.notes.append(words)
        if found.whom:
            place.excluded.append(words)
        if found.outside:
            place.conditions.append((words, found.outside))


def _put_band(place: RowPlace, text: str) -> None:
    """Take the one band that a label holds; with "or" in it, the band does not stand for the whole."""
    text = without_exclusions(text)
    bands = [phrase.value for phrase in phrases_of("band", text)] or list(whole(text))
    if len(bands) == 1 and not re.search(
        r"\bor\b(?! (?:more|over|above|greater|less|under|below|older|younger))", uniform(text)
    ):
        place.conditions.append((text, _condition(bands[0])))


def _put_indication(place: RowPlace, role: str, header: str, text: str) -> None:
    place.indication = f"{place.group}: {text}" if place.group else text
    _put_band(place, text)
    place.severity = grade_of(text) or place.severity
    place.population = population_of(text) or place.population
    place.setting = setting_of(text) or place.setting


def _put_words(place: RowPlace, role: str, header: str, text: str) -> None:
    setattr(place, role, text)


def _put_setting(place: RowPlace, role: str, header: str, text: str) -> None:
    """Take the setting of a cell; one that tells more than a setting ("Refractory CRS, adults") tells what for."""
    _put_band(place, text)
    place.setting = setting_of(text) or place.setting
    place.population = population_of(text) or place.population
    rest = re.sub(rf"{beginnings('settings.tsv').pattern}\w*", " ", uniform(text))
    if indication_of(rest, ()) and not is_situation(text):
        place.indication = joined(place.indication, f"{place.group}: {text}" if place.group else text)
        place.severity = grade_of(text) or place.severity
    elif setting_of(text) is None:
        place.notes.append(text)


def _put_note(place: RowPlace, role: str, header: str, text: str) -> None:
    place.notes.append(f"{header}: {text}")


def _put_exclusion(place: RowPlace, role: str, header: str, text: str) -> None:
    """Take a cell of a column of those who must not have it ("Avoid", "Contraindications")."""
    words = f"{header}: {text}"
    place.notes.append(words)
    place.excluded.append(words)
    if condition := outside(words):
        place.conditions.append((words, condition))


def _put_drug(place: RowPlace, role: str, text: str, drugs: Drugs) -> None:
    named = {mention.drug for mention in drugs.find(text)}
    if not named and any(figure.begin == 0 for figure in read_amounts(text)):
        place.notes.append(text)  # an amount is no name
        return
    place.product = text if role == "product" else place.product
    if role == "product" and place.drug is not None:
        if named == {place.drug}:
            return
        place.indication = place.indication or text
        place.notes.append(text)
        return
    place.drugs = listed(text, drugs)
    if of_patient := _OF_PATIENT.fullmatch(text):
        own = {mention.drug for mention in drugs.find(of_patient[1])}
        named = own if len(own) == 1 else named
        place.notes += [of_patient[2]] if len(own) == 1 else []
    known = drugs.canonical(text) or _fullest(named)
    if known is None and (known := added(text, drugs)):
        place.notes.append(text)
    place.several = known is None and len(named) > 1
    place.drug = known or " ".join(text.lower().split())
    if uniform(text) != place.drug:
        _put_band(place, text)
        route = read_routes(text)
        place.routes = place.routes or tuple(found.code for found in route)
        if re.search(r"\d", text):
            place.notes.append(text)


_OF_PATIENT = lazy_regex(
    r"([^()]+)\(((?:if|when|in|for|not|no|unless|after|before|following|instead of)\b[^()]+|"
    r"[^()]*\b(?:allerg\w*|rash|anaphyla\w*|intoleran\w*|"
    r"hypersensitiv\w*|resistan\w*|refractory|fail\w*|contraindicat\w*|unavailable|shortage|na[iï]ve)\b[^()]*)\)",
    re.IGNORECASE,
)
"""A drug with the patients that it is for in brackets ("cefepime (penicillin rash)")."""


def _fullest(named: set[str]) -> str | None:
    """Give the drug of a cell that names one, or one by a longer and a shorter name ("ATG (rabbit, brand)")."""
    longest = max(named, key=len, default="")
    parts = set(longest.split())
    return longest if longest and all(set(each.split()) <= parts for each in named) else None


def listed(text: str, drugs: Drugs) -> tuple[str, ...]:
    """Give the drugs that a cell lists ("x + y and z") in their order; empty where a part of it is no single drug."""
    found = []
    for part in re.split(r"\s*(?:\+|,|;|&|\n|\band\b|\bplus\b)\s*", text, flags=re.IGNORECASE):
        named = {mention.drug for mention in drugs.find(part)}
        if len(named) != 1:
            return ()
        found.append(named.pop())
    return tuple(found) if len(set(found)) > 1 else ()


_LEAST = lazy_regex(r"\b(?:min(?:imum)?|lowest|least|from)\b")
_MOST = lazy_regex(r"\b(?:max(?:imum)?|highest)\b")
_FIRST_AGE = lazy_regex(r"\W*(\d+(?:\.\d+)?)\s*(y|yrs?|years?|mo|months?|m|wk|weeks?|d|days?)?\b(.*)", re.DOTALL)


def _bounded(role: str, header: str, text: str) -> str:
    """Write the bound that a header makes of the age in a cell: "2 y" below "Min age" is "from 2 years"."""
    plain = uniform(header)
    sign = ">=" if _LEAST.search(plain) else "<=" if _MOST.search(plain) else ""
    age = _FIRST_AGE.fullmatch(uniform(text)) if role == "age" and sign else None
    if age is None or re.match(r"\s*-\s*\d", age[3]):
        return text
    unit = {"m": "months", "mo": "months"}.get(age[2] or "years", age[2] or "years")
    return f"age {sign} {age[1]} {unit}"


_RANGE = r"(?:[<>≤≥]=?\s*)?\d+(?:\.\d+)?(?:\s*(?:-|to)\s*[<>≤≥]?=?\s*\d+(?:\.\d+)?)?(?:\s*(?:kg|ml/min|y))?"
_TWO_RANGES = lazy_regex(
    rf"\s*{_RANGE}\s*(?:iv|po|oral|sc|im)?\s*[(/]\s*{_RANGE}\s*(?:(?:for|if)\s*)?(?:iv|po|oral|sc|im)?\s*\)?\s*"
)
"""Two ranges, each for another dose of the row ("40-59 (50-69)", "≥ 60 (≥ 70 IV)"): which is whose is not told."""
_OF_WHEN = lazy_regex(r"\b(?:baseline|admission|start(?:ing)?|pre-?treatment)\b")
"""A weight of another day: what the patient weighs today may be more."""


def _put_population(place: RowPlace, role: str, header: str, text: str) -> None:
    if any(found.begin == 0 for found in read_exclusions(text)):
        place.notes.append(f"{header}: {text}")
        return
    if measured := cell_condition(header, text):
        place.conditions.insert(0, (f"{header}: {text}", measured))
        place.notes.append(f"{header}: {text}")
        return
    bare = _bounded(role, header, without_exclusions(text))
    words = text if bare == without_exclusions(text) else f"{header}: {text}"
    bands = phrases_of("band", bare) or (_age_alone(bare) if role == "population" else ())
    if not bands and role in ("weight", "age", "renal", "surface"):
        bands = phrases_of("band", _with_subject(role, header, bare))
        if bands:
            place.conditions.insert(0, (text, _condition(bands[0].value)))
            return
    rest = uniform(bare)
    for each in reversed(bands):
        rest = f"{rest[: each.begin]} {rest[each.end :]}"
    found = [_condition(each.value) for each in bands]
    joint = len(bands) < 2 or not re.search(r"\bor\b", rest)
    if bands and joint and len({each.quantity for each in found}) == len(bands) and _BAND_WORDS.fullmatch(rest):
        at = 0 if role != "population" else len(place.conditions)
        place.conditions[at:at] = [(words, each) for each in found]
        age = any(each.quantity == "age" for each in found)
        place.population = text if age and role == "population" else population_of(text) or place.population
    elif role == "population":
        place.population = _with_values(place, text)
        place.setting = setting_of(text) or place.setting
    else:
        place.population = (population_of(bare) if role == "age" else None) or place.population
        if _ADULTS.fullmatch(place.population or ""):
            place.conditions = [each for each in place.conditions if not _is_adult(each[1])]
        place.notes.append(f"{header}: {text}")
        if (
            re.search(r"\d", text)
            and not any(found.whom for found in read_exclusions(text))
            and role in ("weight", "age", "surface")
        ):
            place.unparsed.append(f"{header}: {text}")


def _age_alone(text: str) -> tuple[Phrase, ...]:
    """Give the age that is all that a cell of patients says ("Under 2 months"), which elsewhere may be a time."""
    head = "aged "
    bands = phrases_of("band", head + text)
    if (
        len(bands) != 1
        or text[: max(bands[0].begin - len(head), 0)].strip()
        or text[bands[0].end - len(head) :].strip()
    ):
        return ()
    return (replace(bands[0], begin=0, end=len(text)),)


def _with_values(place: RowPlace, text: str) -> str:
    """Take the measured values behind a group of patients ("Adults, platelets 15-39"); give the whole cell's words."""
    rest = uniform(text)
    found = read_measured(text)
    for each in reversed(found):
        rest = f"{rest[: each.begin]} {rest[each.end :]}"
    if _BAND_WORDS.fullmatch(rest) and len({each.condition.quantity for each in found}) == len(found):
        place.conditions += [(text, each.condition) for each in found]
    return text


_ADULTS = lazy_regex(r"adults?", re.IGNORECASE)


def _is_adult(band: Condition) -> bool:
    """Tell whether a band says no more than that patients are adults."""
    return band.quantity == "age" and band.unit == "a" and band.low == Decimal(18) and band.high is None


def _with_subject(role: str, header: str, text: str) -> str:
    """Give a bare bound the quantity and unit of its column ("30-50", "60 and over" under "CrCl (mL/min)")."""
    unit = {"weight": "kg", "age": "years", "surface": "m2"}.get(role, "mL/min")
    subject = {"weight": "weight", "age": "age", "surface": "bsa"}.get(
        role, "egfr" if "gfr" in uniform(header) else "crcl"
    )
    months = role == "age" and "month" in uniform(header)
    number = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(?:kg)?\s*", uniform(text))
    if number and role == "weight":
        return f"weight {number.group(1)}-{number.group(1)} kg"
    if role == "age" and (one := _ONE_AGE.fullmatch(uniform(text))):
        young = one["unit"].startswith("m") if one["unit"] else months
        return f"age {one['age']} to < {int(one['age']) + 1} {'months of age' if young else 'years'}"
    if role == "age" and re.search(r"\d\s*[a-z]", uniform(text)):
        return f"{subject} {text}"
    text = re.sub(r"(?<=\d)\s*\+\s*$", " or more", text)
    return f"{subject} " + re.sub(r"(?<=\d)(?=\D*$)", f" {'months of age' if months else unit}", text, count=1)


_ONE_AGE = lazy_regex(r"\s*(?P<age>\d{1,2})\s*-?(?P<unit>years?|yrs?|y|months?|mos?|mo)?(?: old| of age)?\s*")
"""An age alone, which one has up to the next birthday, or the next month."""


def _condition(value: object) -> Condition:
    condition = getattr(value, "condition", None)
    assert isinstance(condition, Condition)
    return condition


def _put_route(place: RowPlace, role: str, header: str, text: str) -> None:
    routes = read_routes(without_exclusions(text))
    place.routes = tuple(dict.fromkeys(found.code for found in routes))
    (draft,) = read_clauses(text, ())[:1]
    if draft.infusion:
        place.infusion = "; ".join(draft.infusion)
    place.siblings.append((text, _only_frequencies(draft)))
    if draft.notes or draft.unparsed or not routes:
        place.notes.append(text)


def _only_frequencies(draft: Draft) -> Draft:
    return Draft(0, 0, frequencies=draft.frequencies, once=draft.once)


_DAYS_ALONE = lazy_regex(r"(?:[^a-z]|\b(?:to|and|then|through|onwards?|later|beyond|after|until)\b|(?<=\d)t|(?<=-)t)*")
"""Numbers of days with nothing but words that join them."""


def _put_interval(place: RowPlace, role: str, header: str, text: str) -> None:
    """Type an interval where the cell gives one; all other words stay as schedule."""
    hours = re.search(r"[(\[,]\s*(h(?:ours?|rs?)?|days?|d)\s*[)\]]?$", uniform(header).strip())
    if role == "frequency" and hours and re.fullmatch(r"\d+(?:\.\d+)?(?:\s*-\s*\d+)?", uniform(text)):
        text = f"{text} {'hours' if hours.group(1).startswith('h') else 'days'}"
    if role == "frequency" and _BARE_INTERVAL.fullmatch(uniform(text)):
        place.siblings.append((text, Draft(0, 0, frequencies=list(read_frequencies(f"every {text.strip()}")))))
        if not re.fullmatch(r"[\d\s.–-]+\w+", text.strip()):
            place.schedule.append(text)
        return
    if role == "schedule" and "day" in uniform(header) and _DAYS_ALONE.fullmatch(uniform(text)):
        place.schedule.append(f"{header}: {text}")
        return
    bare = without_exclusions(text)
    phrases = [phrase for phrase in read_phrases(bare) if phrase.kind not in ("mark", "time")]
    amounts = any(phrase.kind == "amount" for phrase in phrases)
    frequencies = [phrase.value for phrase in phrases if isinstance(phrase.value, Frequency)]
    once = any(isinstance(phrase.value, Course) and phrase.value.kind in ("once", "repeat") for phrase in phrases)
    if not amounts:
        place.siblings.append((text, Draft(0, 0, frequencies=frequencies, once=once)))
    plain = (
        len(phrases) == 1
        and frequencies
        and uniform(text).strip(" .") == uniform(text)[phrases[0].begin : phrases[0].end].strip(" .")
    )
    if not plain or frequencies[0].interval_h is None:
        place.schedule.append(text)


def _put_daily_maximum(place: RowPlace, role: str, header: str, text: str) -> None:
    """Read "Limit in 24 hours"; a number of doses in a day has no field of its own."""
    (_put_maximum if read_amounts(text) else _put_note)(place, role, header, text)


def _put_maximum(place: RowPlace, role: str, header: str, text: str) -> None:
    """Read a maximum; a cell of which any word or figure is not typed is kept whole as a note."""
    draft = read_clauses(text, (), maximum=True)[0]
    if _CONDITIONAL.search(uniform(text)):
        draft.caps = draft.caps[:1]
    words = f"{header} {text}".strip()
    number = re.fullmatch(r"\s*(\d{1,2})\s*(?:doses?)?\s*(?:in total|total)?\s*", uniform(text))
    if number and re.search(r"\bdoses\b|\blimit\b|\bnumber\b", uniform(words)):
        place.siblings.append((words, Draft(0, 0, max_doses=int(number.group(1)))))
        return
    caps = [(figure, f"{header}: {said}" if header else said) for figure, said in draft.caps]
    beside = Draft(0, 0, caps=caps, max_doses=draft.max_doses, unparsed=list(draft.unparsed))
    place.siblings.append((words, beside))
    typed = {phrase.kind for phrase in read_phrases(text)} <= {"amount", "most doses"}
    if draft.notes or draft.conditions or not typed or not draft.caps:
        place.notes.append(text)


def _put_most_doses(place: RowPlace, role: str, header: str, text: str) -> None:
    """Read how many doses at most; of "3 in 24 hours, 4 in total" the total is typed, and all stays in words."""
    most, understood = doses_in_all(text)
    counts = re.findall(r"(?<![\d.])(\d{1,2})(?: doses?)? (?:in )?(?:total|all)\b", uniform(text))
    if most is None and len(counts) == 1:
        most = int(counts[0])
    if read_amounts(text) or (most is None and not understood):
        _put_maximum(place, role, header, text)
        return
    place.siblings.append((f"{header} {text}".strip(), Draft(0, 0, max_doses=most)))
    if not re.fullmatch(r"\s*\d+\s*", text):
        place.notes.append(text)


_PUT: dict[str, Callable[[RowPlace, str, str, str], None]] = {
    "indication": _put_indication,
    "severity": _put_words,
    "duration": _put_words,
    "infusion": _put_words,
    "setting": _put_setting,
    "population": _put_population,
    "age": _put_population,
    "weight": _put_population,
    "surface": _put_population,
    "renal": _put_population,
    "route": _put_route,
    "frequency": _put_interval,
    "schedule": _put_interval,
    "max": _put_maximum,
    "max doses": _put_most_doses,
    "max daily": _put_daily_maximum,
    "count": _put_note,
    "total": _put_note,
    "exclusion": _put_exclusion,
}
