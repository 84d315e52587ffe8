"""Worse configurations on purpose, each of which the gate must catch.

    python bench/worse.py [GOLD ...] [--corpus DIR] [--index DIR]

Runs the gold questions (eval/dev by default) as they are, then with dense ranking alone, with the passages' words
embedded without their headings, and with a query encoder that does not fit the vectors; each against the first run.
Exit 1 where one of them passes.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from wardbook.answering.answer import to_json
from wardbook.assistant import Assistant, open_assistant
from wardbook.evaluation.evaluate import evaluate
from wardbook.index.opened import Index
from wardbook.opened import MakeRank, built_in
from wardbook.retrieval.fusion import fuse
from wardbook.retrieval.ranking import DENSE_SHARE, DEPTH, Rank, Ranked


def ranked(index: Index, scores: dict[int, float], dense: dict[int, float], k: int) -> list[Ranked]:
    """Give passages by their scores."""
    best = sorted(scores, key=lambda key: (-scores[key], key))[:k]
    passages = index.store.passages(best)
    return [Ranked(key, passages[key], scores[key], dense.get(key, 0.0), 0.0) for key in best if key in passages]


def dense_only(index: Index) -> Rank:
    """Rank by vectors alone."""

    def rank(query: str, wide: str, k: int) -> list[Ranked]:
        dense = dict(index.search_vectors(wide or query, DEPTH))
        return ranked(index, dense, dense, k)

    return rank


def no_headings(index: Index) -> Rank:
    """Rank by the words of each passage alone, title and headings left out."""
    passages = index.store.passages(list(range(1, 10 * index.store.count("passages"))))
    ids = sorted(passages)
    vectors = index.encoder.encode([passages[key].text for key in ids], "document")

    def rank(query: str, wide: str, k: int) -> list[Ranked]:
        cosines = vectors @ index.encoder.encode([wide or query], "query")[0]
        dense = {ids[at]: float(cosines[at]) for at in np.argsort(-cosines)[:DEPTH]}
        return ranked(index, dense, dense, k)

    return rank


def wrong_model(index: Index) -> Rank:
    """Fuse as usual, but with query vectors that mean nothing to the index (their numbers in another order)."""
    order = np.random.default_rng(1).permutation(int(str(index.manifest.encoder["dimension"])))

    def rank(query: str, wide: str, k: int) -> list[Ranked]:
        vector = np.ascontiguousarray(index.encoder.encode([wide or query], "query")[0][order])
        ids, scores = index.vectors.search(vector, 2 * DEPTH)
        holders = index.store.passages_by_vector(ids.tolist())
        by_passage: dict[int, float] = {}
        for key, score in zip(ids.tolist(), scores.tolist(), strict=True):
            for passage in holders.get(key, ()):
                by_passage.setdefault(passage, score)
        words = dict(index.search_words(wide or query, DEPTH))
        return ranked(index, dict(fuse(by_passage, words, DENSE_SHARE)), by_passage, k)

    return rank


class Asked:
    """The assistant as an evaluation asks it."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    def ask(self, question: str, history: Sequence[tuple[str, str]] = (), k: int = 10) -> dict[str, Any]:
        return to_json(self.assistant.ask(question, history=history))

    def search(self, query: str, k: int = 10) -> list[dict[str, Any]]:
        return self.assistant.search(query, k)

    def describe(self) -> dict[str, Any]:
        return dict(self.assistant.info())


CONFIGURATIONS: dict[str, MakeRank] = {
    "dense only": dense_only,
    "no headings": no_headings,
    "wrong model": wrong_model,
}


def main() -> None:
    """Run them."""
    parser = argparse.ArgumentParser(description="Worse configurations, to be caught by the gate")
    parser.add_argument("gold", nargs="*", type=Path, default=[Path("eval/dev")])
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--index", type=Path, default=Path("index"))
    given = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        baseline = Path(folder) / "baseline"
        told("as it is", *run(given, built_in, baseline, None))
        for name, make_rank in CONFIGURATIONS.items():
            status, summary = run(given, make_rank, Path(folder) / "worse", baseline / "run.json")
            told(name, status, summary)
            missed += status == 0
    sys.exit(int(bool(missed)))


def run(given: argparse.Namespace, make_rank: MakeRank, out: Path, baseline: Path | None) -> tuple[int, dict[str, Any]]:
    """Evaluate one configuration."""
    assistant = open_assistant(given.corpus, given.index, make_rank)
    return evaluate(Asked(assistant), given.gold, out, baseline, corpus=given.corpus)


def told(name: str, status: int, summary: dict[str, Any]) -> None:
    """Print what became of it."""
    shown = ("correct", "section nDCG@10", "citation recall")
    figures = ", ".join(f"{measure} {summary['measures'][measure]['overall']['value']:.3f}" for measure in shown)
    harm = ", ".join(f"{cell['count']} {measure}" for measure, cell in summary["safety"].items() if cell["count"])
    print(f"{name}: exit {status}; {figures}; {harm or 'no harm'}")
    for reason in summary["exit_reasons"]:
        print(f"  {reason}")


if __name__ == "__main__":
    main()
