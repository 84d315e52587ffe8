"""Questions that are answered from a place of their own: a page's date and evidence level, a paper, a comparison."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from wardbook.answering.citation import Citations
from wardbook.answering.compose import marked
from wardbook.answering.evidence import Evidence, SectionHit
from wardbook.answering.question import Question
from wardbook.answering.question_words import first_told
from wardbook.answering.scoring import titled
from wardbook.answering.speech import weighed
from wardbook.answering.terms import ASKING, Term, held
from wardbook.corpus.source import quoted
from wardbook.corpus.unit import Unit
from wardbook.lazy_regex import lazy_regex

_PAGE = r"(?:page|guideline|protocol|policy|sop|document)s?"
_REVIEW = lazy_regex(
    r"\bnext review\b|\breview (?:date|due)\b|\bdue for review\b|"
    rf"\bwhen\b.{{0,30}}\b(?:must|should|does|need|is|has|due)\b.{{0,60}}\b{_PAGE}\b.{{0,30}}"
    r"\b(?:(?:be|being|to be) (?:re-?)?(?:viewed|vised|newed|written|done|checked)|expires?|run(?:s)? out|due)\b",
    re.IGNORECASE,
)
_LEVEL = lazy_regex(
    r"evidence[ _-]*(?:level|grade)|(?:level|grade|quality) of evidence|^\W*evidence(?=\W{0,3}:)", re.IGNORECASE
)
_FACTS = {
    lazy_regex(
        r"\b(?:old|new|recent|fresh|stale|current|outdated|dated?|when|last|updated?|reviewed?|revised?)\b",
        re.IGNORECASE,
    ): lazy_regex(
        r"(?:last|date)[ _-]*(?:updated|reviewed|revised|modified|checked|touched|edit(?:ed)?|ratified|approved)|"
        r"^\W*updated\b|^\W*(?:reviewed|revised|rev|modified|edited|checked|date|ratified|approved|issued|"
        r"last)(?=\W{0,4}[:\d])",
        re.IGNORECASE,
    ),
    lazy_regex(r"\bevidence\b|\bconsensus\b", re.IGNORECASE): _LEVEL,
    lazy_regex(r"\b(?:version|status)\b", re.IGNORECASE): lazy_regex(r"^\W*(?:version|status)\b", re.IGNORECASE),
}
"""What asks for a fact about a page, and the line that states it."""
_DUE = lazy_regex(
    r"(?:^|\s\s|[|·•;\t.])\W{0,9}(?:(?:next|due for)? ?review(?: date| due)?|next)\W{0,3}:|\breview date\W{0,3}:",
    re.IGNORECASE,
)
_DATED = lazy_regex(r"\W*(?:[A-Za-z]+ )?\d")
"""Behind the name of a fact: a date, and no word on where that is to be had ("see above")."""
_WRITERS = lazy_regex(r"\b(?:who|authors?|owners?)\b", re.IGNORECASE)
_WRITTEN_BY = lazy_regex(r"^[\W_]*(?:authors?|owners?|written by|maintained by|editors?)\b", re.IGNORECASE)
_REFERENCES = lazy_regex(r"\b(?:references?|bibliography|literature|citations?|sources)\b", re.IGNORECASE)
_NAME = lazy_regex(r"\b(?:[A-Z][a-z]{2,}|[A-Z]{3,}|(?:19|20)\d\d)\b")
_MARK = lazy_regex(r"\[\^?(\d{1,3})\]")


_RATED = lazy_regex(
    r"\bhow (?:good|strong|solid|sound|robust|weak|poor|reliable|convincing|trustworthy|certain|sure) (?:is|are) "
    r"(?:what|the things?) (?:you|we|they|it|the (?:page|guideline|protocol)s?) (?:say|tell|write|state)s?\b|"
    r"\bhow (?:good|strong|solid|sound|robust|weak|poor|reliable|convincing|thin|trustworthy|certain)(?: \w+)? "
    r"(?:is|are|was) (?:the |this |our |its )?(?:\w+ )?(?:evidence|data)\b|"
    r"\bhow(?:['’]?s| is| are)? (?:the |its )?evidence (?:\w+ )?(?:rated|graded|judged|scored|classed|ranked)\b|"
    r"\bevidence\b.{0,24}\b(?:rated|graded|grade(?!s? ?\d)|rating|quality|strength|certainty)\b|"
    r"\b(?:quality|strength|certainty|grade|rating|class) of (?:the )?(?:\w+ )?evidence\b|"
    r"\bhow well (?:supported|evidenced|backed|proven|studied)\b|\bevidence[- ]base\b|"
    r"\b(?:good|strong|weak|poor|solid|robust|high|low)(?:[- ]quality)? evidence\b|"
    r"\bevidence\b.{0,40}\b(?:weak|strong|good|solid|poor|robust|thin)\s*\W*$",
    re.IGNORECASE,
)
"""Asks how good the evidence is, which a page may tell of all that it says."""


def asks_rating(words: str) -> bool:
    """Tell whether words ask how good the evidence is."""
    return bool(_RATED.search(words))


def without_rating(words: str) -> str:
    """Give words without those that ask how good the evidence is, and those spoken around that."""
    return _AROUND.sub(" ", _RATED.sub(" ", words))


_AROUND = lazy_regex(r"\b(?:here|behind|pages?|overall|in general|at all|really|please|given|using)\b", re.IGNORECASE)


def rating(page: str, citations: Citations, section_at: Callable[[str, int], str]) -> str:
    """Give the line in which a page tells its evidence level, "" where it tells none."""
    lines = citations.sources.lines_of(page)
    at = next((n for n, line in enumerate(lines, 1) if ":" in line and _LEVEL.search(line)), None)
    words = quoted(lines[at - 1]) if at else ""
    number = citations.cite(page, section_at(page, at), (at, at), words) if at else None
    return f"{citations.describe(page)[0]}: {words} [{number}]" if number is not None else ""


def asks_review(words: str) -> bool:
    """Tell whether words speak of when a page is to be reviewed next."""
    return bool(_REVIEW.search(words))


def page_facts(question: str, page: str, citations: Citations, section_at: Callable[[str, int], str]) -> str:
    """Give the lines in which a page tells its date, evidence level, version or status, what is asked for first.

    "" where it tells none.
    `section_at` gives the section of a line of a page.
    """
    found: dict[int, str] = {}
    facts = {_REVIEW: _DUE} if asks_review(question) else _FACTS
    facts = {_WRITERS: _WRITTEN_BY} if asks_writer(question) else facts
    for asks, pattern in sorted(facts.items(), key=lambda fact: not fact[0].search(question)):
        lines = citations.sources.lines_of(page)
        told = [n for n in range(len(lines), 0, -1) if pattern.search(lines[n - 1])]
        told = [n for n in told if ":" in lines[n - 1] or facts is not _FACTS]
        dated = (n for n in told if _DATED.match(pattern.split(lines[n - 1], maxsplit=1)[-1]))
        at = next(dated, next(iter(told), None))
        if at is None and pattern is _WRITTEN_BY:
            at = _signed(lines)
        if at is None and asks.search(question) and facts is _FACTS and pattern is not _LEVEL and not found:
            at = _dated_at_head(lines)
        if at is not None:
            found[at] = quoted(lines[at - 1])
    statements = []
    title = citations.describe(page)[0]
    for at, words in found.items():
        number = citations.cite(page, section_at(page, at), (at, at), words)
        if number is not None:
            statements.append(f"- {title}: {words} [{number}]")
    return "\n".join(statements)


_ASKS_SOURCES = lazy_regex(
    r"\b(?:sources|consensus|guidelines?|guidance)\b|\b(?:based|built|rest(?:s|ing)?|taken|drawn) (?:on|from)\b",
    re.IGNORECASE,
)
_SOURCES = lazy_regex(
    r"(?:^|[.;]\s)\W{0,9}(?:refs?|references?|sources?|based on|literature)\b\W{0,3}(?=\w)", re.IGNORECASE
)
"""Begins the words in which a page tells what it rests on, where it has no list of references."""


def sources_told(question: str, page: str | None, citations: Citations, section_at: Callable[[str, int], str]) -> str:
    """Give the line in which a page tells the guidelines that it rests on, where those are asked; else ""."""
    if page is None or not _ASKS_SOURCES.search(question):
        return ""
    lines = citations.sources.lines_of(page)
    plain = [(at, line) for at, line in enumerate(lines, start=1) if not line.startswith("#")]
    told = [at for at, line in plain if _SOURCES.search(line)] or [at for at, line in plain if _LEVEL.search(line)]
    words = quoted(lines[told[-1] - 1]) if told else ""
    number = citations.cite(page, section_at(page, told[-1]), (told[-1], told[-1]), words) if told else None
    return f"- {citations.describe(page)[0]}: {words} [{number}]" if number is not None else ""


_PERSON = lazy_regex(r"\b(?:Drs?|Prof|Professor|Sr|Sister|Mr|Mrs|Ms|Nurse)\.? [A-Z]|\b[A-Z]\. ?[A-Z][a-z]{2,}")
_HEAD_TELLS = lazy_regex(r"\b(?:updated?|reviewed|revis\w+|version|last|date|SOP)\b|\b(?:19|20)\d\d\b", re.IGNORECASE)


def _signed(lines: Sequence[str]) -> int | None:
    """Give the line at the head of a page that bears a date and a person's name ("Last updated: 2024 | Dr A. B.")."""
    return next((at for at, line in _head(lines) if _PERSON.search(line) and _HEAD_TELLS.search(line)), None)


