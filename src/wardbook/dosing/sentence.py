"""Doses in running text: bullets, numbered steps, paragraphs and headings, a sentence at a time."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from wardbook.dosing.arrow_label import with_arrow_behind_label, with_arrows_as_colons
from wardbook.dosing.bare_band import with_last_quantity, with_own_quantity
from wardbook.dosing.beside_heading import is_beside_heading, without_options
from wardbook.dosing.bound_before import Bound, bound_in, with_bound
from wardbook.dosing.clause import read_clauses
from wardbook.dosing.context import (
    Context,
    Drugs,
    grade_of,
    grades_before,
    is_more,
    is_situation,
    joined,
    population_of,
    qualifies,
    says,
    severity_of,
)
from wardbook.dosing.conversion import is_comparison, is_conversion, is_drawn_up
from wardbook.dosing.cue import cue
from wardbook.dosing.draft import Draft, Mention
from wardbook.dosing.exception import exception_in
from wardbook.dosing.going_on import (
    as_beside,
    for_others,
    going_on_in_brackets,
    is_by_other_measure,
    named_alone,
    ruled_out,
)
from wardbook.dosing.interaction import BesideLabel, beside_behind, beside_label, had_before, with_label
from wardbook.dosing.leftover import tidy
from wardbook.dosing.limit_words import limit_clause, opens_limit
from wardbook.dosing.made_of import without_content
from wardbook.dosing.maximum_said import is_untold
from wardbook.dosing.named_maximum import maxima_apart
from wardbook.dosing.notation import stripped, uniform
from wardbook.dosing.of_others import opens_on_others
from wardbook.dosing.part_label import opens_part, with_part
from wardbook.dosing.past_use import keep_past_use
from wardbook.dosing.per_day import share_per_day
from wardbook.dosing.phrase import phrases_of
from wardbook.dosing.purpose import LONGEST, opening_label, purposes
from wardbook.dosing.refused import is_refused
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.route import NEVER_UNSAID, read_routes
from wardbook.dosing.said_behind import sets_condition, with_said_behind
from wardbook.dosing.scope import grades_in, settings_in
from wardbook.dosing.sentence_ends import sentences
from wardbook.dosing.settle import Place, settle
from wardbook.dosing.severity import severity_words, without_stopped
from wardbook.dosing.shared_unit import with_shared_unit
from wardbook.dosing.subject import ADDS, has_unknown_drug, is_companion, unknown_before
from wardbook.dosing.unit_missing import unit_missing, unread
from wardbook.dosing.unread import with_unread, without_banded
from wardbook.dosing.volume import goes_on_with, is_no_dose
from wardbook.dosing.way import is_of_drug_beside
from wardbook.lazy_regex import lazy_regex

_LETTER = lazy_regex(r"\w")
_OPENS = lazy_regex(
    r"\W*(?:dose|dosing|dosage|loading|maintenance|start|give|initial|usual|adult|children|pediatric|paediatric)\b"
)


def read_text(text: str, context: Context, drugs: Drugs, place: Place) -> Iterator[Regimen]:
    """Give the regimens of a block of text; `place` holds page, section and lines."""
    opened = opening(text, drugs)
    label = opening_label(text, drugs.find(text))
    found: list[Regimen] = []
    before, close, at = "", False, 0
    leading = _leading_grade(text)
    bound: Bound | None = None
    for whole, words in ((each, part) for each in sentences(text) for part in maxima_apart(each, drugs.find)):
        last_at, at = at, max(text.find(words, at), at)
        bound = None if "\n" in text[last_at:at] else bound
        opened = opening(words, drugs) or named_alone(words, drugs) or opened
        if refused := ruled_out(words, drugs):  # what follows is not of it, nor surely of the page's drug
            opened, context = None, replace(context, drug=context.drug if context.drug == refused else None)
        if phrases_of("amount", words) or unit_missing(words, drugs.find(words)):
            last = for_others(words, found, drugs)
            governing = opened or _drug_bounded(words, found) or (last.drug if last else None)
            there = replace(place, verbatim=words if words in whole else whole)
            under = context if _tells_grade(words) else replace(context, severity=leading or context.severity)
            given = [_of_last(each, found) for each in _sentence(words, before, governing, label, under, drugs, there)]
            given = [as_beside(each, last) for each in given] if last else given
            given = [with_bound(each, bound) for each in given] if bound else given
            bound = None if bound and opens_on_others(words, bound.told) else bound
            given = _excepting(words, given, found, drugs)
            if given and all(is_by_other_measure(each, words, found, drugs) for each in given):
                found = [*found[:-1], replace(found[-1], unparsed=(*found[-1].unparsed, words))] if found else found
                before = words
                continue
            found = found if given else with_unread(words, found, governing, drugs)
            found = [*(found if given else without_banded(words, found, drugs)), *given]
        elif found:
            own = {mention.drug for mention in drugs.find(words)} <= {found[-1].drug}
            found = with_said_behind(found, words, close=close, own=own)
            found = without_banded(words, found, drugs)
        own_sentence = bool(found) and not any(words in each.verbatim for each in found)
        if own_sentence and is_untold(words, found, {mention.drug for mention in drugs.find(words)}):
            last_drug = found[-1].drug
            found = [
                replace(each, unparsed=(*each.unparsed, words)) if each.drug == last_drug and each.amount else each
                for each in found
            ]
        close = bool(words) and (
            any(each.verbatim.endswith(words) for each in found) or (close and sets_condition(words))
        )
        bound = bound_in(words, drugs) or bound
        before = words
    yield from found


_ENDS_LABEL = lazy_regex(r"\s*[.:](?=\s)")


def _leading_grade(text: str) -> str | None:
    """Give the grade that is the label of a whole text ("Grade 4. ICU. Xyz 1 g IV."), where no line or sentence behind
    opens with another one.
    """
    grades = phrases_of("grade", text)
    if not grades:
        return None
    first, *others = grades
    if _LETTER.search(text[: first.begin]) or not _ENDS_LABEL.match(text, first.end):
        return None
    if "\n" in text or any(re.search(r"[.;]\W*$", text[: other.begin]) for other in others):
        return None
    return text[first.begin : first.end].strip()


def _tells_grade(words: str) -> bool:
    return bool(phrases_of("grade", words)) or severity_of(words) is not None


def _drug_bounded(words: str, before: Sequence[Regimen]) -> str | None:
    """Give the one drug of the doses before a sentence that goes on with their maximum ("Maximum 2 g.")."""
    named = {regimen.drug for regimen in before}
    return named.pop() if len(named) == 1 and opens_limit(words) else None


def _excepting(words: str, given: list[Regimen], before: Sequence[Regimen], drugs: Drugs) -> list[Regimen]:
    """Take a sentence of an amount for some patients as another dose of the drug before it ("Over 80 kg: 480").

    One after another is of the same general dose ("CrCl 10-20: 100 mg. CrCl 21-50: 200 mg.").
    """
    if not before or any(each.route or each.interval_h or each.evidence for each in given):
        return given
    general = [each for each in before if each.drug == before[-1].drug and not each.exception]
    last = general[-1] if general else before[-1]
    other = exception_in(stripped(words, " ."), last, drugs) if last.amount else None
    return [replace(other, verbatim=f"{before[-1].verbatim} {words}")] if other else given


def _of_last(regimen: Regimen, before: Sequence[Regimen]) -> Regimen:
    """Let a label that is nothing but a severity be of what the drug was given for before ("PE: ... Severe: ...")."""
    own = (regimen.indication or "").rpartition(": ")[2]
    last = next((each.indication for each in reversed(before) if each.drug == regimen.drug), None)
    if not _is_severity(own) or last in (None, regimen.indication) or _is_severity(last.rpartition(": ")[2]):
        return regimen
    return replace(regimen, indication=joined(last, own), severity=regimen.severity or own)


def _is_severity(words: str) -> bool:
    return severity_words(words) == {uniform(words).strip().replace(" ", "-")}


def opening(text: str, drugs: Drugs) -> str | None:
    """Give the drug that a bullet opens with ("**X:** first line. Give 8 mg/kg.")."""
    mentions = drugs.find(text)
    if not mentions or _LETTER.search(text[: mentions[0].begin]) or is_companion(text, mentions[0]):
        return None
    return mentions[0].drug


_COUNTED = lazy_regex(
    r"\((?:\d+|one|two|three|four|half) (?:whole |pre-?filled )*(?:syringes?|vials?|ampoules?|bags?|pens?)\b[^().]*\)",
    re.IGNORECASE,
)
"""How many of what is supplied make the dose before it: no supply is told of."""


_LEADER = lazy_regex(r"\.{4,}:?|\.:(?=\s)")
"""Dots between a label and what is said of it; three may stand for words left out."""
_OVER_ALL = lazy_regex(
    r"\W*(?:the\s+)?(?:max(?:imum|\.)?\s+)?(?:life-?time|cumulative)\b(?!\s+(?:risk|incidence|toxicity))", re.IGNORECASE
)
"""Opens a sentence on what is given over all courses together, which is no dose ("Lifetime: 550 mg/m2")."""


def _sentence(
    words: str, before: str, opened: str | None, label: str | None, context: Context, drugs: Drugs, place: Place
) -> Iterator[Regimen]:
    words = _LEADER.sub(lambda dots: ":".ljust(len(dots[0])), words)
    words = with_arrow_behind_label(with_arrows_as_colons(words, context.by), drugs)
    words = with_shared_unit(with_last_quantity(with_own_quantity(words, context.by), before))
    if _OVER_ALL.match(words):
        return
    if says("skip", _COUNTED.sub(" ", words)):
        words = _maximum_beside(words)
        if not words:
            return
    mentions = without_options(words, drugs.find(words), context.drug)
    governing = opened or context.drug
    had = had_before(words, mentions, governing)
    mentions = tuple(each for each in mentions if each not in had)
    of_other = is_beside_heading(words, mentions, context.drug)
    beside = beside_label(words, mentions, governing)
    words = without_content(words, mentions)
    if (
        of_other
        or is_conversion(words, mentions)
        or not words
        or (beside and governing is None and not any(each.begin >= beside.end for each in mentions))
    ):  # of a drug above that is not known
        return
    if beside:
        words = " " * beside.end + words[beside.end :]
        mentions = tuple(each for each in mentions if each.begin >= beside.end)
    read = _without(words, had)
    drafts = read_clauses(read, mentions, cells=context.cells or "cell" in uniform(words))
    _keep_label(words, read, drafts)
    keep_past_use(words, drafts)
    share_per_day(words, drafts, mentions)
    _keep_waited(words, drafts)
    around = replace(
        place,
        indication=context.indication,
        setting=context.setting,
        routes=context.routes or _routes_of_lead(words, drafts, mentions),
        severity=context.severity,
        notes=[*context.notes, *([words] if qualifies(words) else [])],
        evidence=context.evidence
        or says("evidence", words)
        or (context.studies and not _ADOPTED.search(uniform(words))),
        from_text=True,
        schedule=[], siblings=[], excluded=[], conditions=[],
    )  # fmt: skip
    given: list[Regimen] = []
    shared = len({draft.drug for draft in drafts}) == 1
    labels = purposes(words, drafts, mentions, label)
    severity = severity_of(_REACHED.sub(" ", _before_colon(words)))
    told = zip(settings_in(words, drafts), grades_in(words, drafts), strict=True)
    for draft, purpose, (setting, grade) in zip(drafts, labels, told, strict=True):
        inner = governing or going_on_in_brackets(words, draft, given)
        drug = draft.drug or _inherited(read, draft, mentions, inner)
        if drug and not draft.unsure and _is_order(words, draft) and not _is_barred(words, draft, drug):
            head = words[: drafts[0].figure.begin] if drafts[0].figure else ""
            own = draft.words if draft is not drafts[0] else words[: draft.begin] + draft.words
            before = words[draft.begin : draft.figure.begin] if draft.figure else ""
            regimen = settle(
                draft,
                replace(
                    around,
                    drug=drug,
                    indication=with_label(joined(context.indication, purpose), beside or _beside(words, draft)),
                    setting=setting or context.setting,
                    severity=_grade(own, before, grade, words) or severity or context.severity,
                    population=population_of(own) or population_of(head) or draft.cap_for or context.population,
                ),
                shared,
            )
            if regimen:
                given.append(with_part(regimen))
        elif drug and given and given[-1].drug == drug and goes_on_with(words, draft, drug):
            left = tidy(words[draft.begin : draft.end])
            given[-1] = replace(given[-1], unparsed=(*given[-1].unparsed, left))
    yield from unread(words, mentions, around, given)  # what follows goes on with the dose that was read
    yield from given


def _without(words: str, mentions: Sequence[Mention]) -> str:
    """Blank out mentions; the text keeps its length."""
    for each in mentions:
        words = words[: each.begin] + " " * (each.end - each.begin) + words[each.end :]
    return words


def _keep_label(words: str, read: str, drafts: Sequence[Draft]) -> None:
    """Write the drugs that were blanked out of a label into what is told of it beside a dose again."""
    label = words.partition(":")[0].strip()
    for draft in drafts if words != read else ():
        draft.notes = [label if label.startswith(note.strip()) else note for note in draft.notes]


def _is_barred(words: str, draft: Draft, drug: str) -> bool:
    """Tell whether a draft tells of what is not given, or of a volume that is no dose of its drug."""
    figure = draft.figure
    if figure and figure.per_time and not figure.per and _MAX_RATE.match(uniform(words)):
        return True  # what it may run at most, and no dose
    untold = is_refused(words, draft) or is_comparison(words, draft) or is_drawn_up(words, draft)
    return untold or is_no_dose(draft, drug, draft.named)


_MAX_RATE = lazy_regex(r"\W*(?:max(?:imum|imal)?|highest|top|fastest)\b[^:.;\d]{0,40}\brates?\b[^:.;\d]{0,20}:")
_REACHED = lazy_regex(
    r"\b(?:once|until|till|when)\s+(?:(?:back|at|down|to|is|again|the|crs|icans)\s+)*"
    r"(?:grade|gr\.?|g)\s*(?:[<≤]=?|0\b)\s*\d?",
    re.IGNORECASE,
)
"""A grade that is reached before a dose begins ("once grade ≤ 1 for 24 h: ..."): it is given for a higher one."""


_ADOPTED = lazy_regex(
    r"\badopted\b|\b(?:our|ward|unit|local) practice\b|\bpractice since\b|\bwe (?:do |now )?(?:give|use)\b"
)


def _keep_waited(words: str, drafts: Sequence[Draft]) -> None:
    """Say of doses that wait for a grade to be reached that it is not told of which grade they are."""
    waited = _before_colon(words)
    for draft in drafts if _REACHED.search(waited) else ():
        draft.unparsed.append(waited.strip())


def _grade(own: str, before: str, told: str | None, words: str) -> str | None:
    """Give the grade that a dose is for; not one that is only waited for."""
    reached, own = _REACHED.search(words), without_stopped(own)
    if reached:
        own, before = (_REACHED.sub(" ", each) for each in (own, before))
        told = None if told and told in reached.group() else told
    return grade_of(own) or grades_before(before) or told


def _routes_of_lead(words: str, drafts: Sequence[Draft], mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Give the route to one place of the body that all doses of a sentence are by ("Intrathecal x: 6 mg; 1 y 8 mg").

    None where a dose has a route of its own, or is of another drug, which may be given otherwise.
    """
    subject = next((each for each in mentions if any(draft.drug == each.drug for draft in drafts)), None)
    first = next((draft.figure for draft in drafts if draft.figure), None)
    found = {
        route.code
        for route in read_routes(_before_colon(words))
        if not is_of_drug_beside(words, route, mentions, subject, first)
    }
    others = {code for each in drafts for code in each.routes} - found
    drugs = {each.drug for each in drafts if each.drug}
    return tuple(found) if len(found) == 1 and found <= NEVER_UNSAID and not others and len(drugs) <= 1 else ()


