"""What a run comes to: safety first, then each measure overall and by kind, with intervals, and latency."""

from collections.abc import Mapping, Sequence
from typing import Any

from wardbook.evaluation import interval
from wardbook.evaluation.gold import GoldFault, GoldItem
from wardbook.evaluation.measures import ALL, SAFETY, score_all
from wardbook.evaluation.run import Run

SUMMARY_VERSION = 1

Scores = Mapping[str, Mapping[str, float]]
"""By measure name and question id."""


def summarize(run: Run, items: Sequence[GoldItem], faults: Sequence[GoldFault] = ()) -> tuple[dict[str, Any], Scores]:
    """Give the summary (JSON-able) and the scores by question that it rests on.

    Of a run that was stopped early only the questions that were asked are scored, and `complete` is false.
    """
    scored = items if run.complete else [item for item in items if item.id in run.records]
    scores = score_all(scored, run.records)
    return {
        "summary_version": SUMMARY_VERSION,
        "complete": run.complete,
        "questions": len(items),
        "scored": len(scored),
        "safety": {measure.name: _count(scores[measure.name]) for measure in SAFETY},
        "measures": {
            measure.name: {group: _mean(scores[measure.name], ids) for group, ids in _groups(scored).items()}
            for measure in ALL
        },
        "latency_ms": _latency(run, scored),
        "errors": {name: record.error for name, record in run.records.items() if record.error},
        "faults": [str(fault) for fault in faults],
        "made_by": dict(run.made_by),
        "started": run.started,
    }, scores


def _groups(items: Sequence[GoldItem]) -> dict[str, list[str]]:
    """Give question ids by group: "overall", "single questions", "follow-ups", then each kind by name."""
    groups: dict[str, list[str]] = {"overall": [item.id for item in items]}
    groups["single questions"] = [item.id for item in items if not item.history]
    groups["follow-ups"] = [item.id for item in items if item.history]
    for kind in sorted({item.kind for item in items}):
        groups[kind] = [item.id for item in items if item.kind == kind]
    return {name: ids for name, ids in groups.items() if ids}


def _count(scores: Mapping[str, float]) -> dict[str, Any]:
    bad = [question for question, score in scores.items() if score]
    return {"count": len(bad), "of": len(scores), "upper_rate": interval.upper_rate(len(bad), len(scores)), "ids": bad}


def _mean(scores: Mapping[str, float], ids: Sequence[str]) -> dict[str, Any] | None:
    values = [scores[question] for question in ids if question in scores]
    if not values:
        return None
    low, high = interval.bootstrap(values)
    return {"value": sum(values) / len(values), "low": low, "high": high, "n": len(values)}


def _latency(run: Run, items: Sequence[GoldItem]) -> dict[str, Any]:
    values = [run.records[item.id].ms for item in items if item.id in run.records and run.records[item.id].answer]
    if not values:
        return {}
    found: dict[str, Any] = {"n": len(values)}
    for name, share in (("p50", 50), ("p95", 95)):
        statistic = interval.percentile_of(share)
        low, high = interval.bootstrap(values, statistic)
        found[name] = {"value": float(interval.percentile_of(share)(values)), "low": low, "high": high}
    return found
