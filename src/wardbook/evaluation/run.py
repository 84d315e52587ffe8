"""A run: every gold question asked once, kept so that it can be scored again without asking again."""

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from wardbook.errors import IndexFault, ModelError, QuestionError, SettingsError, WardbookError
from wardbook.evaluation.gold import GoldItem
from wardbook.evaluation.quote import stands

RUN_VERSION = 1
DEPTH = 20
"""Passages asked for and kept per question; more than the deepest measure (nDCG@10) reads, since several passages of
one section count once."""
SHOWN = 5
"""Passages whose words are kept, for the report."""
PASSAGE_CHARACTERS = 300
"""Words kept of such a passage."""

Progress = Callable[[int, int, str], None]
"""Called with questions done, questions in all, and the id of the one that is asked next ("" at the end)."""


class RunError(WardbookError):
    """A run file cannot be used."""


class Assistant(Protocol):
    """What an evaluation needs of the assistant."""

    def ask(self, question: str, history: Sequence[tuple[str, str]] = (), k: int = 10) -> dict[str, Any]:
        """Give an Answer in the contract's JSON form; history as (role, content), oldest first."""

    def search(self, query: str, k: int = 10) -> list[dict[str, Any]]:
        """Give ranked passages: rank, score, page, section, lines, text."""

    def describe(self) -> dict[str, Any]:
        """Give versions, settings, model and corpus hash."""


@dataclass(frozen=True, slots=True)
class Record:
    """What came back for one question."""

    answer: Mapping[str, Any] | None
    """The contract's Answer, or None where the assistant failed."""
    passages: tuple[Mapping[str, Any], ...]
    """Ranked passages for the standalone question, best first; the words of the first SHOWN, cut short."""
    quotes: tuple[bool, ...]
    """By citation: whether its quote stood in the file when it was asked."""
    ms: float
    """Wall time of `ask`, milliseconds, to a tenth."""
    error: str | None = None
    """Why there is no answer, or None."""


@dataclass(frozen=True, slots=True)
class Run:
    """All records of one run, and what produced them."""

    made_by: Mapping[str, Any]
    """The assistant's own description: versions, settings, model, corpus hash."""
    records: Mapping[str, Record]
    """By question id, in the order asked."""
    complete: bool
    """False where it was stopped before the last question."""
    started: str
    """UTC, ISO 8601."""


def ask_all(
    assistant: Assistant,
    items: Sequence[GoldItem],
    corpus: Path,
    progress: Progress | None = None,
) -> Run:
    """Ask every question in order; Ctrl-C ends the run early and keeps what it has.

    A question that the assistant refuses or fails on is recorded as such and scored as missing. Raises IndexFault,
    ModelError or SettingsError at once, since every further question would fail alike.
    """
    started = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    made_by = assistant.describe()
    records: dict[str, Record] = {}
    tell = progress or (lambda _done, _total, _next: None)
    try:
        for done, item in enumerate(items):
            tell(done, len(items), item.id)
            records[item.id] = _ask(assistant, item, corpus)
        tell(len(items), len(items), "")
    except KeyboardInterrupt:
        return Run(made_by, records, complete=False, started=started)
    return Run(made_by, records, complete=True, started=started)


def _ask(assistant: Assistant, item: GoldItem, corpus: Path) -> Record:
    began = time.perf_counter()
    try:
        answer = assistant.ask(item.question, item.history, 10)
        ms = round((time.perf_counter() - began) * 1000, 1)
        query = answer.get("standalone_question") or item.question
        passages = tuple(_short(passage, rank) for rank, passage in enumerate(assistant.search(query, DEPTH)))
    except (IndexFault, ModelError, SettingsError):
        raise
    except QuestionError as refusal:
        return Record(None, (), (), 0.0, str(refusal))
    except Exception as failure:  # noqa: BLE001  one crash must not lose the other questions; it is scored as missing
        return Record(None, (), (), 0.0, f"{type(failure).__name__}: {failure}")
    return Record(answer, passages, tuple(stands(corpus, cited) for cited in answer.get("citations", ())), ms)


def _short(passage: Mapping[str, Any], rank: int) -> dict[str, Any]:
    kept = {name: passage.get(name) for name in ("page", "section", "lines", "score")}
    return {**kept, "text": str(passage.get("text", ""))[:PASSAGE_CHARACTERS]} if rank < SHOWN else kept


def write_run(run: Run, path: Path) -> None:
    """Write a run file, whole or not at all: JSON, one record a line, so that two of them can be read side by side."""
    head = {"run_version": RUN_VERSION, "started": run.started, "complete": run.complete, "made_by": run.made_by}
    records = ",\n".join(f"{_compact(name)}:{_compact(asdict(record))}" for name, record in run.records.items())
    write_whole(path, f'{_compact(head)[:-1]},"records":{{\n{records}\n}}}}\n')


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


_SCORED = (
    "status", "question", "standalone_question", "text", "citations", "regimens", "computed", "verdict",
    "clarification", "conflicts", "confidence",
)  # fmt: skip
_SHOWN_ONLY = ("title", "url", "evidence_level", "last_updated", "verbatim", "notes", "unparsed", "lines", "schedule")


def for_baseline(run: Run) -> Run:
    """Give the run with what the measures read and nothing else, so that it can be kept in a repository."""
    return replace(run, records={name: _slim(record) for name, record in run.records.items()})


def _slim(record: Record) -> Record:
    given = record.answer
    answer = None if given is None else {name: _bare(given[name]) for name in _SCORED if given.get(name) is not None}
    passages = tuple({name: passage.get(name) for name in ("page", "section")} for passage in record.passages)
    return replace(record, answer=answer, passages=passages)


def _bare(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_bare(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _bare(one) for name, one in value.items() if name not in _SHOWN_ONLY and one not in (None, [])}
    return value


def write_whole(path: Path, text: str) -> None:
    """Write text beside `path` and put it in its place, so that a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8", errors="replace")
    beside.replace(path)


def read_run(path: Path) -> Run:
    """Read a run file. Raises RunError where it is missing, not a run, or of another version."""
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise RunError(f"run file {path} cannot be read ({error.strerror})", "name a run.json of --report") from error
    except ValueError as error:
        raise RunError(f"run file {path} is not JSON", "name a run.json that --report wrote") from error
    if not isinstance(document, dict) or document.get("run_version") != RUN_VERSION:
        raise RunError(f"run file {path} is not of version {RUN_VERSION}", "make it again with wardbook eval --report")
    try:
        records = {
            name: replace(Record(**record), passages=tuple(record["passages"]), quotes=tuple(record["quotes"]))
            for name, record in document["records"].items()
        }
        return Run(document["made_by"], records, bool(document["complete"]), document["started"])
    except (KeyError, TypeError, AttributeError) as error:
        raise RunError(f"run file {path} lacks fields", "make it again with wardbook eval --report") from error
