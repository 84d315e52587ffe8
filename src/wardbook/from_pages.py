"""What the pages say in words: the statements of the best sections that answer a question, or that none does."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from wardbook.answering.action import as_what_to_do
from wardbook.answering.answer import Answer, Conflict, Side
from wardbook.answering.asked_of import asks_in_vain, telling_lines, tells, together
from wardbook.answering.bands_held import is_turned_away, of_value, with_all_bands
from wardbook.answering.catalogue import catalogue
from wardbook.answering.citation import Citations
from wardbook.answering.compose import NOT_ANSWERED, cells_of, compose, narrowed, not_found_text, plain_words
from wardbook.answering.confidence import BEST, DOUBTFUL, answers, probability, signals_of
from wardbook.answering.defining import defining, one_and_same
from wardbook.answering.disagreement import at_odds
from wardbook.answering.done_for_grade import Graded, asked_for_grades, graded_first, with_done
from wardbook.answering.dose_question import KINDS, TIMES
from wardbook.answering.elapsed import of_elapsed
from wardbook.answering.evidence import (
    Evidence,
    SectionHit,
    choose,
    in_reading_order,
    rank,
    with_antecedents,
    with_grounds,
    with_prohibitions,
    with_siblings,
)
from wardbook.answering.figure_asked import with_figure
from wardbook.answering.fit import leads_on
from wardbook.answering.for_population import is_for_group, of_population
from wardbook.answering.formula_asked import formula
from wardbook.answering.grade_of_findings import rows_of_findings
from wardbook.answering.graded import asks_grade, graded_row, is_graded, only_row, value_rows
from wardbook.answering.had import had
from wardbook.answering.headed_letters import letters_in_heading, title_of_letters
from wardbook.answering.how_many_have import tells_share
from wardbook.answering.in_vain import failed_words
from wardbook.answering.left_untold import (
    asks_evidence,
    asks_how_many,
    lacks_asked,
    leaves_untold,
    tells_evidence,
    told_first,
)
from wardbook.answering.lookup_asked import without_events
from wardbook.answering.names_apart import of_one
from wardbook.answering.of_patient import of_patient
from wardbook.answering.other_weights import is_of_other_weights
from wardbook.answering.otherwise import closer_row
from wardbook.answering.question import Question
from wardbook.answering.rate_asked import asks_how_it_runs, gives_rate
from wardbook.answering.scoring import asks_kind_alone, initials, titled
from wardbook.answering.side_by_side import Compared, side_by_side
from wardbook.answering.special import asks_writer
from wardbook.answering.speech import of_barred, of_mechanism
from wardbook.answering.terms import ASKING, Term, held
from wardbook.answering.thing_asked import thing_asked
from wardbook.answering.time_asked import of_setting, of_time, tells_asked_time, tells_time_of_all
from wardbook.answering.value_fit import is_of_another_thing
from wardbook.answering.written_ways import widened
from wardbook.answering.year_asked import of_year
from wardbook.comparing import asks_in_which, compared_in, of_least, telling_apart, without
from wardbook.corpus.unit import Unit
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.measured import read_measured
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import gathered
from wardbook.in_its_place import WHOLE, in_its_place
from wardbook.lazy_regex import lazy_regex
from wardbook.opened import Opened
from wardbook.searched_again import with_asked

NEAREST_ONLY = "This is the nearest that the pages say: see whether it answers."
"""What is warned where it is doubtful that the pages answer."""
_SURELY = KINDS | {"compare"}
"""Kinds of question of which a doubtful answer misleads: doses, and one of two things compared."""
SHOWN_FIRST = 4
"""Lines of an answer among which stands what is asked."""
NEAREST = 3
"""Sections that a "not found" names, and lines of them that it cites."""
NEAR = 0.6
"""Part of the best line's score from which a line is near."""


