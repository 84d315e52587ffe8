"""What the command line calls: run gold questions, score, compare, report."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wardbook.evaluation import compare as comparing
from wardbook.evaluation.gold import GoldError, GoldFault, GoldItem
from wardbook.evaluation.gold_check import gold_check
from wardbook.evaluation.gold_reading import read_gold
from wardbook.evaluation.measures import score_all
from wardbook.evaluation.report import write_report
from wardbook.evaluation.run import (
    Assistant,
    Progress,
    Run,
    RunError,
    ask_all,
    for_baseline,
    read_run,
    write_run,
    write_whole,
)
from wardbook.evaluation.summary import Scores, summarize

__all__ = ["evaluate", "gold_check", "rescore"]


def evaluate(
    assistant: Assistant,
    gold_paths: Sequence[Path],
    report: Path | None = None,
    baseline: Path | None = None,
    progress: Progress | None = None,
    *,
    corpus: Path,
) -> tuple[int, dict[str, Any]]:
    """Ask every gold question and give (exit status, summary).

    With `report` the folder gets `report.html`, `summary.json`, `run.json` and, of that, what a later run is compared
    with, `baseline.json`. The exit status is 0, or 1 where a
    safety count rises against the baseline, a named measure falls by more than its tolerance, or Ctrl-C stopped the
    run (it is then scored and written with what it has). Raises GoldError or RunError before anything is asked,
    and RunError where every question failed.
    """
    items, faults = read_gold(gold_paths)
    before = _baseline(baseline, items)
    falls = comparing.read_tolerances(gold_paths)
    run = ask_all(assistant, items, corpus, progress)
    if run.records and all(record.answer is None for record in run.records.values()):
        error = next(iter(run.records.values())).error
        raise RunError(f"every question failed, the first with: {error}", "mend that first; nothing was measured")
    return _finish(run, items, faults, before, falls, report)


def rescore(
    run_file: Path, gold_paths: Sequence[Path], report: Path | None = None, baseline: Path | None = None
) -> tuple[int, dict[str, Any]]:
    """Score a run file again, without asking; the same results as `evaluate` gave for the same gold questions."""
    items, faults = read_gold(gold_paths)
    before = _baseline(baseline, items)
    falls = comparing.read_tolerances(gold_paths)
    return _finish(read_run(run_file), items, faults, before, falls, report)


def _baseline(path: Path | None, items: Sequence[GoldItem]) -> Scores | None:
    """Score the baseline on today's gold, over the questions that it was asked."""
    if path is None:
        return None
    run = read_run(path)
    asked = [item for item in items if item.id in run.records]
    if not asked:
        raise GoldError(f"baseline {path} shares no question with the gold files", "give the run of the same questions")
    return score_all(asked, run.records)


def _finish(
    run: Run,
    items: Sequence[GoldItem],
    faults: Sequence[GoldFault],
    before: Scores | None,
    falls: dict[str, float],
    report: Path | None,
) -> tuple[int, dict[str, Any]]:
    summary, scores = summarize(run, items, faults)
    changes = None if before is None else comparing.compare(before, scores, falls)
    reasons = [] if run.complete else ["stopped before the last question"]
    if before is not None and changes is not None:
        reasons += [change.fault for change in changes if change.fault] + comparing.new_harm(before, scores)
    summary["comparison"] = None if changes is None else comparing.as_json(changes)
    summary["exit_reasons"] = reasons
    if report is not None:
        write_run(run, report / "run.json")
        write_run(for_baseline(run), report / "baseline.json")
        write_report(report / "report.html", summary, items, run, changes)
        write_whole(report / "summary.json", json.dumps(summary, ensure_ascii=False, indent=1, default=str) + "\n")
    return int(bool(reasons)), summary
