"""The words of a question by what they say: its drug, its event, a grade, a weight, what it asks, and the rest."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from wardbook.answering.dose_question import NOT_BORNE
from wardbook.answering.measures import age_span, bsa_span, grade_spans, kidney_span, weight_span
from wardbook.answering.question import Question
from wardbook.answering.question_words import everyday_words, first_told, spans_told
from wardbook.answering.readings import Reading, readings
from wardbook.corpus.names import Mention
from wardbook.dosing.asked_words import NORMAL_ORGANS
from wardbook.dosing.drug import DrugNames
from wardbook.dosing.measured import read_measured
from wardbook.dosing.quantity import named, quantities
from wardbook.dosing.route import read_routes
from wardbook.lazy_regex import lazy_regex

PREPOSITION = lazy_regex(
    r"\b(in|for|of|with|without|after|before|on|from|during|under|over|if|when|while|no|not|to|by|at|against)\s+"
    r"(?:(?:a|an|the|his|her|my)\s+)?$",
    re.IGNORECASE,
)
_CONTEXT = lazy_regex(
    r"\b(?:before|after|with|without|following|plus|(?<!info )(?<!information )on|no)\s+(?:(?:a|an|the)\s+)?$",
    re.IGNORECASE,
)
HAD = lazy_regex(
    r"\b(?:he|she|they|i|we|pt|patient)(?:['’]s|['’]ve| has| have)? (?:already |just )?"
    r"(?:had|got|received|been given)\s+(?:(?:a|an|the)\s+)?$",
    re.IGNORECASE,
)
"""Says before a drug that the patient has been given it."""
TAKES = lazy_regex(
    r"\b(?:he|she|they|pt|patient)(?:['’]s| is| are)? (?:already |also |now |still )?"
    r"(?:takes|taking|receives|receiving)\s+(?:(?:a|an|the)\s+)?$",
    re.IGNORECASE,
)
"""Says before a drug that the patient takes it: another one is asked about."""
_NORMAL_ORGANS = lazy_regex(rf"{NORMAL_ORGANS}", re.IGNORECASE)
_DENIED = lazy_regex(r"\b(?:no|not|without|lost|lacks?)\s+$", re.IGNORECASE)
_LATER = lazy_regex(
    r"(?:\s+(?:is|are|was|were|has|have|now|currently|today|still|only|at|of|down|up|to|back|risen|fallen|dropped))+$",
    re.I,
)
"""Stands between what is measured and its figure ("platelets are down to 40")."""
_FAILED = lazy_regex(
    r"\s+(?:has |have |is |did |does )?"
    r"(?:failed|fails|not (?:work|help)\w*|(?:ha[sd]|did|does|is)n['’]?t (?:work|help|fix)\w*)",
    re.I,
)
"""Says of a drug that it has been given in vain."""
_EMPTY = frozenset(
    "weigh weighs weighing weight wt old aged age year years month months pt pts kg lb please prior bsa m2 per his her "
    "it its drug drugs medicine medication isn't doesn't don't can't what's he's she's it's let's who's that's man "
    "lady guy gentleman actually already currently".split()
)
_LINKS = frozenset(
    "with without after before during under when while if no not from between both only vs versus".split()
)
"""Words that lead to what is told, and tell nothing alone."""
_TABLES = ("phase", "risk", "form", "place", "setting", "aspect", "kind", "severity")
_AGE_GROUPS = ("child", "adult", "elderly")
MOST_ASKING = 6
"""Words that tell a kind, at most; a longer stretch holds more than that."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that a question says, with where it stands."""

    what: str
    """ "drug" | "class" (of drugs) | "beside" (a drug of the situation: "after X") | "name" | "grade" | "severity" |
    "setting" | "phase" | "risk" | "place" | "route" | "form" | a group of patients | "weight" | "surface" | "age" |
    "figure" | "aspect" (of a drug or an event, beyond the kinds) | "kind" | "topic" (words that no rule knows)."""
    begin: int
    """Offset of its first character."""
    end: int
    """Offset behind its last."""
    words: str
    """As written."""
    key: str = ""
    """For a name, what it stands for; for a drug, its generic name; for a figure, what it is of; for a word that rules
    know, what it tells."""
    of: frozenset[str] = frozenset()
    """For a name, the folders of the pages that bear it: two names of one folder are things of one sort."""
    sort: str = ""
    """For a figure, what its unit measures; for a drug, the end of its name that tells its class ("conazole")."""

    @property
    def is_about(self) -> bool:
        """True for what a situation is made of: a drug beside, a name, words that no rule knows."""
        return self.what in ("beside", "drug", "name", "topic")

    @property
    def has_figure(self) -> bool:
        """True for what was measured ("CrCl 20")."""
        return any(map(str.isdigit, self.words))