def from_pages(
    opened: Opened,
    asked: str,
    whole: str,
    question: Question,
    k: int,
    without_doses: bool = False,
    only_by_value: bool = False,
    within: Callable[[SectionHit], bool] = lambda hit: True,
    only: Callable[[Unit], bool] | None = None,
) -> Answer:
    """Choose what answers from the best k sections, or say that the pages do not.

    `only_by_value` takes nothing but rows and clauses whose range holds the value that the question gives; `within`
    tells which of the sections count, `only` which of their statements.
    """
    question = as_what_to_do(without_events(question))
    terms = terms_as_written(opened, question)
    hits = [hit for hit in with_asked(opened, question, terms, k) if within(hit)]
    terms = of_one(terms, hits, question.drug_words)
    # a letter alone asks nothing, one with its value does ("K 3.0")
    told = any(len(term.words) > 1 for term in terms) or bool(read_measured(question.text, values=True))
    ranked = of_patient(question, terms, rank(question, terms, hits, only)) if told else []
    of_findings = [] if only_by_value else rows_of_findings(question, ranked, terms)
    ranked = without_regimens(opened, without_equivalents(question, ranked)) if without_doses else ranked
    ranked = [each for each in ranked if not each.lacks_drug and (each.by_value or not only_by_value)] or of_findings
    ranked = [each for each in ranked if not (only_by_value and is_of_another_thing(question.text, each.unit))]
    ranked = [each for each in ranked if _tells_amount(each.unit)] if _asks_amount(question, terms) else ranked
    ranked = [each for each in ranked if not is_of_other_weights(question, each.unit)]
    ranked = told_first(question, of_year(question.text, with_figure(question.text, ranked, opened.drugs)))
    turned_away, ranked = is_turned_away(question.text, ranked), of_value(question.text, ranked)
    ranked = of_population(question, of_elapsed(question.text, ranked))
    if turned_away or (only_by_value and not ranked):
        return _not_found(opened, asked, whole, hits, ranked, 0.0)
    same = one_and_same(question, ranked)
    compared = compared_in(opened, question, k) if question.kind == "compare" and not same else []
    telling = [term for term in terms if term.words.lower() not in had(question) | failed_words(question)]
    several = bool(compared) and not asks_in_which(question.text)
    if ranked and tells_asked_time(question, ranked[0].unit.text):
        telling = list(of_time(question, telling, _all_words(ranked[0])))
    telling = list(of_setting(question, telling, _all_words(ranked[0]) if ranked else ""))
    telling = list(of_mechanism(question, of_barred(question, telling, ranked[0].unit.text if ranked else "")))
    signals = signals_of(telling, ranked, several=several)
    confidence = round(max(probability(signals), of_least(compared)), 3)
    citations = opened.citations()
    text = in_its_place(opened, question, terms, hits, ranked, citations)
    meant = same or _meant(question, ranked, terms, of_findings)
    meant = [] if text or compared else meant
    letters = _letters_asked(question)
    text = text or (letters_in_heading(letters, hits, citations) if letters and not meant else "")
    beyond = bool(letters) and not (text or meant)
    beyond = beyond or asks_writer(question.text) or _is_unspoken_of(opened, question, terms, ranked)
    beyond = beyond or _asks_unknown(opened, question, terms) or _compares_by_unspoken(question, ranked, compared)
    if _is_headed(question, terms, ranked) or (ranked and tells_time_of_all(question, telling, _all_words(ranked[0]))):
        confidence = max(confidence, DOUBTFUL)
    declined = not answers(signals, confidence, _asks_surely(question))
    declined = (declined and not (confidence >= TOLD and _speaks_of_found(question, terms, ranked))) or beyond
    of_it = (
        []
        if text or compared or is_for_group(question, ranked)
        else telling_lines(question, ranked, terms, whole=declined)
    )
    unshared = compared and asks_how_many(question) and not all(map(_tells_share_of, compared))
    declined = declined or asks_in_vain(question, of_it, ranked) or bool(unshared)
    if declined and not (text or meant or of_it):
        meant = [] if beyond or compared else graded_row(question, ranked, terms) or of_findings
    if not (text or meant or of_it) and declined:
        return _not_found(opened, asked, whole, hits, ranked, confidence)
    if compared and not text:
        text = _comparison(question, ranked, compared, citations)
    chosen = [] if text else meant or (together(of_it) if declined else _chosen(opened, question, ranked, compared, k))
    if of_it and not tells(of_it, chosen[:SHOWN_FIRST]):
        chosen = [*meant, *together(of_it)]
    chosen = _with_value_row(question, chosen, ranked)
    sure = bool(of_it) and not (asks_how_many(question) or asks_evidence(question.text))
    sure = sure or (asks_grade(question.text) and any(is_graded(each.unit) for each in chosen))
    if not sure and (leaves_untold(question, chosen) or _tells_no_rate(opened, question, chosen)):
        return _not_found(opened, asked, whole, hits, ranked, confidence)
    odds = at_odds(chosen, ranked, [term for term in terms if term.name])
    added = [side for sides in odds for side in sides if side.unit not in [each.unit for each in chosen]]
    title = "" if text else _title_written_out(question, chosen, hits, citations)
    text = text or compose([*chosen, *added], citations, question.grades)
    text = f"- {title}\n{text if text.startswith('- ') else f'- {text}'}" if title and text else text
    if not text:
        return _not_found(opened, asked, whole, hits, ranked, confidence)
    moved = tuple(f"{page} changed since it was indexed: run `wardbook index`." for page in citations.moved)
    doubt = (NEAREST_ONLY,) if chosen and confidence < DOUBTFUL else ()
    conflicts = _conflicts(odds, citations)
    return Answer(
        "answered",
        asked,
        whole,
        text,
        tuple(citations.listed),
        conflicts=conflicts,
        warnings=(*doubt, *moved),
        confidence=confidence,
    )


