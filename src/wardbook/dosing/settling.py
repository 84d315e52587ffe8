"""The one question that would settle which of several regimens is meant."""

import re
from collections.abc import Callable, Sequence

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import DoseQuery, TermMatcher, denied, indication_words, words_of
from wardbook.dosing.band import RENAL, SIZES
from wardbook.dosing.patient_group import own_groups
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.sameness import subject
from wardbook.dosing.severity import grades, stated_grades
from wardbook.dosing.wording import amount_words, bands_words, interval_words

_Tell = Callable[[Regimen], str]


def _indication(regimen: Regimen) -> str:
    return indication_words(regimen)


def _setting(regimen: Regimen) -> str:
    return regimen.setting or ""


def grade_words(regimen: Regimen) -> str:
    """Word the severity of a regimen; a bare figure is a grade."""
    words = regimen.severity or ""
    return f"grade {words}" if words and stated_grades(words) and not grades(words) else words


def _population(regimen: Regimen) -> str:
    return regimen.population or ", ".join(sorted(own_groups(regimen)))


def _band(regimen: Regimen) -> str:
    return bands_words(regimen)


def _route(regimen: Regimen) -> str:
    return " or ".join(regimen.route)


def _situation(regimen: Regimen) -> str:
    return "; ".join(_situation_parts(regimen))


def _situation_parts(regimen: Regimen) -> list[str]:
    parts = (regimen.schedule, *regimen.notes, regimen.section.rpartition(" > ")[2], regimen.page)
    return list(dict.fromkeys(part for part in parts if part))


def _situations(regimens: Sequence[Regimen]) -> list[str]:
    """Give what each regimen says of its situation and not all others say too."""
    shared = set.intersection(*(set(_situation_parts(regimen)) for regimen in regimens))
    return ["; ".join(part for part in _situation_parts(row) if part not in shared) for row in regimens]


_DIMENSIONS: tuple[tuple[str, _Tell], ...] = (
    ("indication", _indication),
    ("setting", _setting),
    ("severity", grade_words),
    ("population", _population),
    ("band", _band),
    ("route", _route),
    ("situation", _situation),
)
_PROMPTS = {
    "indication": "What is {drug} for?",
    "setting": "Is it for {options}?",
    "severity": "Which grade or severity?",
    "population": "For which patient?",
    "band": "What is the {quantity}?",
    "route": "By which route?",
    "situation": "Which of these do you mean?",
}


Offered = tuple[tuple[str, tuple[Regimen, ...]], ...]
"""Options, each with the regimens that it leaves."""


def settle(
    groups: Sequence[Sequence[Sequence[Regimen]]], query: DoseQuery, same: TermMatcher, conflict: bool
) -> tuple[str, Offered]:
    """Give the question and its options: by the one thing that tells most of the regimens apart.

    `groups` holds regimens that say the same, as courses, the fullest first. Among things that tell as many apart, the
    earlier in the usual order is asked; what some regimens do not state is asked only if nothing else parts them.
    Every group stands behind one option, and no option leaves all of them.
    """
    regimens = [group[0][0] for group in groups]
    name, words = _telling(regimens, same)
    offered: dict[str, tuple[str, list[Regimen]]] = {}
    for group, label in zip(groups, words, strict=True):
        kept = offered.setdefault(_form(label), (label, []))[1]
        kept += [regimen for course in group for regimen in course]
    options: Offered = tuple((label, tuple(kept)) for label, kept in offered.values())
    if conflict and name == "situation" and len({regimen.page for regimen in regimens}) > 1:
        return f"The pages disagree on {query.drug}: whose dose do you mean?", options
    quantity = _asked_for(regimens) if name == "band" else ""
    listed = " or ".join(label for label, _ in options)
    return _PROMPTS[name].format(drug=query.drug, options=listed, quantity=quantity), options


def _asked_for(regimens: Sequence[Regimen]) -> str:
    """Word what is asked back, by which most rows differ: a measure of the patient, or a value by its name."""
    bands = list(dict.fromkeys(band for row in regimens for band in row.bands))
    counts = {band.quantity: len([each for each in bands if each.quantity == band.quantity]) for band in bands}
    quantity = max(counts, key=lambda name: counts[name])
    return f"patient's {quantity}" if quantity in (*SIZES, *RENAL) else quantity


