"""Whether a statement of a page draws a line through its patients, and the question's patient is on its side of it.

"CrCl < 30: half of it" or, below "Platelets:", "25-49: half of the table" is no dose by itself, and the row that it
changes does not know it: who is asked about must see it first.
"""

import re
from collections.abc import Collection

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.band import RENAL
from wardbook.dosing.fitting import asked_groups
from wardbook.dosing.forbidden_thing import Asked, bands_of, reaches
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.measured import read_measured
from wardbook.dosing.notation import uniform
from wardbook.dosing.old_age import OLDER_PEOPLE, SURELY_Y, may_be_old
from wardbook.dosing.patient import holds
from wardbook.dosing.patient_group import groups_of, of_other_liver, on_dialysis
from wardbook.dosing.quantity import is_measured
from wardbook.dosing.severity import grades
from wardbook.lazy_regex import lazy_regex

_CHANGES = lazy_regex(
    r"\b(?:half|halve[ds]?|quarter|a third|two thirds|reduc(?:e[ds]?|ing|tions?)|lower\w*|decreas\w+|doubl\w+|twice|"
    r"increas\w+|omit\w*|"
    r"avoid\w*|h[eo]ld|with(?:hold|held)|stop\w*|instead|switch\w*|never|none|not?|unless|contra-?indicated)\b|\d\s*%"
)
_SUMS_UP = lazy_regex(
    r"\b(?:as (?:in|above|for)|same|unchanged|no (?:change|adjust\w*|reduction)|full dose|all of it)\b"
)
_GROUPS = frozenset({"renal impairment", "hepatic impairment", "pregnancy", "lactation"})
_OPENS = lazy_regex(r"\W*(?:[<>≤≥]|(?:over|under|above|below) \d|\d+(?:\.\d+)?\s*(?:-|to)\s*\d)")
_DIALYSIS = lazy_regex(r"\b(?:ha?emo-?)?dialy\w*|\bhd\b")
_DAY = lazy_regex(r"\bday ?\+? ?(\d+)\b")
_FROM_DAY = lazy_regex(
    r"\b(?:(?P<after>after|beyond)|not before|not until|start\w*)(?: on| at| from)? day ?\+? ?(?P<day>\d+)"
)
_TO_DAY = lazy_regex(
    r"\b(?:stop\w*|until|not after|not (?:beyond|longer than)|no (?:longer|more) than|max\w*|at most|up to)"
    r"(?: at| by| after| on| for)? (?:day ?\+? ?(?P<day>\d+)|(?P<days>\d+) days)\b"
)
_NEEDS = lazy_regex(r"\b(?:needs?|requires?|only (?:if|when|with|for|in|once)|provided|as long as)\b")


def goes_on(words: str) -> bool:
    """Tell whether a statement opens with a band that only its lead names the quantity of ("25-49: half of it")."""
    return _OPENS.match(uniform(words)) is not None


def is_conditioned(words: str, lead: str, asked: Asked, known: frozenset[str]) -> bool:
    """Tell whether a statement says what to do with those of whom the patient is one.

    `lead` are the words that lead it in, `known` the quantities by which the dose shown was chosen already.
    """
    plain = uniform(f"{lead.rstrip(': ')}: {words}" if goes_on(words) else words)
    if _SUMS_UP.search(plain) or of_other_liver(plain, asked.text):
        return False
    return _is_banded(plain, asked, known) or _is_of_group(plain, asked, known) or _is_of_grade(plain, asked)


def _is_banded(plain: str, asked: Asked, known: frozenset[str]) -> bool:
    """Tell whether a statement has a band that the patient is in, or one alone that the patient must be in and is not.

    By age and weight lines are drawn everywhere: there only what changes a dose counts, and no dose of its own.
    """
    bands = [band for band in bands_of(plain) if quantity_of(band.condition.quantity) not in known]
    changes = bool(_CHANGES.search(plain))
    dosed = any(each.is_dose for each in read_amounts(plain)) or bool(read_frequencies(plain))
    for band in bands:
        sized = band.condition.quantity in ("age", "weight")
        if not (changes if sized else changes or dosed) or (sized and dosed):
            continue
        if reaches(band.condition, plain, asked):
            return True
    sizes = all(band.condition.quantity in ("age", "weight") for band in bands)
    if changes and not dosed and sizes and _is_bare_age(plain, asked):
        return True
    alone = len(bands) == 1 and not re.search(r"\w", plain[: bands[0].begin] + plain[bands[0].end :])
    needed = [band for band in bands if _NEEDS.search(plain[: band.begin]) or alone]
    return any(holds(band.condition, asked.query.patient) is False for band in needed)