def _meant(
    question: Question, ranked: Sequence[Evidence], terms: Sequence[Term], of_findings: list[Evidence]
) -> list[Evidence]:
    """Give what answers by what it is: rows of a table of grades, a formula, a definition, all entries of a table."""
    of_table = bool(ranked) and (is_graded(ranked[0].unit) or asks_grade(question.text))
    graded = of_findings if of_table and not ranked[0].by_value else []
    meant = graded or formula(question, ranked, terms) or defining(question, ranked, terms)
    return meant or catalogue(question, ranked, terms)


def _with_value_row(question: Question, chosen: list[Evidence], ranked: Sequence[Evidence]) -> list[Evidence]:
    """Put first the row of a table of grades that holds a value given, where the grade is asked.

    The other rows of its table go, where it is the only one that holds it.
    """
    if not asks_grade(question.text):
        return chosen
    only = only_row(question, ranked)
    table = {(each.hit.page, each.hit.section, each.unit.block) for each in only}
    if only:
        return [*only, *(each for each in chosen if (each.hit.page, each.hit.section, each.unit.block) not in table)]
    if any(is_graded(each.unit) for each in chosen[:SHOWN_FIRST]):
        return chosen
    return [*value_rows(question, ranked), *chosen]


def _title_written_out(
    question: Question, chosen: Sequence[Evidence], hits: Sequence[SectionHit], citations: Citations
) -> str:
    """Give the title that writes letters out, where it is asked what they are and no line chosen tells it."""
    thing = thing_asked(question.text)
    if not chosen or not thing or thing.wants != "is" or not _ACRONYM.fullmatch(thing.words):
        return ""
    return title_of_letters(thing.words, hits, citations, told=" ".join(each.unit.text for each in chosen))


def _letters_asked(question: Question) -> str:
    """Give the letters of which it is asked what they stand for, "" where that is not asked."""
    thing = thing_asked(question.text)
    return thing.words if thing and thing.wants == "letters" and _ACRONYM.fullmatch(thing.words) else ""


_ACRONYM = lazy_regex(r"[\w/+-]{2,10}")
"""What may be letters that stand for words."""


def _asks_surely(question: Question) -> bool:
    """Tell whether a doubtful answer misleads; how often or how long is of a dose only where a drug or a class is."""
    kinds = question.kinds & _SURELY
    return bool(kinds - TIMES or (kinds and question.drug_words))


def _is_headed(question: Question, terms: Sequence[Term], ranked: Sequence[Evidence]) -> bool:
    """Tell whether nothing is asked but one kind of thing of what a page is on, and the best line is headed by that."""
    if not ranked or _asks_surely(question) or not asks_kind_alone(question, terms):
        return False
    best = ranked[0]
    return best.aspect >= HEADED and best.above >= HEADED


