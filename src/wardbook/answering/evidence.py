"""Evidence: from ranked passages to the few sentences, bullets and rows that answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from wardbook.answering.action import asks_what_to_do, first_fit, says_what_is_done
from wardbook.answering.carried import goes_on, labelled
from wardbook.answering.fit import asks_all, covers_first, leads_on, tells_ending
from wardbook.answering.headed import ASPECTS, asked_kinds, asks_reason, heads
from wardbook.answering.in_vain import is_of_failure, tells_failure
from wardbook.answering.question import Question, grades_of
from wardbook.answering.question_words import asks_often
from wardbook.answering.scoring import HEADED, Evidence, SectionHit, rank
from wardbook.answering.strip import note
from wardbook.answering.terms import held
from wardbook.answering.value_fit import ranges_across
from wardbook.answering.words_behind import words_behind
from wardbook.corpus.unit import Unit
from wardbook.dosing.amount import read_amounts
from wardbook.lazy_regex import lazy_regex

__all__ = ["Evidence", "SectionHit", "choose", "in_reading_order", "rank", "with_antecedents", "with_siblings"]

MOST_UNITS = 6
"""Units of an answer."""
MOST_CHARACTERS = 1000
"""Characters of the units of an answer; the contract's 1,200 less what markers and notes need."""
MARGIN = 0.78
"""A further unit is taken where its score is at least this part of the best one's."""
MOST_SIBLINGS = 10
"""Rows or bullets of one table or list that are taken together."""
OF_HEADINGS = 0.4
"""Part of what is asked that a section's headings hold from which all of it is on what is asked."""
SHORT_SECTION = 600
"""Characters of the units of a section that is given whole to who asks what to do."""
SHORT_ANSWER = 450
"""Characters of the units of an answer up to which the next best ones are shown too."""
ALL = 0.82
"""Coverage from which a unit holds all that tells of what is asked."""
BESIDE = 0.5
"""Part of the best one's score from which a unit is taken for what the question asks beside."""
MOST_BESIDE = 2
"""Such units of an answer."""
_ANAPHOR = lazy_regex(
    r"^(?:it|its|this|these|those|they|their|such|that|he|she|both|either|here|then|however|but|also|the (?:drug|dose|"
    r"same|latter|former|trial|study|rate|rule|figure|risk))\b",
    re.IGNORECASE,
)
_FIGURE = lazy_regex(r"\d+(?:[.,]\d+)*")


def _alike(one: Unit, other: Unit) -> bool:
    """Tell whether two units say the same in nearly the same words; other figures are another fact."""
    left, right = held(one.text).stems, held(other.text).stems
    if not left or not right or len(left & right) <= 0.8 * min(len(left), len(right)):
        return False
    mine, theirs = set(_FIGURE.findall(one.text)), set(_FIGURE.findall(other.text))
    return mine <= theirs or theirs <= mine


