"""Headings, lead lines and title over a dose: what they say of it, the nearest first."""

import re
from collections.abc import Sequence

from wardbook.corpus.document import Document
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.bare_band import goes_by
from wardbook.dosing.context import (
    Context,
    Drugs,
    beginnings,
    classes,
    indication_of,
    is_class,
    is_more,
    is_of_virus,
    is_situation,
    joined,
    population_of,
    qualifies,
    says,
    setting_of,
    severity_of,
    unit_words,
)
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.limit_words import phases_of
from wardbook.dosing.notation import uniform
from wardbook.dosing.route import read_routes
from wardbook.lazy_regex import lazy_regex

LONGEST_LABEL = 80
"""Characters; a longer lead is a sentence and no label."""


def context_of(
    document: Document, path: Sequence[str], lead: Sequence[str], drugs: Drugs, section: str | None = None
) -> Context:
    """Read headings and lead lines, the innermost first; `section` is the id of the section that they stand in."""
    levels = [*path, *lead]
    inner = levels[::-1]
    page_drug = drugs.page_drug.get(document.id)
    title = _title(document, path)
    whole = _slipped(document, path, section, drugs)
    indication = _indication(whole, lead, title, page_drug, drugs)
    if len(whole) > len(path) and title and not (page_drug or drugs.find(title) or is_class(title, drugs)):
        indication = joined(indication_of(title, ()), indication)
    about = path[-1] if path else ""
    about_drugs = frozenset(mention.drug for mention in drugs.find(about))
    return Context(
        drug=_drug(inner, document.title, page_drug, drugs),
        indication=indication,
        setting=_first_setting([*inner, _of_one_setting(title)], viral=is_of_virus(" ; ".join([*path, title]))),
        population=next((words for level in [*inner, title] if (words := population_of(level))), None),
        severity=next((words for level in inner if (words := severity_of(level))), None),
        notes=tuple(level for level in levels if qualifies(level)),
        evidence=any(_tells_study(level) or says("retired", level) for level in levels)
        or _is_evidence(title)
        or document.metadata.retired is not None,
        studies=_JOURNAL.search(uniform(" ; ".join([title, *levels]))) is not None,
        skip=any(says("skip", level) or says("aside", level) or _NEVER.fullmatch(uniform(level)) for level in levels),
        unit=next((words for level in inner if (words := unit_words(level))), None),
        cells=any(re.search(r"\bcells?\b", uniform(level)) for level in (document.title, *levels)),
        about=about if about_drugs and not _is_list(about, drugs) else None,
        routes=next((routes for level in inner if (routes := _routes(level, drugs))), ()),
        by=next((level for level in inner[:1] if goes_by(level)), ""),
        about_drugs=about_drugs,
        gives_dose=_gives_dose(inner, drugs),
    )


def _routes(level: str, drugs: Drugs) -> tuple[str, ...]:
    """Give the routes of a heading or lead that says no more than drugs and routes."""
    found = tuple(dict.fromkeys(route.code for route in read_routes(level)))
    changes = re.search(r"\b(?:to|from|not|no|if|than|switch\w*|convert\w*|conversion)\b", uniform(level))
    return () if changes or is_more(level, drugs.find(level)) else found


def _title(document: Document, path: Sequence[str]) -> str:
    """Give the title that governs a section: none of the page's where it lies under an H1 of its own."""
    own = any(section.level == 1 and section.path == tuple(path[:1]) for section in document.sections if path)
    return "" if own else document.title


def _slipped(document: Document, path: Sequence[str], section: str | None, drugs: Drugs) -> Sequence[str]:
    """Put an empty heading over the general ones that follow it on its own level ("## Variceal", "## Management")."""
    at = next((n for n, each in enumerate(document.sections) if path and each.id == section), None)
    if at is None or indication_of(path[-1], drugs.find(path[-1])) or drugs.find(path[-1]):
        return path
    for above in reversed(document.sections[:at]):
        if above.level < document.sections[at].level or not above.path or above.path[:-1] != tuple(path[:-1]):
            return path
        if indication_of(above.path[-1], drugs.find(above.path[-1])) or drugs.find(above.path[-1]):
            return [*path[:-1], above.path[-1], path[-1]] if not above.blocks else path
    return path


def _is_list(heading: str, drugs: Drugs) -> bool:
    """Tell whether a heading holds nothing but names of drugs."""
    for mention in reversed(drugs.find(heading)):
        heading = heading[: mention.begin] + heading[mention.end :]
    rest = re.sub(r"\([^()]*\)|\b(?:and|or|dos(?:e|es|ing|age)|the|with|plus|regimens?)\b", " ", uniform(heading))
    return re.search(r"[a-z]{2}", rest) is None


