"""One fact of a drug that a question asks for, which another page gives with another figure: both are told.

Such facts are the doses at most, the day to stop or to start, and the hours to the next dose. They stand by the way on
the page of an event or of what is to be watched, in other words than in the table of the drug, and far down by rank.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from wardbook.answering.answer import Answer, Conflict, Side
from wardbook.answering.citation import Citations
from wardbook.answering.compose import cite_unit, marked, plain_words
from wardbook.answering.evidence import SectionHit
from wardbook.answering.question import Question
from wardbook.corpus.unit import Unit, sentences
from wardbook.dosing.context import setting_of
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex
from wardbook.opened import Opened

FURTHER = 4
"""Times as many sections are looked through as for an answer: what a page says by the way stands far down."""
MOST_ADDED = 3
"""Lines at most that are added to a dose."""
_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}


@dataclass(frozen=True, slots=True)
class _Fact:
    """A fact of a drug that is one figure."""

    what: str
    """Its name."""
    asked: re.Pattern[str]
    """Words that ask for it."""
    said: re.Pattern[str]
    """Words that give it; the group "value" is the figure."""

    def given_in(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield up to where words give it, and the figure."""
        for match in self.said.finditer(uniform(text)):
            yield match.end(), _NUMBERS.get(match["value"], match["value"])


_WORDS = r"\W*(?:[a-z]+\W+){0,3}?"
_MOST = (
    r"\b(?:at most|max(?:imum|\.)?(?: number)?(?: of)?:?|up to|(?:no|not|never) more than|limited to)\s+"
    rf"(?P<value>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(?:further |more |other )?doses?\b"
)
_A_DAY = r"\s*(?:of [a-z]+ )?(?:per|a|in|each|within|/)\s*(?:day|24)"
_COUNTED = lazy_regex(
    r"\bhow many (?:[a-z-]+ ){0,2}doses\b|\b(?:max(?:imum|imal)?|most|total|highest) (?:number|no\.?|#) of\b"
    r"[^.;?]*\bdoses\b|"
    r"\b(?:max(?:imum)?|most|total) (?:[a-z-]+ ){0,2}doses\b",
    re.IGNORECASE,
)
_FACTS = (
    _Fact("number of doses", _COUNTED, lazy_regex(rf"{_MOST}(?!{_A_DAY})")),
    _Fact("number of doses a day", _COUNTED, lazy_regex(f"{_MOST}{_A_DAY}")),
    _Fact(
        "day to stop",
        lazy_regex(
            r"\b(?:when|(?:what|which) day)\b.{0,40}\b(?:stop|end|discontinue|come off)|"
            r"\b(?:until|till|to|through) (?:what|which) day\b",
            re.IGNORECASE,
        ),
        lazy_regex(
            rf"\b(?:stop(?:s|ped)?|end(?:s|ed)?|discontinued?|until|till|through)\b{_WORDS}day \+?(?P<value>\d+)"
        ),
    ),
    _Fact(
        "day to start",
        lazy_regex(r"\b(?:when|(?:what|which|from which) day)\b.{0,40}\b(?:start|begin|commence)", re.IGNORECASE),
        lazy_regex(rf"\b(?:start(?:s|ed)?|beg[iu]ns?|from)\b{_WORDS}day (?P<value>[+-]?\d+)"),
    ),
    _Fact(
        "hours to the next dose",
        lazy_regex(r"\bhow soon\b|\bwhen\b.{0,40}\b(?:repeat|again|next dose|second dose|redose)", re.IGNORECASE),
        lazy_regex(
            r"\b(?:repeat(?:ed)?|again|(?:second|further|next) dose)\b[^.;|]{0,40}?"
            r"\b(?P<value>\d+) ?(?:h|hrs?|hours?)\b"
        ),
    ),
)