def _speaks_of_found(question: Question, terms: Sequence[Term], ranked: Sequence[Evidence]) -> bool:
    """Tell whether it is asked what to do for what is found in a patient, and one of the best lines speaks of that.

    Who tells a situation tells more than any page has in one place.
    """
    if question.kinds - {"treatment", "order"}:
        return False
    found = [term for term in terms if term.told is not None]
    best = [(held(" ".join([titled(each.hit), *each.hit.path])), held(_all_words(each))) for each in ranked[:BEST]]
    return any(above.heads(term) or words.holds(term) for term in found for above, words in best)


TOLD = 0.05
"""Probability from which lines that speak of what is found in a patient are given to who asks what to do: of 22 such
questions below the common threshold the lines answered 11, and one had no answer (eval/cold)."""
HEADED = 0.75
"""How far headings are of the kind asked, and hold what it is asked of, from which a section answers by its place."""


def _tells_no_rate(opened: Opened, question: Question, chosen: Sequence[Evidence]) -> bool:
    """Tell whether it is asked how fast a drug runs, and no line chosen says so."""
    asks = asks_how_it_runs(question.text, opened.drugs)
    return asks and bool(chosen) and not any(gives_rate(each.unit.text) for each in chosen)


def _all_words(each: Evidence) -> str:
    """Give the words of a statement with all that stands above it."""
    return " ".join([titled(each.hit), *each.hit.path, *each.unit.lead, each.unit.text])


_INITIALS = lazy_regex(r"\b[A-Z]{2,5}\b")


def _is_unspoken_of(opened: Opened, question: Question, terms: Sequence[Term], ranked: Sequence[Evidence]) -> bool:
    """Tell whether the best statement gives a dose, and the question names what neither it nor its page speaks of.

    That is a word no page holds that is none of plain English, or initials: the dose may be for anything else, unless
    it holds all that the question names beside, and that is much.
    """
    if not ranked or not any(figure.is_dose for figure in read_amounts(ranked[0].unit.text)):
        return False
    best = ranked[0]
    words = _all_words(best)
    there = held(words)
    initials = {word.lower() for word in _INITIALS.findall(question.text) if word.lower() not in words.lower()}
    telling = [term for term in terms if term.weight > ASKING and not any(map(str.isdigit, term.words))]
    missing = [term for term in telling if not there.holds(term) and term.words not in best.of_class]
    missing = [term for term in missing if term.words.lower() not in best.told]
    rest = [term for term in telling if term not in missing]
    unknown = [term for term in missing if not term.known and not opened.is_plain(term.words)]
    left = [
        term
        for term in missing
        if term.words.lower() in initials or (term in unknown and term.words.lower() not in words.lower())
    ]  # "EF" is a part of "LVEF"
    return bool(left) and len(rest) < MOST_TELLING


def _compares_by_unspoken(question: Question, ranked: Sequence[Evidence], compared: Sequence[Compared]) -> bool:
    """Tell whether things are compared by what initials stand for ("PFS") that none of the best lines speaks of."""
    letters = {word.lower() for word in _INITIALS.findall(question.text)}
    there = [_all_words(each) for own in (ranked, *(one.own for one in compared)) for each in own[:SHOWN_FIRST]]
    asked = {term for one in compared for term in one.terms if term.words.lower() in letters}
    return any(
        not any(held(each).holds(term) or term.words.lower() in initials(each, len(term.words)) for each in there)
        for term in asked
    )


MOST_TELLING = 3
"""Telling words that a statement holds from which one that no page has may be a way of speaking."""


SHORT = 4
"""Letters of a word up to which it names something only where the pages have it as a name, or in capitals."""
_THING = lazy_regex(
    r"\b([a-z][a-z-]{2,}) dos(?:e|es|ing|age)\b|\bdos(?:e|es|age) of ([a-z][a-z-]{2,})\b", re.IGNORECASE
)


def _asks_amount(question: Question, terms: Sequence[Term]) -> bool:
    """Tell whether nothing is asked but the dose of something by its name, which no list of drugs knows."""
    match = _THING.search(question.text)
    named = match[1] or match[2] if match else ""
    proper = len(named) > SHORT or re.search("[A-Z]", named[1:]) is not None  # "last dose" is the dose of no thing
    telling = any(
        term.known and term.weight > 1 and term.words.lower() == named.lower() and (term.name or proper)
        for term in terms
    )
    return telling and not question.drugs and without_events(question).kinds == {"dose"}