def _dated_at_head(lines: Sequence[str]) -> int | None:
    """Give the line at the head of a page that bears a date, whatever stands before it ("A. B., v2, May 2023")."""
    return next((at for at, line in _head(lines) if len(line) <= LONGEST_HEAD and _DATE.search(line)), None)


def _head(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Give the lines above the first heading below the title, with their numbers."""
    head = next((at for at, line in enumerate(lines) if line.startswith("##")), len(lines))
    return enumerate(lines[:head], start=1)


LONGEST_HEAD = 200
"""Characters of a line that dates its page."""
_DATE = lazy_regex(
    r"\b(?:19|20)\d\d-\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-](?:20)?\d\d\b|\b\d{1,2}/20\d\d\b|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?:19|20)\d\d\b",
    re.IGNORECASE,
)


def asks_writer(question: str) -> bool:
    """Tell whether a question about a page asks who wrote it: where the page does not say, nothing else answers."""
    return first_told("kind", question) == "metadata" and _WRITERS.search(question) is not None


def asked_page(question: Question, hits: Sequence[SectionHit], terms: Sequence[Term]) -> str | None:
    """Give the page that a question about a page means: one that it names, else the first found whose headings hold
    most of what it is asked of; None where no page is on that.
    """
    named = [page for mention in question.mentions for page in mention.pages]
    subject = [term for term in weighed(terms) if term.weight > ASKING and not _OF_PAGES.fullmatch(term.words)]
    if named or not (hits and subject):
        return next(iter(named), hits[0].page if hits else None)
    weights = {term.words: term.weight if term.known else min(term.weight, UNKNOWN) for term in subject}

    def of_it(page: str) -> float:
        over = held(" ".join([page, *(" ".join([titled(hit), *hit.path]) for hit in hits if hit.page == page)]))
        return sum(weights[term.words] for term in subject if over.holds(term))

    best = max(dict.fromkeys(hit.page for hit in hits), key=of_it)
    return best if of_it(best) >= MOST_OF_SUBJECT * sum(weights.values()) else None


MOST_OF_SUBJECT = 0.4
"""Part of what a page is asked for by, by weight, that its headings hold at least."""
UNKNOWN = 0.8
"""Weight at most of a word that no page holds, nats: it may be a way of speaking as well as what is asked about."""
_OF_PAGES = lazy_regex(
    r"(?:re)?(?:view|vise|write|date)[a-z]*|wrote|written|up-?dated?|current|fresh|stale|recent|outdated|dates?|owns?|"
    r"owners?|authors?|versions?|document|maintains?|touched|edited|changed|error|mistake|last|look(?:ed)?|over|"
    r"check(?:ed)?|behind|supposed|evidence|guidelines?|protocol|polic(?:y|ies)|sop|due|next|"
    r"sources?|consensus|built|based",
    re.IGNORECASE,
)
"""Words of what is asked of a page, which tell nothing of what it is on."""


def on_subject(ranked: Sequence[Evidence], subject: Sequence[Term]) -> list[Evidence]:
    """Give the evidence that names the subject itself and bears a mark: what stands beside it is of another thing."""
    named = [each for each in ranked if all(held(each.unit.text).holds(term) for term in subject)]
    return [each for each in named if _MARK.search(each.unit.quote)] if subject else []


def titled_so(
    references: Iterable[tuple[str, Unit]], subject: Sequence[Term], terms: Sequence[Term] = ()
) -> list[tuple[str, Unit]]:
    """Give the entries of reference lists whose words name the subject, none twice, those with most terms first."""
    named = [(page, unit) for page, unit in references if subject and all(held(unit.text).holds(t) for t in subject)]
    once = {unit.text: (page, unit) for page, unit in reversed(named)}
    found = [pair for pair in named if once[pair[1].text] == pair]
    return sorted(found, key=lambda pair: -sum(t.weight for t in terms if held(pair[1].text).holds(t)))


def entries(ranked: Sequence[Evidence], references: Iterable[tuple[str, Unit]]) -> list[tuple[str, Unit]]:
    """Give the entries of reference lists that the best evidence points to by number ("[3]"), in its order.

    `references` are (page, unit) of the reference sections of the pages in question.
    """
    listed: dict[tuple[str, str], Unit] = {}
    for page, unit in references:
        if unit.number:
            listed.setdefault((page, unit.number), unit)
    found: dict[tuple[str, str], Unit] = {}
    for each in ranked:
        for number in _MARK.findall(each.unit.quote):
            key = (each.hit.page, number)
            if key in listed:
                found.setdefault(key, listed[key])
    return [(page, unit) for (page, _), unit in found.items()] or _named_entries(ranked, listed)


def _named_entries(ranked: Sequence[Evidence], listed: Mapping[tuple[str, str], Unit]) -> list[tuple[str, Unit]]:
    """Give the entries that share the most names and years, two at least, with the best evidence ("Marty 2017")."""
    if not ranked:
        return []
    best = ranked[0]
    said = set(_NAME.findall(" ".join([best.unit.text, *best.unit.lead, *best.hit.path])))
    shared = {key: len(said & set(_NAME.findall(unit.text))) for key, unit in listed.items() if key[0] == best.hit.page}
    most = max(shared.values(), default=0)
    return [(key[0], listed[key]) for key, count in shared.items() if count == most] if most > 1 else []


def is_reference_section(section: str) -> bool:
    """Tell whether a section, by its heading, lists references."""
    return bool(_REFERENCES.search(section.rpartition(" > ")[2]))


def word_entries(found: Sequence[tuple[str, Unit]], citations: Citations) -> str:
    """Word reference entries, one a bullet."""
    statements = []
    for page, unit in found:
        number = citations.cite(page, unit.section, unit.lines, unit.quote)
        if number is not None:
            statements.append(marked(unit.text, number))
    return statements[0] if len(statements) == 1 else "\n".join(f"- {words}" for words in statements)