def _tells_study(level: str) -> bool:
    """Tell whether a heading or lead says that a study follows; patients called a cohort are whom an order is for.

    It is one where it opens with what is done ("Treatment of CRS (lupus cohort)") and tells nothing else of a study.
    """
    plain = uniform(level)
    order = _ORDER.match(plain) and not re.search(r"\d|%|\bn\s*=", plain) and not _FOUND.search(plain)
    return says("evidence", re.sub(r"\bcohorts?\b", " ", level) if order else level)


_ORDER = lazy_regex(
    r"\W*(?:treatment|therapy|dos(?:e|es|ing|age)|prophylaxis|prevention|management|premedication|regimens?)\b"
)
_FOUND = lazy_regex(
    r"\b(?:results?|responses?|survival|experience|data|series|analys[ei]s|effects?|safety|efficacy|our)\b"
)


def _is_evidence(title: str) -> bool:
    """Tell whether a title says nothing but that studies follow ("Evidence", "Key trials")."""
    rest, found = classes()["evidence"].subn(" ", uniform(title))
    return (found > 0 and not is_more(rest, ())) or _OF_TRIALS.match(uniform(title)) is not None


_JOURNAL = lazy_regex(r"\bjournal club\b|\btrial summar(?:y|ies)\b|\bsummar(?:y|ies) of trials\b")
_NEVER = lazy_regex(
    r"\W*(?:never(?: (?:use|give|together|order))?|(?:do not|don't) (?:use|give|order|prescribe)|"
    r"(?:what |drugs )?(?:we )?(?:do not|don't|never) (?:use|give|stock)(?: here)?|"
    r"not (?:used|given|stocked|for use)(?: (?:here|on this (?:ward|unit)))?|avoid|"
    r"removed|withdrawn|retired|no longer (?:used|given|stocked))\W*"
)
"""A heading or lead under which nothing is to be given."""
_OF_TRIALS = lazy_regex(
    r"\W*(?:(?:key|main|pivotal|important) )?(?:trials?|studies|trial evidence|evidence) (?:of|in|for|we|on|behind)\b"
)
"""Opens a title of what was studied ("Trials we quote")."""


def _first_setting(levels: Sequence[str], *, viral: bool) -> str | None:
    """Give the setting of the innermost level that names any; two at once decide nothing.

    What a page on viruses calls pre-emptive is a treatment (`viral`).
    """
    for level in levels:
        if beginnings("settings.tsv").search(uniform(level)):
            return setting_of(f"{level} (virus)" if viral else level)
    return None


def _of_one_setting(title: str) -> str:
    """Give a title but where it joins its setting to a thing that has none ("Infections and prophylaxis"): "" there.

    Of such a page each section says itself which of the two it is about. So does each of a page on conditioning: it
    goes before cells of a donor as well as before the patient's own, and much else is given beside it.
    """
    if re.search(r"\bconditioning\b", uniform(title)):
        return ""
    parts = re.split(r",|;|\+|&|\band\b", uniform(title)) if setting_of(title) else []
    return "" if any(is_more(part, ()) and not setting_of(part) for part in parts) else title


def _drug(inner: Sequence[str], title: str, page_drug: str | None, drugs: Drugs) -> str | None:
    for level in (_WHEN.sub("", level) or level for level in inner):
        named = {mention.drug for mention in drugs.find(level) if not _MOMENT.search(uniform(level[: mention.begin]))}
        if named:
            sure = len(named) == 1 and not is_cued(level, drugs) and not _lists_others(level, drugs)
            return named.pop() if sure else _page_or_none(named, page_drug)
    if page_drug:
        return page_drug
    named = {mention.drug for mention in drugs.find(title)}
    return named.pop() if len(named) == 1 else None


def _lists_others(level: str, drugs: Drugs) -> bool:
    """Tell whether a heading lists three things or more and only some are known drugs ("Plasma, cryo, granulocytes").

    What stands below may be a dose of any of them.
    """
    parts = re.split(r"\s*(?:,|\band\b|&)\s*", _NUMBER.sub("", level).strip(" :*"))
    short = len(parts) > 2 and all(part and len(part.split()) <= 2 for part in parts)
    return short and any(not drugs.find(part) and is_more(part, ()) for part in parts)


_NUMBER = lazy_regex(r"^(?:\d+[.)])+\s*")