def slots_of(question: Question, drugs: DrugNames) -> tuple[Slot, ...]:
    """Give the slots of a question in order; none overlaps another."""
    text = question.text
    taken: list[Slot] = []
    groups = [*_told(text, ("population",))]
    figures = list(_figures(text, [(each.begin, each.end) for each in drugs.find(text)]))
    values = [slot for slot in figures if slot.key and read_measured(slot.words, values=True)]
    measured = [*_measures(text), *_routes(text), *values]
    for slot in (*measured, *groups, *_named(question, drugs), *figures, *_told(text, _TABLES)):
        free = _free(slot, taken) if slot.what == "kind" else slot
        if all(free.end <= other.begin or free.begin >= other.end for other in taken):
            taken.append(free)
    taken += _topics(text, taken)
    return tuple(sorted(taken, key=lambda slot: slot.begin))


def _free(slot: Slot, taken: Iterable[Slot]) -> Slot:
    """Cut a slot short at the next one that is taken; the words of a kind may reach into what follows."""
    end = min((other.begin for other in taken if slot.begin < other.begin < slot.end), default=slot.end)
    words = slot.words[: end - slot.begin].rstrip()
    return replace(slot, end=slot.begin + len(words), words=words)


def _slot(what: str, text: str, begin: int, end: int) -> Slot:
    words = text[begin:end]
    return Slot(what, begin + len(words) - len(words.lstrip()), begin + len(words.rstrip()), words.strip())


def _measures(text: str) -> Iterator[Slot]:
    for what, span in (
        ("weight", weight_span(text)),
        ("age", age_span(text)),
        ("surface", bsa_span(text)),
        ("renal impairment", kidney_span(text)),
    ):
        if span:
            yield _slot(what, text, *span)
    for match in _NORMAL_ORGANS.finditer(text):
        yield _slot("renal impairment", text, *match.span())
    for span in grade_spans(text):
        yield _slot("grade", text, *span)


def _routes(text: str) -> Iterator[Slot]:
    found = [route for route in read_routes(text) if not _DENIED.search(text[: route.begin])]
    if len({route.code for route in found}) == 1:  # which of two is asked, and none is said
        yield _slot("route", text, found[0].begin, found[0].end)


def _figures(text: str, drugs: Sequence[tuple[int, int]]) -> Iterator[Slot]:
    """Give figures with what they are of; an amount behind a drug's name is of no quantity of that name."""
    for each in readings(text):
        begin, quantity = _quantity(text, each) if each.label else (each.begin, "")
        if each.sort and not quantity and any(first <= begin < last for first, last in drugs):
            yield replace(_slot("figure", text, each.number, each.end), sort=each.sort)
            continue
        yield replace(_slot("figure", text, begin, each.end), key=quantity or each.label, sort=each.sort)


def _quantity(text: str, each: Reading) -> tuple[int, str]:
    """Give where the name of what a figure measures, of one word or more, begins, and that name; "" for none."""
    begins = [match.start() for match in re.finditer(r"\S+", text[: each.begin])][-2:]
    for begin in (*begins, each.begin):
        known = named(_LATER.sub("", re.sub(r"[^\w)]+$", "", text[begin : each.number])))
        if known in quantities():
            return begin, known
    return each.begin, ""


