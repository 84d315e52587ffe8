"""How often and how long: which of these words beside a dose are not said of it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from wardbook.dosing.course import Course
from wardbook.dosing.draft import Draft
from wardbook.dosing.frequency import Frequency
from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import Phrase
from wardbook.lazy_regex import lazy_regex

_FIGURE_BEFORE = lazy_regex(r"(?:→|->|⇒|\bthen\b|\bor\b)\s*(?:\d+(?:\.\d+)?)(?:\s*-\s*\d+(?:\.\d+)?)?\s*$")
"""Before how often a dose is given whose amount leaves out its unit ("100 mg nocte → 300 TDS")."""
_SHARE_BEFORE = lazy_regex(
    r"\b(?:then|taper\w*|wean\w*|reduc\w*|decreas\w*|lower\w*|cut\w*)\s+(?:(?:the|dose|it|by)\s+)*\d+(?:\.\d+)?"
    r"(?:\s*-\s*\d+)?\s*%\s*$"
)
"""Before how often a dose is changed by a share of it ("1 mg/kg, then 20 % every fortnight")."""
_CHANGED = lazy_regex(
    r"\b(?:doubl|increas|rais|escalat|titrat|adjust|halv|reduc|lower|step)(?:e|es|ed|ing|ped|ping)?\s+"
    r"(?:(?:the|up|down|rate|dose|it)\s+)*$"
)
"""Before how often a dose or a rate is changed ("doubling every 30 min")."""
_ONLY_AT_ONCE = lazy_regex(r"\bat\s+$")
_GOES_ON = lazy_regex(
    r"\s+(?!(?:only|if|then|on|at|in|per|over|and|or|for|with|before|after|by|daily|weekly|prior|when|as|more|again|"
    r"slow|slowly|stat|through|via|into|the)\b)[a-z]{4,}"
)
"""Behind a "once" that means "as soon as" ("BD lifelong once chronic")."""
_ONCE_MORE = lazy_regex(r"\s+(?:more|again)\b")
"""Behind a "once" that says that a dose may be repeated."""
_BOUND = lazy_regex(r"(?:[<>≤≥]=?|\bonset(?: on| at| by)?|\b(?:less|more|earlier|later|sooner) than)\s*$")
_WINDOW = lazy_regex(r"\b(?:works?|effective|useful|possible|valid|stable|keeps?|benefit)\s+$")
_WAITS = lazy_regex(
    r"\b(?:once|when|if|after|until|unless|no|not|still|without|while|whilst|fever|better|lasting|waiting|(?:in)?stable)\b"
)


def of_other_figure(text: str, draft: Draft, begin: int) -> bool:
    """Tell whether how often is said of a bare figure right before it, or of a change of the dose.

    A change is not understood of a dose that says nothing else of how often; of another it is a remark.
    """
    if draft.figure is None or begin < draft.figure.end:
        return False
    before = uniform(text[draft.figure.end : begin])
    if _SHARE_BEFORE.search(before):
        return True
    return _FIGURE_BEFORE.search(before) is not None or (_CHANGED.search(before) is not None and _goes(draft))


def _goes(draft: Draft) -> bool:
    return bool(draft.frequencies or draft.once or (draft.figure and draft.figure.per_time))


def is_of_course_beside(text: str, draft: Draft, phrase: Phrase) -> bool:
    """Tell whether a piece of a course is when something else is ("onset < D3", "works till 12 h", "once chronic")."""
    course = phrase.value
    before = uniform(text[draft.begin : phrase.begin])
    words = uniform(text[phrase.begin : phrase.end])
    if not isinstance(course, Course):
        return False
    if course.kind == "once" and words == "once" and _ONCE_MORE.match(uniform(text[phrase.end :])):
        return True
    if course.kind == "once" and words == "once" and draft.frequencies:
        return bool(_ONLY_AT_ONCE.search(before) or _GOES_ON.match(uniform(text[phrase.end :])))
    if course.kind == "schedule":
        return _BOUND.search(before) is not None
    if course.kind == "duration":
        if words.startswith(("until", "till")) and _WINDOW.search(before):
            return True
        begins = draft.figure.begin if draft.figure else phrase.end
        label = ":" in text[phrase.begin : begins]
        return label and _WAITS.search(f"{before}{words}") is not None
    return False


def changes_rhythm(text: str, bracket: tuple[int, int], often: Sequence[Phrase]) -> bool:
    """Tell whether a bracket says how often else a dose is given for some ("12-hourly (6-hourly for xyz-cel)")."""
    begin, end = bracket
    before = [phrase for phrase in often if phrase.end <= begin]
    inside = [phrase for phrase in often if begin < phrase.begin < end]
    if text[begin] != "(" or not before or len(inside) != 1 or _interval(inside[0]) == _interval(before[-1]):
        return False
    opens = not re.search(r"\w", text[begin + 1 : inside[0].begin])
    return opens and _FOR_SOME.match(uniform(text[inside[0].end : end])) is not None


def _interval(phrase: Phrase) -> object:
    return phrase.value.interval_h if isinstance(phrase.value, Frequency) else None


_FOR_SOME = lazy_regex(r"\s*,?\s*(?:for|if|in|when|with|after|on)\s+[a-z]")


_IN_DOSES = lazy_regex(r"\b(?:in|as|into)\s*$")


def splits_the_day(text: str, draft: Draft, phrase: Phrase) -> bool:
    """Tell whether a number of doses is into how many that of a day is split ("daily, in two doses")."""
    begin = draft.figure.end if draft.figure else draft.begin
    words = re.fullmatch(r"(?:two|three|four|[234]) (?:equal )?doses", uniform(text[phrase.begin : phrase.end]))
    return words is not None and _IN_DOSES.search(uniform(text[begin : phrase.begin])) is not None


def per_day(draft: Draft) -> None:
    """Let a dose "daily, split BD" be one of the day."""
    figure = draft.figure
    daily = [each.interval_h for each in draft.frequencies] == [(Decimal(24), Decimal(24))]
    if figure is not None and daily and figure.per_time is None:
        draft.figure = replace(figure, per_time="d")
        draft.frequencies.clear()
        draft.often.clear()


def opens_with_rhythm(text: str, begin: int, dose: int, phrases: Sequence[Phrase]) -> bool:
    """Tell whether a bracket says for whom the dose before it is given more or less often, before a dose of its own.

    "1 g TDS (BD if CrCl 30-49, OD if 10-29, 500 mg OD < 10)": the first band is not that of the 500 mg.
    """
    if text[begin] != "(":
        return False
    first = re.search(r"[,;](?!\d)", text[begin:dose])
    inside = [phrase.kind for phrase in phrases if first and begin < phrase.begin < begin + first.start()]
    return sorted(inside) == ["band", "frequency"]
