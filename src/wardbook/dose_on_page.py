"""A dose whose row does not say what for, where another place of its page gives the drug for what is asked.

Pages often tell when a drug is given in a list of steps, and how much in a table of doses.
"""

import re
from dataclasses import replace

from wardbook.answering.answer import Answer
from wardbook.answering.caution import speaks_against
from wardbook.answering.check_answer import answer_check
from wardbook.answering.compose import cite_unit, marked, narrowed, plain_words
from wardbook.answering.dose_asked import DoseAsked
from wardbook.answering.dosing_answer import answer_dose
from wardbook.answering.evidence import Evidence, rank
from wardbook.answering.measures import without_measures
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import words_of
from wardbook.dosing.band import SIZES
from wardbook.dosing.fitting import asked_groups, is_of_older
from wardbook.dosing.for_what import states_no_indication
from wardbook.dosing.not_given import tells_clearance
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import gathered
from wardbook.dosing.telling import names_thing
from wardbook.from_pages import terms_as_written, without_regimens
from wardbook.in_its_place import WHOLE
from wardbook.lazy_regex import lazy_regex
from wardbook.opened import Opened

_ASKING = lazy_regex(
    r"dos(?:e|es|ing|age)|max(?:imum)?|how|much|many|often|amount|mg|rates?|start(?:ing)?|infusions?|per|day|daily|"
    r"adults?|child(?:ren)?|p(?:a)?ediatrics?|infants?|toddlers?|bab(?:y|ies)",
    re.IGNORECASE,
)
_TURNED = lazy_regex(
    r"\b(?:no|not|never|omit|hold|without|instead of|rather than|other than|than|stop|after|before|if|unless|"
    r"already on|despite|from)"
    r"(?: \w+)?\s*$",
    re.IGNORECASE,
)


_ORGANS = frozenset({"renal impairment", "hepatic impairment"})
_DENIED = lazy_regex(r"\W{0,3}(?:no|not|never|stop|stopped|avoid(?:ed)?|contra-?indicated|off|unsafe)\b", re.IGNORECASE)
"""Goes on behind a drug that is not given ("TXA no")."""


def dose_on_page(opened: Opened, asked: str, whole: str, dose: DoseAsked, k: int) -> Answer | None:
    """Give the one dose of the drug that is for whatever it is given for, with the words that give it for this.

    That of the same page, or where that has none the only one of all pages.
    """
    question, drug = dose.question, dose.query.drug
    plain = replace(question, text=_without_doses(without_measures(question.text)))
    terms = [term for term in terms_as_written(opened, plain) if not _ASKING.fullmatch(term.words)]
    if not all(term.known for term in terms if term.weight > 1):
        return None
    everywhere = [row for row in gathered(opened.regimens).by_drug.get(drug, ()) if not row.evidence]
    if not everywhere or any(is_of_older(row, dose.query) for row in everywhere):
        return None  # "from 2 years on" elsewhere is said of the drug, and not of that row alone
    hits = opened.hits(question, k)
    for each in without_regimens(opened, rank(question, terms, hits)):
        if each.coverage <= WHOLE:
            continue
        rows = [row for row in everywhere if row.page == each.hit.page] or everywhere
        of_any = [row for row in rows if _is_for_any(opened, row)]
        used = _is_use(opened, each, drug)  # beside the dose of whoever is listed, a page may give others for one thing
        if of_any and (used or (_gives(opened, each, drug) and of_any == rows)):
            return _with_words(opened, asked, whole, dose, each, of_any)
    others = [term for term in terms if not ({mention.drug for mention in opened.drugs.find(term.words)} & {drug})]
    for each in without_regimens(opened, rank(question, others, hits)) if others else []:
        rows = [row for row in everywhere if row.page == each.hit.page]
        named = {mention.drug for mention in opened.drugs.find(each.unit.text)}
        opens = bool(rows) and each.coverage > WHOLE and _opens_page(each) and (not named or drug in named)
        if opens and all(_is_for_any(opened, row) for row in rows):
            return _with_words(opened, asked, whole, dose, each, rows)
    return None


def _without_doses(text: str) -> str:
    """Give a question without the amounts that it proposes."""
    for each in reversed(read_amounts(text)):
        text = f"{text[: each.begin]} {text[each.end :]}" if each.is_dose else text
    return text