def _named(question: Question, drugs: DrugNames) -> Iterator[Slot]:
    text = question.text
    folders = {(each.begin, each.end): _folders(each) for each in question.mentions}
    for found in drugs.find(text):
        beside = _CONTEXT.search(text[: found.begin]) or NOT_BORNE.match(text, found.end)
        beside = (
            beside
            or HAD.search(text[: found.begin])
            or TAKES.search(text[: found.begin])
            or _FAILED.match(text, found.end)
        )
        what = "beside" if beside else "drug"
        span = (found.begin, found.end)
        sort = max((end for end in drugs.vocabulary.stems if found.drug.endswith(end)), key=len, default="")
        yield Slot(what, *span, found.words, found.drug, folders.get(span, frozenset()), sort)
    for match in re.finditer(r"[^\W\d_]+", text):
        if len(drugs.shorthand(match[0])) > 1:  # which of them is asked about later
            yield Slot("drug", *match.span(), match[0], match[0].lower())
        if match[0].lower() in drugs.vocabulary.classes - _EMPTY and not first_told("setting", match[0]):
            what = "beside" if _CONTEXT.search(text[: match.start()]) else "class"
            yield Slot(what, *match.span(), match[0], match[0].lower(), folders.get(match.span(), frozenset()))
    for mention in question.mentions:
        begin, end = _without_setting(text, mention.begin, mention.end)
        yield Slot("name", begin, end, text[begin:end], mention.key, _folders(mention))


def _without_setting(text: str, begin: int, end: int) -> tuple[int, int]:
    """Leave a setting at the end of a name out ("PJP prophylaxis"): asked again, it may be another."""
    for _, first, last in spans_told("setting", text[begin:end]):
        if last == end - begin and (name := text[begin : begin + first].rstrip()):
            return begin, begin + len(name)
    return begin, end


def _folders(mention: Mention) -> frozenset[str]:
    return frozenset(page.rpartition("/")[0] for page in mention.pages)


def _told(text: str, tables: Iterable[str]) -> Iterator[Slot]:
    for table in tables:
        for name, begin, end in sorted(spans_told(table, text), key=lambda each: each[1] - each[2]):
            what = ("age group" if name in _AGE_GROUPS else name) if table == "population" else table
            inside = text[begin - 1 : begin + 1].isalnum() and begin > 0
            named = what == "kind" and text[begin:end].isupper() and not text.isupper()  # "CAP", a pneumonia
            if not inside and not named and (len(text[begin:end].split()) < MOST_ASKING or what == "kind"):
                yield replace(_slot(what, text, begin, end), key=name)


def _topics(text: str, taken: Iterable[Slot]) -> Iterator[Slot]:
    """Give runs of words that no other slot holds and that are no everyday words."""
    free = list(text)
    for slot in taken:
        free[slot.begin : slot.end] = "|" * (slot.end - slot.begin)
    for match in re.finditer(r"[^\s|,;?!()]+(?:\s+[^\s|,;?!()]+)*", "".join(free)):
        yield from _runs(text, match)


def _runs(text: str, stretch: re.Match[str]) -> Iterator[Slot]:
    run: list[tuple[int, int]] = []
    for word in re.finditer(r"\S+", stretch[0]):
        span = (stretch.start() + word.start(), stretch.start() + word.end())
        proper = word[0][:1].isupper() and span[0] > 0 and not word[0].isupper()
        if is_telling(word[0]) or proper or (run and re.fullmatch(r"[b-hj-z\d]", word[0], re.IGNORECASE)):
            run.append(span)
        elif run:
            yield _slot("topic", text, run[0][0], run[-1][1])
            run = []
    if run:
        yield _slot("topic", text, run[0][0], run[-1][1])


def is_telling(word: str) -> bool:
    """Tell whether a word may say something of the situation: no everyday word, no bare mark."""
    plain = word.lower().strip(".:'’\"-")
    empty = plain in everyday_words() or plain in _EMPTY or plain in _LINKS
    empty = empty or plain.replace("’", "'").endswith("n't")
    return len(plain) > 1 and not empty and any(map(str.isalpha, plain))