def _asks_unknown(opened: Opened, question: Question, terms: Sequence[Term]) -> bool:
    """Tell whether nothing is asked but the dose of what no page names, and no word of plain English is."""
    match = _THING.search(question.text)
    named = (match[1] or match[2]).lower() if match else ""
    unknown = any(not term.known and term.words.lower() == named for term in terms)
    return unknown and not question.drugs and without_events(question).kinds == {"dose"} and not opened.is_plain(named)


def _tells_amount(unit: Unit) -> bool:
    """Tell whether words give an amount, or say that none is given."""
    return _gives_dose(unit) or NO_DOSE.search(unit.text) is not None


NO_DOSE = lazy_regex(
    r"\bno (?:\w+ ){0,2}(?:dos\w+|regimens?|role|data|evidence|maximum|recommend\w*|schedule|figure|use)\b|"
    r"\b(?:not(?! (?:more|less|over|above|faster|longer|exceed\w*|to exceed)\b)|"
    r"never|can(?:not|'t)|avoid\w*|contraindicat\w*|unverified|older|superseded|historical|withheld|"
    r"local protocol)\b",
    re.IGNORECASE,
)
"""What says that no dose is given."""


def terms_as_written(opened: Opened, question: Question) -> tuple[Term, ...]:
    """Give the terms of a question in all the ways in which these pages write them."""
    return widened(opened.terms(question), question, opened.frequencies, opened.drugs.vocabulary.spoken_names_of)


