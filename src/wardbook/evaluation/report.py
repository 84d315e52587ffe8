"""The report: one HTML page that needs nothing else, safety first, each wrong answer beside what was expected."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from wardbook.evaluation import doses, measures, plot
from wardbook.evaluation.compare import Change
from wardbook.evaluation.gold import GoldItem
from wardbook.evaluation.run import Record, Run, write_whole

SCORE_FIELD = "confidence"
"""Field of an answer that holds the abstention score (0-1), where the assistant gives one."""


def write_report(
    path: Path, summary: Mapping[str, Any], items: Sequence[GoldItem], run: Run, changes: Sequence[Change] | None
) -> None:
    """Write the page. It holds questions and page text, all escaped, and no script."""
    environment = Environment(
        loader=PackageLoader("wardbook.evaluation"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["figure"] = _figure
    page = environment.get_template("report.html").render(
        summary=summary,
        safety=[(measure, summary["safety"][measure.name]) for measure in measures.SAFETY],
        quality=[(measure, summary["measures"][measure.name]) for measure in (*measures.QUALITY, *measures.RANKING)],
        groups=[name for name in summary["measures"]["status"] if name != "overall"],
        plots=plots(summary, items, run),
        changes=changes,
        misses=misses(items, run),
    )
    write_whole(path, page)


def _figure(cell: Mapping[str, Any] | None, sort: str) -> str:
    if cell is None:
        return "–"
    return f"{cell['value']:.0f}" if sort == "length" else f"{cell['value']:.3f}"


def plots(summary: Mapping[str, Any], items: Sequence[GoldItem], run: Run) -> list[tuple[str, Markup]]:
    """Draw the plots with their captions: correct answers by kind, the abstention score, latency."""
    rows = [
        plot.Bar(name, cell["value"], cell["low"], cell["high"], cell["n"])
        for name, cell in summary["measures"]["correct"].items()
        if cell
    ]
    found = [("Correct answers by kind, with 95% bootstrap intervals", plot.bars("Correct answers by kind", rows))]
    pairs = _scored(items, run)
    if pairs:
        found.append(("Calibration of the abstention score", plot.calibration("Calibration", pairs)))
    latency = summary["latency_ms"]
    if latency:
        marks = [(name, latency[name]["value"]) for name in ("p50", "p95")]
        times = [record.ms for record in run.records.values() if record.answer]
        found.append(("Time to answer", plot.histogram("Time to answer", times, marks)))
    return found


def _scored(items: Sequence[GoldItem], run: Run) -> list[tuple[float, bool]]:
    pairs = []
    for item in items:
        record = run.records.get(item.id)
        score = record.answer.get(SCORE_FIELD) if record and record.answer else None
        if isinstance(score, int | float) and 0 <= score <= 1:
            pairs.append((float(score), item.answerable))
    return pairs


def misses(items: Sequence[GoldItem], run: Run) -> list[dict[str, Any]]:
    """List the answers that are not right as a whole, harm first, each with what was expected and what was missed."""
    found = [_miss(item, run.records.get(item.id, measures.MISSING)) for item in items if _wrong(item, run)]
    return sorted(found, key=lambda miss: miss["harm"] is None)


def _wrong(item: GoldItem, run: Run) -> bool:
    asked = run.complete or item.id in run.records
    return asked and not measures.correct(item, run.records.get(item.id, measures.MISSING))


def _miss(item: GoldItem, record: Record) -> dict[str, Any]:
    answer = measures.answer_of(record)
    held = measures.facts(item, record)
    ranked = [
        {**hit, "gold": (hit.get("page"), hit.get("section")) in item.gold_sections} for hit in record.passages[:5]
    ]
    return {
        "item": item,
        "answer": answer,
        "error": record.error,
        "harm": measures.harm(item, record),
        "facts": list(zip(item.must_include, held, strict=True)),
        "forbidden": measures.forbidden(item, record),
        "unsupported": doses.unsupported_figures(answer),
        "outcome": doses.dose_outcome(item.dose, answer) if item.dose else None,
        "citations": [
            {**cited, "stands": stands, "gold": (cited.get("page"), cited.get("section")) in item.gold_sections}
            for cited, stands in zip(answer.get("citations") or (), record.quotes, strict=False)
        ],
        "passages": ranked,
    }
