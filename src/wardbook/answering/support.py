"""How far the pages hold what a question names, so that of two readings of it the one stands that they answer."""

from collections.abc import Iterable, Sequence

from wardbook.answering.measures import without_measures
from wardbook.answering.question_words import spans_told
from wardbook.answering.readings import readings
from wardbook.answering.terms import FAINT, Held, Term, held


def situation(text: str) -> str:
    """Give a question without the patient's measures, groups and routes, which rows word in other ways."""
    spans = [(each.number, each.end) for each in readings(text)]
    spans += [(begin, end) for table in ("population", "route", "kind") for _, begin, end in spans_told(table, text)]
    kept = list(without_measures(text))
    for begin, end in spans:
        kept[begin:end] = " " * (end - begin)
    return " ".join("".join(kept).split())


def held_together(terms: Sequence[Term], pieces: Iterable[tuple[str, str]]) -> float:
    """Give the greatest part of the terms, by weight, that one piece holds with the headings over it; 0 to 1.

    Everyday words and words of asking do not count; a figure does.
    """
    telling = [term for term in terms if term.weight > FAINT]
    whole = sum(term.weight for term in telling)
    if not whole:
        return 0.0
    return max((_part(telling, held(text), held(above)) for text, above in pieces), default=0.0) / whole


def _part(terms: Sequence[Term], text: Held, above: Held) -> float:
    return sum(term.weight for term in terms if text.holds_with(above, term))