def without_regimens(opened: Opened, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Leave out the rows and sentences that are regimens: those were looked up, and are for something else."""
    taken = gathered(opened.regimens).dosed_lines
    return [each for each in ranked if not any((each.hit.page, line) in taken for line in _span(each.unit))]


_CONVERTS = lazy_regex(r"\b(?:conver\w*|equi\w*|switch\w*|same as|instead|to|into|from|ratio|potency)\b", re.IGNORECASE)


_EQUIVALENTS = lazy_regex(r"\b(?:conversions?|equi(?:valen|poten|analges)\w*)\b", re.IGNORECASE)


def without_equivalents(question: Question, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Leave out the rows of what one drug comes to in another, where that isn't asked: none is a dose to give."""
    if _CONVERTS.search(question.text):
        return list(ranked)
    return [
        each
        for each in ranked
        if each.unit.kind != "row"
        or not any(_EQUIVALENTS.search(level) for level in (*each.hit.path, *each.unit.lead))
        or not any(figure.is_dose for figure in read_amounts(each.unit.text))
    ]


def _span(each: Regimen | Unit) -> range:
    return range(each.lines[0], each.lines[1] + 1)


def _conflicts(odds: Sequence[Sequence[Evidence]], citations: Citations) -> tuple[Conflict, ...]:
    """Name the disagreements, each side with its citation; a side that no longer stands leaves none."""
    found = []
    for sides in odds:
        numbered = [
            (
                side,
                citations.cite(side.hit.page, side.hit.section, side.unit.lines, side.unit.quote, cells_of(side.unit)),
            )
            for side in sides
        ]
        told = tuple(
            Side(f"{side.hit.title}: {narrowed(side, plain_words(side.unit))}", n)
            for side, n in numbered
            if n is not None
        )
        if len(told) > 1:
            found.append(Conflict(" > ".join(sides[0].hit.path) or sides[0].hit.title, told))
    return tuple(found)


def _chosen(
    opened: Opened, question: Question, ranked: Sequence[Evidence], compared: Sequence[Compared], k: int
) -> list[Evidence]:
    """Choose what answers; of things compared, the best two on each beside the best two on all."""
    taken = with_all_bands(with_siblings(question, choose(question, ranked), ranked), ranked)
    if compared:
        taken = list(taken[:2])
        for each in compared:
            taken += [one for one in each.own[:2] if one.unit not in [other.unit for other in taken]]
    found = with_grounds(question, with_prohibitions(with_antecedents(in_reading_order(_with_closer(question, taken)))))
    graded = graded_first(question, found, ranked)
    return with_prohibitions(with_done(found, graded, _done_for(opened, graded, k))) if graded else found


def _done_for(opened: Opened, graded: Graded, k: int) -> list[Evidence]:
    """Search for what is done for the grades of rows."""
    question = opened.understand(asked_for_grades(graded))
    return rank(question, terms_as_written(opened, question), opened.hits(question, k))


def _with_closer(question: Question, taken: Sequence[Evidence]) -> list[Evidence]:
    """Put the row of a table that is closer to what is asked in the place of a row chosen."""
    closer = (closer_row(question.text, each.unit, each.hit.units) for each in taken)
    found = [replace(each, unit=row) if row else each for each, row in zip(taken, closer, strict=True)]
    return [each for at, each in enumerate(found) if each.unit not in [other.unit for other in found[:at]]]


def _comparison(
    question: Question, ranked: Sequence[Evidence], compared: Sequence[Compared], citations: Citations
) -> str:
    """Word a comparison: the line of the pages that compares the things itself, then each beside the other.

    "" where it is asked in how many, and none of these lines tells it.
    """
    best = [
        each for each in ranked[:1] if each.coverage > WHOLE and all(one.named_in(each.unit.text) for one in compared)
    ]
    best = [each for each in best if each.unit.kind != "row"]
    apart = best or telling_apart(ranked, compared)
    own = compose(apart, citations, question.grades) if apart else ""
    table = side_by_side([without(one, apart) for one in compared], citations)
    text = f"{own}\n\n{table}" if own and table else table or ("" if best else own)
    untold = (asks_how_many(question) and not tells_share(text)) or lacks_asked(question, text)
    untold = untold or ("evidence" in question.text.lower() and not tells_evidence(question.text, [text]))
    return "" if untold else text


def _tells_share_of(one: Compared) -> bool:
    """Tell whether a line on one of the things compared gives a share of what is asked by a name ("X in A or B")."""
    events = [term for term in one.terms if term.name and term not in one.subject]
    lines = [(each.unit.text, held(_all_words(each))) for each in one.own[:SHOWN_FIRST]]
    return any(tells_share(text) and all(words.holds(term) for term in events) for text, words in lines)


def _not_found(
    opened: Opened,
    asked: str,
    whole: str,
    hits: Sequence[SectionHit],
    ranked: Sequence[Evidence],
    confidence: float,
) -> Answer:
    """Say that the pages do not answer, and cite of the nearest sections the lines that come nearest.

    Where the pages answer a question that is declined, these lines hold the answer in four of ten cases (65 of 149 of
    the questions developed on). A dose is never shown so: it would be taken for the answer.
    """
    near = [each for each in ranked if each.score > NEAR * ranked[0].score]
    shown = [each for each in near if _may_be_quoted(each.unit)][:NEAREST]
    places = {(hit.page, hit.section): hit for hit in hits}
    order = dict.fromkeys([*map(_place, ranked[:1]), *map(_place, shown), *map(_place, near), *places])
    nearest, citations = [places[place] for place in order][:NEAREST], opened.citations()
    numbers = [
        _cited([each for each in shown if _place(each) == (hit.page, hit.section)], citations) for hit in nearest
    ]
    text = not_found_text(NOT_ANSWERED, nearest, numbers)
    return Answer("not_found", asked, whole, text, tuple(citations.listed), confidence=confidence)


def _may_be_quoted(unit: Unit) -> bool:
    """Tell whether a line may be quoted alone: it gives no dose, and what leads to it does not turn its sense."""
    denied = any(NO_DOSE.search(words) for words in unit.lead)
    return not (denied or leads_on(unit) or _gives_dose(unit))


def _place(each: Evidence) -> tuple[str, str]:
    return each.hit.page, each.hit.section


def _cited(shown: Sequence[Evidence], citations: Citations) -> list[int]:
    """Cite lines, and give the numbers of those that still stand."""
    quoted = [(*_place(each), each.unit.lines, each.unit.quote, cells_of(each.unit)) for each in shown]
    return [number for each in quoted if (number := citations.cite(*each)) is not None]


def _gives_dose(unit: Unit) -> bool:
    amounts = read_amounts(unit.text)  # "0.8 x 10^6/kg" counts cells
    return any(figure.is_dose or figure.bare_scale for figure in amounts)