def with_other_sides(opened: Opened, answer: Answer, question: Question, k: int) -> Answer:
    """Set beside what an answer gives of such a fact what another page gives for the same drug, in another figure."""
    asked = [each for each in _FACTS if each.asked.search(question.text)]
    drugs = {each.regimen.drug for each in answer.regimens} or {each.drug for each in opened.drugs.find(question.text)}
    if not asked or answer.status == "not_found" or answer.conflicts or len(drugs) != 1:
        return answer
    (drug,) = drugs
    fact, own = next(((each, own) for each in asked if (own := _own(opened, each, answer, drug))), (asked[0], {}))
    pages = {each.page for each in answer.citations}
    citations = opened.citations()
    citations.listed.extend(answer.citations)
    if not own:
        given = [each for fact in asked for each in _given(opened, fact, question, drug, answer, k)]
        return _with_fact(answer, fact, given, citations)
    value, number = next(iter(own.items()))
    title = next(each.title for each in answer.citations if each.n == number)
    sides = [Side(f"{title}: {fact.what} {value}", number)]
    lines = []
    for hit, unit, value in _given(opened, fact, question, drug, answer, k):
        words = plain_words(unit)
        numbers = cite_unit(hit.page, unit, words, citations) if hit.page not in pages and value not in own else ()
        if numbers:
            lines.append(f"{hit.title}: {marked(words, *numbers)}")
            sides.append(Side(f"{hit.title}: {words}", numbers[0]))
    if not lines:
        return answer
    text = "\n\n".join([answer.text, f"The pages disagree on the {fact.what}:", *dict.fromkeys(lines)])
    conflict = Conflict(f"{drug}: {fact.what}", tuple(sides))
    return replace(answer, text=text, citations=tuple(citations.listed), conflicts=(conflict,))


def _with_fact(
    answer: Answer, fact: _Fact, given: Sequence[tuple[SectionHit, Unit, str]], citations: Citations
) -> Answer:
    """Add to a dose that does not say what is asked of it the lines of the pages that do."""
    lines = []
    for hit, unit, _ in given if answer.regimens else ():
        words = plain_words(unit)
        numbers = cite_unit(hit.page, unit, words, citations) if words not in answer.text else ()
        lines += [f"- {hit.title}: {marked(words, *numbers)}"] if numbers else []
    if not lines:
        return answer
    text = "\n".join([f"{answer.text}\n\nOn the {fact.what}:\n", *list(dict.fromkeys(lines))[:MOST_ADDED]])
    return replace(answer, text=text, citations=tuple(citations.listed))


_MARK = lazy_regex(r"\[(\d+)\]")
_WORD = lazy_regex(r"\w")


def _own(opened: Opened, fact: _Fact, answer: Answer, drug: str) -> dict[str, int]:
    """Give the figures of a fact that an answer gives of a drug, each with its citation."""
    own: dict[str, int] = {}
    for line in answer.text.split("\n"):
        found = opened.drugs.find(line)
        for end, value in fact.given_in(line):
            mark = _MARK.search(line, end)
            opening = next((each.drug for each in found if not _WORD.search(line[: each.begin])), drug)
            if mark and opening == drug:
                own.setdefault(value, int(mark[1]))
    if fact is _FACTS[0]:
        own |= {str(each.regimen.max_doses): each.citation for each in answer.regimens if each.regimen.max_doses}
    return own


def _given(
    opened: Opened, fact: _Fact, question: Question, drug: str, answer: Answer, k: int
) -> Iterator[tuple[SectionHit, Unit, str]]:
    """Give the statements that give such a fact of the drug, for the events or the setting that the question names.

    An event that neither the answer nor the question names is another one; what stands beside the dose is of it.
    """
    events = _events(opened, question.text)
    known = events | _events(opened, answer.text)
    beside = {(each.regimen.page, each.regimen.section) for each in answer.regimens}
    for hit in opened.hits(question, FURTHER * k):
        before, block = "", -1
        for unit in hit.units:
            above = " ; ".join([hit.title, *hit.path, *unit.lead])
            before, block = before if unit.block == block else "", unit.block
            for begin, end in sentences(unit.text):
                part = unit.text[begin:end]
                for last, value in fact.given_in(part):
                    own = _events(opened, part, of_pages=True)
                    here = _events(opened, part) | _events(opened, above)
                    of_it = _last_drug(opened, [above, before, uniform(part)[:last], part], drug)
                    of_aim = (hit.page, hit.section) in beside or _same_setting(question, part, above)
                    if of_it and own <= known and (events & here if events else of_aim):
                        yield hit, unit, value
                before = part if unit.kind != "row" else ""


def _same_setting(question: Question, words: str, above: str) -> bool:
    settings = {setting_of(words), setting_of(above)} - {None}
    return question.setting is not None and settings <= {question.setting}


def _last_drug(opened: Opened, texts: Iterable[str], drug: str) -> bool:
    """Tell whether the nearest drug that words name, or those before and above them, is this one."""
    *before, whole = [[mention.drug for mention in opened.drugs.find(text)] for text in texts]
    named = next((each for each in reversed(before) if each), whole)
    return bool(named) and named[-1] == drug


def _events(opened: Opened, text: str, *, of_pages: bool = False) -> frozenset[str]:
    """Give the names in a text that are no drugs; those of pages alone where that is asked."""
    named = (each for each in opened.names.mentions(text) if opened.drugs.canonical(each.words) is None)
    return frozenset(key for each in named if each.pages or not of_pages for key in opened.names.keys(each.words))
