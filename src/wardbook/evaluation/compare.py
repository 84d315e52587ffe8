"""Two runs question by question: what was won, what was lost, whether chance could do it, and whether it may pass."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from wardbook.evaluation import interval
from wardbook.evaluation.gold import GoldError
from wardbook.evaluation.measures import ALL, SAFETY
from wardbook.evaluation.summary import Scores

TOLERANCES_FILE = "tolerances.toml"
DEFAULT_FALLS = {
    "correct": 0.01,
    "facts included": 0.02,
    "citation recall": 0.02,
    "section nDCG@10": 0.02,
    "section recall@5": 0.02,
    "dose right first": 0.0,
    "computed exact": 0.0,
    "verdict exact": 0.0,
    "abstention recall": 0.02,
    "not wrongly declined": 0.02,
}
"""Largest fall allowed by measure (of a share: 0.02 is two points), where the gold folder says nothing else."""


@dataclass(frozen=True, slots=True)
class Change:
    """How one measure moved between the baseline and this run, over the questions that both have a score for."""

    name: str
    """The measure."""
    before: float
    """Mean of the baseline (a count of safety: its sum)."""
    after: float
    """Mean (or sum) of this run."""
    wins: tuple[str, ...]
    """Ids of questions that got better."""
    losses: tuple[str, ...]
    """Ids of questions that got worse."""
    p: float
    """Of the paired randomization test, adjusted (Holm) over all measures compared."""
    pairs: int
    """Questions compared."""
    fault: str | None
    """Why this change may not pass, or None."""


def read_tolerances(paths: Sequence[Path]) -> dict[str, float]:
    """Read `tolerances.toml` beside the gold files or one folder above, the first there is; else the defaults.

    Its table `[falls]` names a measure and the largest fall allowed. Raises GoldError for an unknown measure or a
    value that is no figure.
    """
    for path in paths:
        folder = path if path.is_dir() else path.parent
        for file in (folder / TOLERANCES_FILE, folder.parent / TOLERANCES_FILE):
            if file.is_file():
                return _falls(file)
    return dict(DEFAULT_FALLS)


def _falls(path: Path) -> dict[str, float]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise GoldError(f"{path} is not TOML: {error}", "mend it, or remove it for the defaults") from error
    if set(document) - {"falls"}:
        raise GoldError(f"{path} holds {sorted(set(document) - {'falls'})}", "give one table, [falls]")
    names = {measure.name for measure in ALL if measure.sort == "share"}
    for name, fall in document.get("falls", {}).items():
        if name not in names:
            raise GoldError(f"{path} names {name!r}, which is no measure", f"one of: {', '.join(sorted(names))}")
        if isinstance(fall, bool) or not isinstance(fall, int | float) or not 0 <= fall <= 1:
            raise GoldError(f"{path} allows {name!r} a fall of {fall!r}", "give a figure from 0 to 1")
    return {name: float(fall) for name, fall in document.get("falls", {}).items()}


def compare(before: Scores, after: Scores, falls: Mapping[str, float]) -> list[Change]:
    """Compare two runs' scores by question; questions that only one of them has a score for are left out of a pair.

    A safety count faults when it rises over all questions of the new run that both asked; a measure named in `falls`
    when its mean falls by more than that.
    """
    drafts = [_change(measure.name, measure.sort, before, after, falls) for measure in ALL]
    found = [change for change in drafts if change is not None]
    adjusted = interval.holm([change.p for change in found])
    return [_with_p(change, p) for change, p in zip(found, adjusted, strict=True)]


def _with_p(change: Change, p: float) -> Change:
    return Change(**{**asdict(change), "p": p})


def _change(name: str, sort: str, before: Scores, after: Scores, falls: Mapping[str, float]) -> Change | None:
    pairs = [question for question in after.get(name, {}) if question in before.get(name, {})]
    if not pairs:
        return None
    gains = {question: after[name][question] - before[name][question] for question in pairs}
    better = 1 if sort == "share" else -1
    share = 1 if sort == "count" else len(pairs)
    old, new = (sum(scores[name][question] for question in pairs) / share for scores in (before, after))
    return Change(
        name=name,
        before=old,
        after=new,
        wins=tuple(question for question in pairs if gains[question] * better > 0),
        losses=tuple(question for question in pairs if gains[question] * better < 0),
        p=interval.randomization(list(gains.values())),
        pairs=len(pairs),
        fault=_fault(name, sort, old, new, falls),
    )


def _fault(name: str, sort: str, old: float, new: float, falls: Mapping[str, float]) -> str | None:
    if sort == "count" and new > old:
        return f"{name} rose from {old:.0f} to {new:.0f}"
    if sort == "share" and name in falls and old - new > falls[name] + 1e-9:
        return f"{name} fell by {old - new:.4f}, more than {falls[name]:.4f}"
    return None


def new_harm(before: Scores, after: Scores) -> list[str]:
    """List the safety faults of questions that the baseline never asked, so that a new question is not a blind spot."""
    asked = {question for by_question in before.values() for question in by_question}
    return [
        f"{measure.name}: {question} (not in the baseline)"
        for measure in SAFETY
        for question, score in after.get(measure.name, {}).items()
        if score and question not in asked
    ]


def as_json(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Give the changes as plain objects."""
    return [asdict(change) for change in changes]