def _telling(regimens: Sequence[Regimen], same: TermMatcher) -> tuple[str, list[str]]:
    """Give the thing that tells most of the regimens apart, with what each of them says of it."""
    best: tuple[int, str, list[str]] = (1, "", [])
    for names, whole in ((_DIMENSIONS[:-1], True), (_DIMENSIONS[:-1], False)):
        for name, tell in names:
            words = [tell(regimen) for regimen in regimens]
            parted = _parted(name, words, regimens, same)
            if (all(words) or not whole) and len(set(map(_form, filter(None, words)))) > 1 and parted > best[0]:
                best = (parted, name, words)
        if best[1]:
            return best[1], [label or "none of these" for label in best[2]]
    words = _situations(regimens)
    if len(set(map(_form, words))) < 2 or not any(words):
        words = [dose_line(regimen) for regimen in regimens]
    words = [label or dose_line(regimen) for label, regimen in zip(words, regimens, strict=True)]
    if len(set(map(_form, words))) < 2:
        words = [
            f"{label} ({regimen.page}, line {regimen.lines[0]})" for label, regimen in zip(words, regimens, strict=True)
        ]
    if len(set(map(_form, words))) < 2:
        words = [f"{label}, {at}" for at, label in enumerate(words, 1)]
    return "situation", words


def dose_line(regimen: Regimen) -> str:
    """Word dose, route and how often, which is what tells regimens apart that say nothing else."""
    words = " ".join(filter(None, (amount_words(regimen), _route(regimen), interval_words(regimen), regimen.schedule)))
    return words or " ".join(regimen.verbatim.split())


def _parted(name: str, words: Sequence[str], regimens: Sequence[Regimen], same: TermMatcher) -> int:
    """Count how many kinds of regimen a thing tells apart; overlapping groups of patients tell nothing apart."""
    if name == "indication":
        subjects = {subject(regimen, same) | denied_subject(regimen) for regimen in regimens}
        # What is for CRS does not part from what is for CAR-T CRS: naming CRS again would settle nothing.
        return len([one for one in subjects if not any(other < one for other in subjects)])
    if name == "population":
        groups = list({own_groups(regimen): None for regimen in regimens})
        overlap = any(one & other for at, one in enumerate(groups) for other in groups[at + 1 :])
        return 1 if overlap else len(groups)
    return len(set(map(_form, words)))


def told_by_row(regimens: Sequence[Regimen]) -> bool:
    """Tell whether one row gives all regimens, and its words tell when each holds: a dose, and exceptions from it.

    A row for grades, bands or patients of which none is the usual one, or for three situations, tells that only to who
    knows the patient.
    """
    usual, *others = regimens
    if any((row.page, row.section, row.lines) != (usual.page, usual.section, usual.lines) for row in others):
        return False
    if any(row.bands for row in others) and not all(map(_is_dose, usual.unparsed)):
        return False  # the band of the first may be among what was not understood
    others = [row for row in others if not row.bands]
    if any(_is_choice(usual, row) for row in others):
        return False
    same = len(others) <= 1 and all(_situated(row) == _situated(usual) for row in others)
    return same and not (usual.bands or usual.or_else) and (not usual.population or _is_for_all_of(usual, others))


def _is_choice(one: Regimen, other: Regimen) -> bool:
    """Tell whether a sentence leaves the choice of two schedules ("60 mg/kg q8h or 90 mg/kg q12h")."""
    apart = one.interval_h and other.interval_h and one.interval_h != other.interval_h and one.amount != other.amount
    joined = one.from_text and one.verbatim == other.verbatim and one.step is None
    return bool(apart and joined and one.setting == other.setting and re.search(r"\bor\b", one.verbatim))


def _situated(regimen: Regimen) -> tuple[str | None, ...]:
    return regimen.indication, regimen.severity, regimen.setting


def _is_dose(piece: str) -> bool:
    return any(figure.is_dose for figure in read_amounts(piece))


def _is_for_all_of(usual: Regimen, others: Sequence[Regimen]) -> bool:
    return all(own_groups(row) == own_groups(usual) for row in others)


def denied_subject(regimen: Regimen) -> frozenset[str]:
    """Give what the indication denies ("without vision loss"), each word marked, to tell it from its contrary."""
    return frozenset(f"no {word}" for word in words_of(denied(indication_words(regimen))))


def _form(words: str) -> str:
    """Give words as they compare: case and spacing aside."""
    return " ".join(words.casefold().split())