def choose(question: Question, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Take the units that answer: a whole section, or the best and those nearly as good that add something."""
    if not ranked:
        return []
    # a row for another value than the one that is given misleads beside whatever answers
    ranked = [ranked[0], *(each for each in ranked[1:] if each.by_value is not False or each.unit.kind != "row")]
    if failed := _failed_section(question, ranked):
        taken = _whole_section(question, failed)
    elif ranked[0].by_value:
        taken = _by_value(ranked)
        taken = [*taken, *_done_beside(question, taken, ranked)]
    elif _section_answers(question, ranked[0]):
        taken = _whole_section(question, ranked)
    else:
        taken = _fill(ranked, ranked[0].score * MARGIN)
        taken = _rows_that_hold(question, [*taken, *_missing(taken, ranked)])
        taken = taken if question.kinds & _ONE_FACT else _with_rest(question, _with_next(taken, ranked), ranked)
        taken = _with_what_is_done(question, taken, ranked)
        taken = _with_reasons(question, taken, ranked)
    return [replace(each, note=note(question, each)) for each in taken]


def _failed_section(question: Question, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Put first the best line under a heading for a treatment that failed, where one is told to have failed.

    The steps below such a heading name neither the disease nor what has failed. Only on the page of the best line.
    """
    failed = tells_failure(question.text) or "refractory" in question.severity
    if not failed or not asks_what_to_do(question):
        return []
    best = next((e for e in ranked if e.hit.page == ranked[0].hit.page and is_of_failure(e.hit.path)), None)
    return [best, *(each for each in ranked if each is not best)] if best else []


def _with_what_is_done(question: Question, taken: list[Evidence], ranked: Sequence[Evidence]) -> list[Evidence]:
    """Put first what the best one's page says is done, where that is asked and none of the lines taken says it.

    The lines under "Management" name hardly what the page is on; the ones that do are grades, rates and definitions.
    """
    if not asks_what_to_do(question) or any(_is_done(each) for each in taken[:MOST_DONE]):
        return taken
    done = [each for each in ranked if each.hit.page == ranked[0].hit.page and each.aspect >= HEADED and _is_done(each)]
    done = [each for each in done if each.score > BESIDE * ranked[0].score and not leads_on(each.unit)][:MOST_DONE]
    return [*done, *(each for each in taken if each not in done)][:MOST_UNITS] if done else taken


def _with_reasons(question: Question, taken: list[Evidence], ranked: Sequence[Evidence]) -> list[Evidence]:
    """Put first what the best one's page says under a heading for how it acts, where it is asked what it is done for.

    Its lines name the thing no more: the ones that do say what it is and when it is given.
    """
    if "mechanism" not in question.kinds or question.kinds & _BETWEEN or not asks_reason(question.text):
        return taken
    if any(heads("mechanism", heading) for each in taken[:MOST_DONE] for heading in each.hit.path[-1:]):
        return taken
    page = [each for each in ranked if each.hit.page == ranked[0].hit.page and not leads_on(each.unit)]
    told = [each for each in page if any(heads("mechanism", heading) for heading in each.hit.path[-1:])][:MOST_BESIDE]
    return [*told, *(each for each in taken if each not in told)][:MOST_UNITS]


_BETWEEN = frozenset({"compare", "disagree"})
"""Kinds of question of why two things differ, which none of them tells by how it acts."""


def _done_beside(question: Question, taken: Sequence[Evidence], ranked: Sequence[Evidence]) -> list[Evidence]:
    """Give what the best one's section says is done, where that is asked and what holds the value does not say it."""
    if not asks_what_to_do(question) or any(map(_is_done, taken)):
        return []
    own = [each for each in ranked if each.hit is ranked[0].hit and _is_done(each) and not leads_on(each.unit)]
    return sorted(own[:MOST_DONE], key=lambda each: each.unit.lines)


MOST_DONE = 3
"""Lines of what is done that go before the others."""


def _is_done(each: Evidence) -> bool:
    return says_what_is_done(each.unit.text, each.unit.values)


def _by_value(ranked: Sequence[Evidence]) -> list[Evidence]:
    """Take what holds the value asked, alone: the best one, and others of its section that hold it nearly as well."""
    best = ranked[0]
    near = [each for each in ranked if each.by_value and each.score >= MARGIN * best.score]
    # what a value alone asks may be told in several places: none of them is the one that is meant
    bare = best.coverage == 1 and all(each.coverage == 1 for each in near)
    own = [each for each in near if bare or each.hit is best.hit]
    return own[:MOST_BY_VALUE]


MOST_BY_VALUE = 3
"""Rows or clauses that answer by a value together."""


def _fill(ranked: Sequence[Evidence], floor: float) -> list[Evidence]:
    """Take units in their order down to a score, as many as an answer has room for, nothing twice."""
    taken: list[Evidence] = []
    used = 0
    for each in ranked:
        if each.score < floor or len(taken) >= MOST_UNITS:
            break
        size = len(each.unit.text)
        leads = (leads_on(each.unit) or _is_heading(each)) and len(ranked) > 1
        full = used and used + size > MOST_CHARACTERS
        if leads or full or any(_alike(each.unit, other.unit) for other in taken):
            continue
        taken.append(each)
        used += size
    return taken or list(ranked[:1])


_ONE_FACT = frozenset({"reference", "metadata"})
"""Kinds of question that one line answers, beside which others mislead."""


def _with_next(taken: Sequence[Evidence], ranked: Sequence[Evidence]) -> list[Evidence]:
    """Add the next best units while the answer stays short, where the best one holds not all that is asked.

    What the question says in other words than the pages is told in one of the first few units in three of four cases,
    and in the very best one in half (eval/cold). A dose of another section is none of them: it is for something else.
    """
    found = list(taken)
    used = sum(len(each.unit.text) for each in found)
    for each in ranked if ranked[0].coverage < ALL else ():
        told = each in found or any(_alike(each.unit, other.unit) for other in found)
        elsewhere = each.hit is not ranked[0].hit and any(figure.is_dose for figure in read_amounts(each.unit.text))
        if told or elsewhere or leads_on(each.unit) or _is_heading(each):
            continue
        used += len(each.unit.text)
        if used > SHORT_ANSWER or len(found) >= MOST_UNITS:
            break
        found.append(each)
    return found


def _with_rest(question: Question, taken: Sequence[Evidence], ranked: Sequence[Evidence]) -> list[Evidence]:
    """Add what is left of the best one's section where all of it is short: what is asked often stands a line further.

    Of 4,400 questions, 17 that were not are answered so, and 1 is no more; the text is a tenth longer.
    """
    best = ranked[0]
    if sum(len(unit.text) for unit in best.hit.units) > SHORT_SECTION:
        return list(taken)
    found, used = list(taken), sum(len(each.unit.text) for each in taken)
    for each in ranked:
        told = each.hit is not best.hit or (bool(question.drugs) and _gives_dose(each))
        told = told or any(_alike(each.unit, other.unit) for other in found)
        if told or leads_on(each.unit) or _is_heading(each):
            continue
        used += len(each.unit.text)
        if used > MOST_CHARACTERS or len(found) >= MOST_SIBLINGS:
            break
        found.append(each)
    return found


def _gives_dose(each: Evidence) -> bool:
    """Tell whether a statement gives a dose: who asks something else of a drug would take it for what is asked."""
    return any(figure.is_dose for figure in read_amounts(each.unit.text))


def _is_heading(each: Evidence) -> bool:
    """Tell whether a unit is words that stand above others of its section, as a bold line does."""
    words = each.unit.text.rstrip(": ")
    return each.unit.kind == "sentence" and any(
        unit.lead and unit.lead[-1].rstrip(": ") == words for unit in each.hit.units
    )


def _rows_that_hold(question: Question, taken: list[Evidence]) -> list[Evidence]:
    """Leave out the rows of the best row's table whose range does not hold the figure that the best one's does."""
    best = taken[0]
    if best.unit.kind != "row" or not covers_first(question, best.unit):
        return taken
    table = [each for each in taken if each.hit is best.hit and each.unit.block == best.unit.block]
    return [each for each in taken if each not in table or covers_first(question, each.unit)]


def _missing(taken: Sequence[Evidence], ranked: Sequence[Evidence]) -> list[Evidence]:
    """Take the best unit of the same page for what the question asks beside, and nothing taken so far holds."""
    best = taken[0]
    found: list[Evidence] = []
    there = frozenset().union(*(each.holds for each in taken))
    for each in ranked:
        adds = each.holds & each.open - there
        if adds and each.hit.page == best.hit.page and each.score > BESIDE * best.score and not leads_on(each.unit):
            found.append(each)
            there |= each.holds
    return found[:MOST_BESIDE]


def _section_answers(question: Question, best: Evidence) -> bool:
    """Tell whether a section answers as a whole: its heading is of the kind asked, and title and heading name the rest.


    "Risk factors of X" is the section "Risk factors" of the page X; "grade 2 of X" or "X in children" is not.
    """
    kind = next(iter(asked_kinds(question)), "")
    if not best.hit.path:
        return False
    if question.grades:  # "Grade 2" below "Management by grade"
        own = set(grades_of(best.hit.path[-1]))
        return bool(own) and own == set(question.grades) and not best.unit.values and _is_what_to_do(question, best)
    if tells_ending(question.text, best.hit.path[-1]) or first_fit(question, best.hit.path):
        return True
    if told := best.open - _LINKING:
        return told <= best.holds and _is_what_to_do(question, best)
    return (kind in ASPECTS and heads(kind, best.hit.path[-1])) or _is_what_to_do(question, best)


_LINKING = frozenset({"after", "before", "during", "following", "post", "since"})
"""Words that set a question's subject in time; a section on it need not repeat them."""


def _is_what_to_do(question: Question, best: Evidence) -> bool:
    """Tell whether it is asked what to do, and the headings of a short section are most of what it is asked for.

    "Overcorrected sodium, what do i do" is all of the four bullets under "Overcorrection".
    """
    asks = "treatment" in question.kinds and not question.kinds & {"dose", "max", "interval", "duration", "compare"}
    return asks and best.above >= OF_HEADINGS and sum(len(unit.text) for unit in best.hit.units) <= SHORT_SECTION


def _whole_section(question: Question, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Take the units of the best one's section, from its top as far as there is room, the best one surely."""
    best = ranked[0]
    own = sorted((each for each in ranked if each.hit is best.hit), key=lambda each: each.unit.lines)
    shown = _table_leads(own, own)
    own = [
        each
        for each in own
        if (each in shown or not leads_on(each.unit)) and (each is best or each.unit.kind not in ("code", "picture"))
    ] or [best]
    taken: list[Evidence] = []
    used = len(best.unit.text)
    for each in own:
        used += len(each.unit.text) if each is not best else 0
        if each is best or (used <= MOST_CHARACTERS and len(taken) < MOST_SIBLINGS):
            taken.append(each)
    return taken


_WHOLE_BLOCK = frozenset({"grading", "list"})


def with_siblings(question: Question, taken: Sequence[Evidence], ranked: Sequence[Evidence]) -> list[Evidence]:
    """For criteria and lists, take all rows or bullets of the best one's table or list in place of other sections."""
    if not taken:
        return []
    best = next((each for each in taken if each.unit is ranked[0].unit), taken[0])  # a whole section begins at its top
    if best.by_value and ranges_across(best.unit):
        table = [each for each in ranked if each.hit is best.hit and each.unit.block == best.unit.block]
        return [best, *(each for each in table if each is not best)][:MOST_SIBLINGS]
    if best.by_value or (best.unit.kind == "row" and covers_first(question, best.unit)):
        return list(taken)
    below = _children(best, ranked) or _of_study(question, best, ranked)
    if below and len(below) <= MOST_SIBLINGS:
        return [best, *below]
    if not (question.kinds & _WHOLE_BLOCK or asks_all(question) or _is_told_by_row(question, best)):
        return list(taken)
    if best.unit.kind == "sentence":
        return _listed_beside(question, best, ranked) or list(taken)
    siblings = [
        each
        for each in ranked
        if each.hit is best.hit and each.unit.block == best.unit.block and each.unit.kind == best.unit.kind
    ]
    if best.unit.kind == "bullet":
        near = _bullets_with(question, best)
        siblings = [each for each in ranked if each.hit is best.hit and each.unit in near]
    if not 1 < len(siblings) <= MOST_SIBLINGS:
        return list(taken)
    return [best, *_table_leads(siblings, ranked), *(each for each in siblings if each.unit is not best.unit)]


def _is_told_by_row(question: Question, best: Evidence) -> bool:
    """Tell whether it is asked how often, and a table has a column for that whose rows tell cases that are not asked.

    "How often bloods in X" is all rows of "Risk | Bloods".
    """
    if best.unit.kind != "row" or not asks_often(question.text) or len(best.unit.values) < 2:
        return False
    asked, case = held(question.text).stems, held(best.unit.values[0][1]).stems
    columns = (held(name).stems for name, _ in best.unit.values[1:])
    return not case & asked and any(column & asked for column in columns)


def _bullets_with(question: Question, best: Evidence) -> list[Unit]:
    """Give the bullets of the best one's list; of all lists of a short section where their leads only count or join.

    "All of: ... and two or more of: ..." are one set of criteria.
    """
    bullets = [unit for unit in best.hit.units if unit.kind == "bullet"]
    own = [unit for unit in bullets if unit.lead == best.unit.lead]
    joined = all(unit.lead and _JOINS.fullmatch(unit.lead[-1]) for unit in bullets)
    short = len(bullets) <= MOST_SIBLINGS and sum(len(unit.text) for unit in bullets) <= MOST_CHARACTERS
    return bullets if joined and short and asks_all(question) else own


_JOINS = lazy_regex(
    r"\W*(?:and |or |plus |with )*(?:(?:all|any|both|either|at least|one|two|three|four|five|six|\d|or more|more|of|"
    r"the|these|following|criteria|below|must|be|present|and|or) ?)+\W*",
    re.IGNORECASE,
)
"""A lead that says how many of what stands below it count, and nothing of what that is."""


def _children(best: Evidence, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Give the bullets and rows that a unit leads to ("2 or more of these"), in the order of the page."""
    words = best.unit.text.rstrip(": ")
    found = [
        each
        for each in ranked
        if each.hit is best.hit
        and each.unit is not best.unit
        and each.unit.lead[-1:]
        and each.unit.lead[-1].rstrip(": ") == words
    ]
    return sorted(found, key=lambda each: each.unit.lines)


_NAMES_PAPER = lazy_regex(r"\W*(?:references?|source|citation|publication|paper)\W*:", re.IGNORECASE)


def _of_study(question: Question, best: Evidence, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Give what a study found, where that is asked by its authors, whom only the line of its reference names."""
    if "evidence" not in question.kinds or not best.unit.lead or not _NAMES_PAPER.match(best.unit.text):
        return []
    found = [
        each
        for each in ranked
        if each.hit is best.hit
        and each.unit is not best.unit
        and each.unit.lead[:1] == best.unit.lead[:1]
        and not leads_on(each.unit)
    ]
    return sorted(found, key=lambda each: each.unit.lines)


def _listed_beside(question: Question, best: Evidence, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Give the table or list of the best sentence's section, where items are asked for, then the sentence."""
    if not asks_all(question):
        return []
    listed = [each for each in ranked if each.hit is best.hit and each.unit.kind in ("row", "bullet")]
    first = [each for each in listed if (each.unit.block == listed[0].unit.block) or each.unit.kind == "bullet"]
    if not 2 < len(first) <= MOST_SIBLINGS:
        return []
    return [*sorted(first, key=lambda each: each.unit.lines), best]


def _table_leads(rows: Sequence[Evidence], ranked: Sequence[Evidence]) -> list[Evidence]:
    """Give the words that lead to a table ("5 of these 8:"), which its rows alone do not show."""
    leads = {words.rstrip(": ") for each in rows if each.unit.kind == "row" for words in each.unit.lead[-1:]}
    return [
        each
        for each in ranked
        if each.hit is rows[0].hit and leads_on(each.unit) and each.unit.text.rstrip(": ") in leads
    ]


def with_antecedents(taken: Sequence[Evidence]) -> list[Evidence]:
    """Put before a sentence that begins with "it", "these" and the like, or goes on about it, the one it leans on."""
    found: list[Evidence] = []
    for each in taken:
        units = each.hit.units
        at = units.index(each.unit)
        before = units[at - 1] if at else None
        leans = each.unit.kind == "sentence" and (_ANAPHOR.match(each.unit.text) or goes_on(each.unit.text))
        if leans and before is not None and before.block == each.unit.block and before.kind == "sentence":
            found.append(replace(each, unit=before))
        elif label := labelled(units, at):
            found.append(replace(each, unit=label))
        found.append(each)
    return list({(each.hit.page, each.unit.lines, each.unit.quote): each for each in found}.values())


_RESTS_ON = lazy_regex(
    r"\b(?:case (?:reports?|series)|randomi[sz]ed|trials?|cohorts?|retrospective|observational|meta-?analys[ei]s|"
    r"expert opinion|anecdot\w+|registry|certainty|evidence|data)\b",
    re.IGNORECASE,
)
"""Words for what a statement rests on."""


def with_grounds(question: Question, taken: Sequence[Evidence]) -> list[Evidence]:
    """Put behind a sentence the one that says what it rests on ("Both rest on case series"), where that is asked."""
    if "evidence" not in question.kinds:
        return list(taken)
    found: list[Evidence] = []
    for each in taken:
        found.append(each)
        units = each.hit.units
        behind = units[units.index(each.unit) + 1 :][:1]
        found += [
            replace(each, unit=unit)
            for unit in behind
            if unit.kind == "sentence" == each.unit.kind
            and unit.block == each.unit.block
            and _ANAPHOR.match(unit.text)
            and _RESTS_ON.search(unit.text)
        ]
    return list({(each.hit.page, each.unit.lines, each.unit.quote): each for each in found}.values())


def with_prohibitions(taken: Sequence[Evidence]) -> list[Evidence]:
    """Put behind each sentence or bullet what takes from it ("Not in children.", "Only in dry skin.")."""
    found = [
        one
        for each in taken
        for one in (each, *(replace(each, unit=u) for u in words_behind(each.unit, each.hit.units)))
    ]
    return list({(each.hit.page, each.unit.lines, each.unit.quote): each for each in found}.values())


def in_reading_order(taken: Sequence[Evidence]) -> list[Evidence]:
    """Keep the best first, and the others of its section with it as the page has them; then the next section."""
    order: Mapping[tuple[str, str], int] = {
        key: at for at, key in enumerate(dict.fromkeys((each.hit.page, each.hit.section) for each in taken))
    }
    best = taken[0] if taken else None

    def place(each: Evidence) -> tuple[int, bool, tuple[int, int]]:
        return order[(each.hit.page, each.hit.section)], each is not best, each.unit.lines

    return sorted(taken, key=place)