def _beside(words: str, draft: Draft) -> BesideLabel | None:
    """Give the drugs beside which alone a dose in a bracket is given ("400 mg BD (200 mg with x)")."""
    figure = draft.figure
    inside = figure is not None and words.rfind("(", 0, figure.begin) > words.rfind(")", 0, figure.begin)
    return beside_behind(draft.words, figure.end - draft.begin) if inside and figure else None


def _maximum_beside(words: str) -> str:
    """Give a sentence on supplies or the like with all but the clause that states a maximum left blank, "" for none."""
    clause = limit_clause(words)
    return " " * (len(words) - len(clause)) + clause if clause and not says("skip", clause) else ""


def _before_colon(words: str) -> str:
    """Give the words before the colon that a sentence opens with ("moderate or severe: 0.6 mg/kg")."""
    head, colon, _ = words.partition(":")
    return head if colon and len(head) <= LONGEST else ""


def _inherited(words: str, draft: Draft, mentions: Sequence[Mention], governing: str | None) -> str | None:
    """Give the drug of heading, lead or page, where no word of the sentence could be another drug."""
    if draft.other_drug not in (None, governing):
        return draft.other_drug if governing is None else None
    if draft.figure and _UNLIKE.search(uniform(words[: draft.figure.begin])):
        return None
    others = {mention.drug for mention in mentions} - {governing}
    cued = (
        r"(?:(?:with|after|to|plus|and|without|before|than|failed|post|(?:start|end|beginning|completion|finish) of)|"
        r"(?:and|then|plus|also) (?:add|give|start|run|infuse))\s+$"
    )
    free = [
        m
        for m in mentions
        if m.drug in others
        and (not re.search(cued, uniform(words[: m.begin])) or ADDS.fullmatch(uniform(words[: m.begin])))
        and not _in_aside(words, m, mentions)
        and not (draft.figure and _OTHER_CLAUSE.search(words[draft.figure.end : m.begin]))
    ]
    if free or has_unknown_drug(words, mentions) or _opens_with_name(words, mentions) or _is_of_other(words, draft):
        return None
    return governing if _gives(draft) or _OPENS.match(uniform(words)) or opens_part(words) else None


