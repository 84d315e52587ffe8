"""Retrieval measures, computed by ir_measures (trec_eval's figures), at page and section level."""

from collections.abc import Mapping, Sequence

import ir_measures
from ir_measures import RR, ScoredDoc, nDCG
from ir_measures import R as Recall

from wardbook.evaluation.gold import GoldItem
from wardbook.evaluation.run import Record

Place = tuple[str, ...]
"""(page,) or (page, section)."""

_MEASURES = {"recall@5": Recall @ 5, "nDCG@10": nDCG @ 10, "MRR": RR}
NAMES = tuple(f"{level} {name}" for level in ("section", "page") for name in _MEASURES)


def ranking_scores(items: Sequence[GoldItem], records: Mapping[str, Record]) -> dict[str, dict[str, float]]:
    """Give the retrieval scores by question id and measure name, for questions with gold sections.

    Relevant are the gold sections (or their pages), each with gain 1; where one of them will do (not `need_all`), only
    the one that comes first, so that finding it first scores 1. Of several passages of one section the first counts.
    A question without ranking scores 0; one without gold sections is not among the keys.
    """
    judged = [item for item in items if item.answerable and item.gold_sections]
    scores: dict[str, dict[str, float]] = {item.id: {} for item in judged}
    for level, depth in (("section", 2), ("page", 1)):
        found = {item.id: ranked_places(records[item.id], depth) if item.id in records else [] for item in judged}
        wanted = {item.id: _relevant(item, found[item.id], depth) for item in judged}
        for question, name, value in _calculate(wanted, found):
            scores[question][f"{level} {name}"] = value
    return scores


def _relevant(item: GoldItem, found: Sequence[Place], depth: int) -> set[Place]:
    gold = {section[:depth] for section in item.gold_sections}
    if item.need_all:
        return gold
    return {next((place for place in found if place in gold), min(gold))}


def ranked_places(record: Record, depth: int) -> list[Place]:
    """Give the places of the passages, best first, each once; `depth` 2 for sections, 1 for pages."""
    places = [(str(hit.get("page")), str(hit.get("section")))[:depth] for hit in record.passages]
    return list(dict.fromkeys(places))


def _calculate(wanted: Mapping[str, set[Place]], found: Mapping[str, Sequence[Place]]) -> list[tuple[str, str, float]]:
    """Run ir_measures; its ties are broken by document id, so the scores handed over fall strictly with rank."""
    names = {measure: name for name, measure in _MEASURES.items()}
    gains = {question: {_key(place): 1 for place in places} for question, places in wanted.items()}
    run = [
        ScoredDoc(question, _key(place), float(-rank))
        for question, places in found.items()
        for rank, place in enumerate(places)
    ]
    if not gains:
        return []
    results = ir_measures.iter_calc(list(names), gains, run)
    return [(str(one.query_id), names[one.measure], float(one.value)) for one in results]


def _key(place: Place) -> str:
    return "\x1f".join(place)