_BARE = lazy_regex(
    r"(?:^|[(;:.] ?|\bor |\bif |\baged? |\b(?:patients?|people|persons?|adults?|those|anyone|everyone|in|for) )"
    r"(?P<sign>over|above|under|below|[<>≤≥]) ?=?(?P<years>\d{2})(?: ?(?:years?|yrs?|y)\b(?: old| of age)?)?"
    r"(?= ?(?:or\b|and\b|[:,;)]|\.?\s*$))"
)
"""A bound that names no quantity: beside an age that is asked it may be one ("over 75: half")."""


def _is_bare_age(plain: str, asked: Asked) -> bool:
    age = asked.query.age_y
    age = SURELY_Y if age is None and OLDER_PEOPLE in asked_groups(asked.query) else age
    return age is not None and any(
        age > int(match["years"]) if match["sign"] in ("over", "above", ">", "≥") else age < int(match["years"])
        for match in _BARE.finditer(plain)
    )


def quantity_of(quantity: str) -> str:
    """Give one name for the clearance and the filtration."""
    return RENAL[0] if quantity in RENAL else quantity


def _is_of_group(plain: str, asked: Asked, known: frozenset[str]) -> bool:
    """Tell whether a statement names a group of patients that is asked, without a band, and changes a dose for it."""
    named = groups_of(plain) & asked_groups(asked.query) & _GROUPS
    if OLDER_PEOPLE in groups_of(plain) and (may_be_old(asked.query) or OLDER_PEOPLE in asked_groups(asked.query)):
        named |= {OLDER_PEOPLE}
    banded = [band for band in bands_of(plain) if band.condition.quantity in RENAL]
    named -= {"renal impairment"} if RENAL[0] in known or banded else set()
    of_kidneys = "renal impairment" in groups_of(_DIALYSIS.sub(" ", plain))
    if on_dialysis(plain) and not (on_dialysis(asked.text) or of_kidneys):
        named -= {"renal impairment"}  # who has bad kidneys need not be on dialysis
    if banded and asked.query.patient.crcl is None and RENAL[0] not in known:
        dosed = any(each.is_dose for each in read_amounts(plain))
        return "renal impairment" in asked_groups(asked.query) and (dosed or bool(_CHANGES.search(plain)))
    return bool(named) and bool(_CHANGES.search(plain))


_LESS_OR_MORE = lazy_regex(
    r"\b(?:half|halve[ds]?|quarter|a third|two thirds|reduc(?:e[ds]?|ing|tions?)|lower\w*|decreas\w+|"
    r"doubl\w+|increas\w+)\b|"
    r"\b(?:to|by) \d+ ?%|\d ?% of (?:the |its |a )?(?:\w+ )?dose\b"
)
"""Makes a dose less or more; a share of patients ("69% responded") does not."""


def changes_beside(words: str, asked: Asked, named: Collection[str]) -> bool:
    """Tell whether a statement makes a dose less or more beside a drug of the question, or one of its class.

    `named` are the drugs of the statement.
    """
    others = {drug for _, drug in asked.query.other_drugs}
    return bool(_LESS_OR_MORE.search(uniform(words))) and (bool(others & set(named)) or asked.names_class(words))


def _is_of_grade(plain: str, asked: Asked) -> bool:
    """Tell whether a statement gives the drug in the grade that is asked under a condition only."""
    of_grade = (each for each in re.split(r"[;.]\s", plain) if grades(each) & grades(asked.query.grade or ""))
    return any(re.search(r"\bonly (?:if|when|with|after|for|in)\b", each) for each in of_grade)


def is_of_other_day(words: str, asked: Asked, *, named: bool) -> bool:
    """Tell whether a statement lets a drug begin after the day that is asked, or end before it.

    "After day +30" alone may be of anything: it counts only where the drug is `named`.
    """
    plain, day = uniform(words), _DAY.search(uniform(asked.text))
    if day is None or sum(each.is_dose for each in read_amounts(words)) > 1:
        return False  # of several doses one begins where the other ends
    starts = [int(match["day"]) for match in _FROM_DAY.finditer(plain) if named or not match["after"]]
    ends = [int(match["day"] or match["days"]) for match in _TO_DAY.finditer(plain)]
    return any(int(day[1]) < start for start in starts) or any(int(day[1]) > end for end in ends)


def known_quantities(text: str, asked: Asked) -> frozenset[str]:
    """Give the quantities by whose bands the words of an answer already speak of the patient."""
    bands = [*bands_of(text), *read_measured(text)]
    return frozenset(
        quantity_of(band.condition.quantity)
        for band in bands
        if (band.condition.quantity in (*RENAL, "age", "weight") or is_measured(band.condition))
        and holds(band.condition, asked.query.patient)
    )