_OTHER_CLAUSE = lazy_regex(
    r";[^;:()]*:\s*(?:(?:(?:not|never) (?:given|used|recommended)|avoid|omit|contra-?indicated|no)\b[,:]?\s*)?"
    r"(?:(?:use|give|instead)\s+)?$",
    re.IGNORECASE,
)
"""Between a dose and a drug that another label is of ("15-30: 2 mg/kg daily; < 15: xyz")."""
_UNLIKE = lazy_regex(
    r"\b(?:not (?:be )?(?:interchange\w*|the same as|bioequivalent|to be (?:confused|exchanged|mixed up))"
    r"|(?:do not|don't|never) (?:confuse|mix up|exchange|swap|interchange)\w*|unlike|as opposed to)\b[^;.]*$"
)
"""Before an amount that is told of another product, which this one is not ("not interchangeable with xyz (9 mg/kg")."""
_LABEL = lazy_regex(r"\W*\w[^:;.\n]{1,40}:(?=\s)")


def _is_of_other(words: str, draft: Draft) -> bool:
    """Tell whether a word that may be a drug's name stands between a label and the dose ("warfarin: xyzal 5 mg")."""
    label = _LABEL.match(words)
    if label is None or draft.figure is None or draft.figure.begin < label.end():
        return False
    return unknown_before(words, label.end(), draft.figure.begin) is not None