_DOSE = r"(?:dos(?:es?|ing|ages?)|amounts?)\b"
_OF_DOSE = lazy_regex(
    rf"\W*(?:(?:the|usual|starting|adjusted|reduced|daily|initial)\s+)*(?:\0\W*{_DOSE}|{_DOSE}\s+(?:of|for)\s+\0)\W*"
    r"(?:$|(?:by|with|when|if|according|depending|changes?|adjust\w*|reduc\w*|modif\w*|beside|alongside)\b)"
)


def _gives_dose(inner: Sequence[str], drugs: Drugs) -> bool:
    """Tell whether the nearest heading or lead that names a drug names one alone, as that of the doses below."""
    for level in inner:
        named = drugs.find(level)
        if named:
            if len({mention.drug for mention in named}) > 1:
                return False
            first = named[0]
            plain = uniform(level)
            return _OF_DOSE.match(f"{plain[: first.begin]}\0{plain[first.end :]}") is not None
    return False


_WHEN = lazy_regex(
    r"(?<=\w)\s*\((?:if|when|where|unless|instead of|in place of|alternative to)\b[^()]*\)", re.IGNORECASE
)
"""When a heading's drug is given ("Xyz (if abc won't do)"): the one named there is not given."""
_MOMENT = lazy_regex(
    r"\b(?:start|end|beginning|completion|finish) of\s+(?:the\s+)?$|\S\s+(?:(?:if|when|already|while) )?on\s+$"
)
"""Before a drug by which only a moment is told, or what is given already ("from the start of ", "iCa < 0.9 or on ")."""


def _page_or_none(named: set[str], page_drug: str | None) -> str | None:
    """Where a heading names other drugs ("refractory to x"), only the page's own can be meant, if not one of two."""
    return page_drug if page_drug not in named or len(named) == 1 else None


def is_cued(level: str, drugs: Drugs) -> bool:
    """Tell whether a heading names its drug only as what came before, goes with or lacks ("refractory to x")."""
    pattern = (
        r"(?:refractory to|after|failure of|following|with|without|before|resistant to|intoleran\w+ (?:of|to))\s+$"
    )
    return all(
        re.search(pattern, uniform(level[: mention.begin])) or _LACKS.match(uniform(level[mention.end :]))
        for mention in drugs.find(level)
    ) or (re.search(r"-(?:refractory|resistant|associated|induced)", uniform(level)) is not None)


_LACKS = lazy_regex(
    r"[\s(-]*(?:is |are )?(?:in )?(?:short(?:age| supply)|failures?|fail(?:s|ed)\b|stock-?outs?|out of stock|unavailab|"
    r"not available|ineffective|intoleran|allerg|contra-?indicated|refused)"
)
"""What says behind a drug that it is not had."""


def _indication(
    path: Sequence[str], lead: Sequence[str], title: str, page_drug: str | None, drugs: Drugs
) -> str | None:
    """Give what the innermost heading is for, with the lead lines and parent bullets under it."""
    found = _heading_indication(path, title, page_drug, drugs)
    for level in lead:
        words = None if _tells_study(level) or _is_order(level) else indication_of(level, drugs.find(level))
        if words and len(words) < LONGEST_LABEL:
            if _is_of_other_phase(words, found):  # "maintenance by CrCl" is no part of a section on the load
                found = _heading_indication(path[:-1], title, page_drug, drugs)
            found = joined(found, words.strip(" :*").rstrip("."))
    return found


def _is_of_other_phase(words: str, heading: str | None) -> bool:
    own, above = phases_of(words), phases_of(heading or "")
    return bool(own and above) and not own & above


def _is_order(level: str) -> bool:
    """Tell whether a lead ends as an order of its own, how much and how often ("or 1 mg/kg OD, in practice:")."""
    level = re.split(r"(?<=[a-z])\.\s+(?=[A-Z])", level)[-1]
    return any(figure.is_dose for figure in read_amounts(level)) and bool(read_frequencies(level))


def _heading_indication(path: Sequence[str], title: str, page_drug: str | None, drugs: Drugs) -> str | None:
    inner = None
    for level in reversed(path):
        words = None if _tells_study(level) else indication_of(level, drugs.find(level))
        if words:
            inner = joined(words, inner) if inner else words
            if not is_situation(words):
                return inner
    if page_drug or drugs.find(title) or is_class(title, drugs):
        return inner
    whole = indication_of(title, ())
    return joined(whole, inner) if whole and inner else inner or whole