_USES = lazy_regex(
    r"\W*(?:(?:main |our |current |agreed |licen[sc]ed )*(?:indications?|uses?)(?: here| in this unit)?|"
    r"(?:when|where|why) (?:(?:do )?we|to|you) (?:use|give)(?: it)?|(?:what )?(?:it(?: is|'s) )?used for(?: what)?|"
    r"who(?: (?:gets?|needs?|should (?:get|have)|has|qualifies for))?(?: it| this)?|for whom|which patients|"
    r"place in (?:therapy|treatment))\W*",
    re.IGNORECASE,
)
"""A heading under which a drug's page lists what the drug is given for."""


def _is_use(opened: Opened, each: Evidence, drug: str) -> bool:
    """Tell whether a line stands in the list of what a page's own drug is given for, and says nothing against it."""
    titled = {mention.drug for mention in opened.drugs.find(each.hit.title)} == {drug}
    return titled and bool(_USES.fullmatch(each.hit.path[-1] if each.hit.path else "")) and not _denies(each)


def _denies(each: Evidence) -> bool:
    return speaks_against(each.unit) or bool(re.match(r"\W*(?:not?|never|without)\b", each.unit.text, re.IGNORECASE))


def _opens_page(each: Evidence) -> bool:
    """Tell whether a line above a page's first heading says what the page is about, beyond its title.

    A page whose title names a disease is about that one; another one in its first lines is told from it.
    """
    if each.hit.section or _denies(each) or any(map(names_thing, words_of(each.hit.title))):
        return False
    return not _CONTRASTS.search(each.unit.text)


_CONTRASTS = lazy_regex(
    r"\b(?:unlike|not?|nor|never|without|versus|vs|contrast|differ\w*|other than|rather|instead|from|after|before)\b",
    re.IGNORECASE,
)


_POINTS = lazy_regex(r"\W*(?:see(?: also)?|related(?: pages)?|links?)\b", re.IGNORECASE)
"""A line that points to other pages gives nothing."""


def _gives(opened: Opened, each: Evidence, drug: str) -> bool:
    """Tell whether a unit names the drug as given, and says nothing against it."""
    text = each.unit.text
    named = [mention for mention in opened.drugs.find(text) if mention.drug == drug]
    if _POINTS.match(text):
        return False
    turned = any(_TURNED.search(text[: m.begin]) or _DENIED.match(text, m.end) for m in named)
    return bool(named) and not speaks_against(each.unit) and not turned


def _is_for_any(opened: Opened, row: Regimen) -> bool:
    """Tell whether neither a row nor its heading says what its dose is for, or for which patients alone."""
    heading = row.section.rpartition(" > ")[2]
    labels = (row.indication or heading).split(": ")
    headed = all(label in (heading, row.title) for label in labels)
    words = words_of(f"{row.indication or ''} {heading}")
    sizes = all(band.quantity in SIZES for band in row.bands)
    told = row.severity or not sizes or any(names_thing(word) for word in words)
    return headed and not told and states_no_indication(replace(row, indication=None, section=heading), opened.names)


def _with_words(
    opened: Opened, asked: str, whole: str, dose: DoseAsked, each: Evidence, rows: list[Regimen]
) -> Answer | None:
    citations = opened.citations()
    query = replace(dose.query, for_text="", as_written="", meanings=(), phrases=())
    if asked_groups(dose.query) & _ORGANS and not tells_clearance(query):
        return None  # the dose of whoever is well
    given = (query, rows, opened.names, citations, opened.units)
    answer = (
        answer_check(asked, whole, dose.proposed, *given)
        if dose.proposed is not None
        else answer_dose(asked, whole, *given, dose.bound)
    )
    if dose.proposed is not None and (answer.verdict is None or answer.verdict[0].result == "not_covered"):
        return None
    if answer.status not in ("answered", "needs_clarification") or not answer.regimens:
        return None
    words = narrowed(each, plain_words(each.unit))
    numbers = cite_unit(each.hit.page, each.unit, words, citations)
    if not numbers:
        return None
    text = f"{answer.text}\n\n{marked(f'The page gives it for this: “{words}”', *numbers)}"
    note = "Its row does not say what it is for."
    return replace(answer, text=text, citations=tuple(citations.listed), warnings=(note, *answer.warnings))
