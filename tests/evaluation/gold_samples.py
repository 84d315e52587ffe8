"""Small gold questions, answers and a small corpus, for the tests of the evaluation."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wardbook.evaluation.gold import GoldItem
from wardbook.evaluation.gold_reading import read_gold
from wardbook.evaluation.run import Record

PAGE = """# Zelumab

## Dosing

| Use | Dose |
|-----|------|
| **Fever** | 8 mg/kg IV every 12 hours, max 800 mg |
| Rash | 20-40 mg PO daily |

## Safety

- Does **not** cause seizures
- See [[other/thing|the other page]]
"""


def line(**fields: Any) -> str:
    """Give one gold line, with what must be there filled in."""
    return json.dumps({"id": "q1", "kind": "fact", "question": "what?", "answerable": True} | fields)


def write_gold(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def gold(tmp_path: Path, *lines: str) -> tuple[GoldItem, ...]:
    items, faults = read_gold([write_gold(tmp_path / "made.jsonl", *lines)])
    assert not faults
    return items


def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "drugs").mkdir(parents=True, exist_ok=True)
    (folder / "drugs" / "zelumab.md").write_text(PAGE, encoding="utf-8")
    return folder


def regimen(low: float = 8, high: float | None = None, **fields: Any) -> dict[str, Any]:
    given = {
        "drug": "zelumab",
        "amount": {"low": low, "high": low if high is None else high, "unit": "mg"},
        "per": "kg",
        "route": ["IV"],
        "interval_h": [12, 12],
        "max_single": {"value": 800, "unit": "mg"},
    }
    return given | fields


def answer(text: str = "", status: str = "answered", **fields: Any) -> dict[str, Any]:
    return {"status": status, "question": "what?", "standalone_question": "what?", "text": text} | fields


def cited(n: int, section: str, quote: str, lines: Sequence[int] = (7, 7)) -> dict[str, Any]:
    return {"n": n, "page": "drugs/zelumab", "section": section, "quote": quote, "lines": list(lines)}


def record(given: dict[str, Any] | None, sections: Sequence[str] = (), quotes: Sequence[bool] = ()) -> Record:
    passages = tuple({"page": "drugs/zelumab", "section": section, "text": section} for section in sections)
    return Record(given, passages, tuple(quotes), 10.0, None if given else "failed")


class Scripted:
    """An assistant that answers from a table; a question that is not in it raises."""

    def __init__(self, answers: dict[str, dict[str, Any]], passages: Sequence[dict[str, Any]] = ()) -> None:
        self.answers = answers
        self.passages = list(passages)
        self.asked: list[tuple[str, tuple[tuple[str, str], ...]]] = []
        self.searched: list[str] = []

    def ask(self, question: str, history: Sequence[tuple[str, str]] = (), k: int = 10) -> dict[str, Any]:
        self.asked.append((question, tuple(history)))
        return self.answers[question]

    def search(self, query: str, k: int = 10) -> list[dict[str, Any]]:
        self.searched.append(query)
        return self.passages[:k]

    def describe(self) -> dict[str, Any]:
        return {"wardbook": "0.1.0", "model": "none", "corpus": "abc"}