def _in_aside(words: str, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Tell whether a drug stands in brackets on what was given before or is not to be had ("(after x, or no x)")."""
    begin = words.rfind("(", 0, mention.begin) + 1
    if not begin or ")" in words[begin : mention.begin]:
        return False
    first = next(m for m in mentions if m.begin >= begin)
    return cue("alternative").search(uniform(words[begin : first.begin])) is not None


_NAME_AND_BRAND = lazy_regex(r"\W*([A-Z][\w-]*(?: [\w-]+)?) \(([A-Z][A-Za-z]{3,})[®™]?\)\s+(?=\d)")


def _opens_with_name(words: str, mentions: Sequence[Mention]) -> bool:
    """Tell whether a line opens with a name and its brand right before a figure ("Xyz (Brandex) 75 mcg/kg").

    What it names need not be known; it is not the drug of the page or heading. Situations are no names.
    """
    match = _NAME_AND_BRAND.match(words)
    if match is None or any(mention.begin < match.end() for mention in mentions):
        return False
    return all(is_more(part, ()) and not is_situation(part) and not population_of(part) for part in match.groups())


def _gives(draft: Draft) -> bool:
    figure = draft.figure
    said = draft.routes or draft.frequencies or draft.once or draft.infusion or draft.duration or draft.schedule
    return bool(said or draft.caps or (figure and (figure.per or figure.per_time or draft.conditions)))


def _is_order(words: str, draft: Draft) -> bool:
    """Tell whether a draft says how a dose is given, or at most how much of it."""
    if draft.figure is None:
        return bool(draft.caps or draft.max_doses or (draft.bounds and opens_limit(words)))
    before = uniform(words[draft.begin : draft.figure.begin])
    return not re.search(
        r"(?:(?<!followed )\bby|±|\bof|\bthan|\bvs\.?|versus|\babove|\bbelow|\bafter)\s*$", before
    ) or bool(draft.routes or draft.drug)
