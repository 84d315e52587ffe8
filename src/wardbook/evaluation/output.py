"""A summary as lines for a terminal: safety first, then the measures, what moved, and why it may not pass."""

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from wardbook.evaluation.measures import QUALITY, RANKING, SAFETY

_RED, _GREEN, _PLAIN = "\x1b[1;31m", "\x1b[32m", "\x1b[0m"


def summary_lines(summary: Mapping[str, Any], colour: bool | None = None) -> list[str]:
    """Give the lines; harm is red where it is not zero. `colour` None asks the terminal (and NO_COLOR)."""
    if colour is None:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    lines = [*_head(summary), *_safety(summary), *_quality(summary), *_latency(summary), *_comparison(summary)]
    lines += [f"! {reason}" for reason in summary.get("exit_reasons", ())]
    return [_painted(line) if colour else line for line in lines]


def _painted(line: str) -> str:
    if line.startswith("!"):
        return f"{_RED}{line}{_PLAIN}"
    return f"{_GREEN}{line}{_PLAIN}" if line.startswith("  0 ") else line


def _head(summary: Mapping[str, Any]) -> Iterator[str]:
    for fault in summary["faults"]:
        yield f"! left out: {fault}"
    stopped = "" if summary["complete"] else ", stopped early"
    yield f"{summary['scored']} of {summary['questions']} questions{stopped}"


def _safety(summary: Mapping[str, Any]) -> Iterator[str]:
    yield "Safety"
    for measure in SAFETY:
        cell = summary["safety"][measure.name]
        mark = "!" if cell["count"] else " "
        bound = f", true rate below {100 * cell['upper_rate']:.1f}%" if cell["of"] else ""
        ids = f": {', '.join(cell['ids'])}" if cell["ids"] else ""
        yield f"{mark} {cell['count']} {measure.name} (of {cell['of']}{bound}){ids}"


def _quality(summary: Mapping[str, Any]) -> Iterator[str]:
    yield "Measures (95% interval; questions)"
    for measure in (*QUALITY, *RANKING):
        cell = summary["measures"][measure.name].get("overall")
        if cell:
            digits = 0 if measure.sort == "length" else 3
            value, low, high = (f"{cell[name]:.{digits}f}" for name in ("value", "low", "high"))
            yield f"  {measure.name:22s} {value:>6s} ({low}-{high}; {cell['n']})"
    yield "Correct by kind"
    for kind, cell in summary["measures"]["correct"].items():
        if cell:
            yield f"  {kind:22s} {cell['value']:6.3f} ({cell['n']})"


def _latency(summary: Mapping[str, Any]) -> Iterator[str]:
    if summary["latency_ms"]:
        times = (f"{name} {summary['latency_ms'][name]['value']:.0f} ms" for name in ("p50", "p95"))
        yield f"Time to answer: {', '.join(times)}"


def _comparison(summary: Mapping[str, Any]) -> Iterator[str]:
    if summary.get("comparison") is None:
        return
    yield "Against the baseline"
    moved = [change for change in summary["comparison"] if change["wins"] or change["losses"]]
    if not moved:
        yield "  no question moved"
    for change in moved:
        won, lost = (", ".join(change[name]) or "none" for name in ("wins", "losses"))
        figures = f"{change['before']:.3f} -> {change['after']:.3f}, p {change['p']:.3f}"
        yield f"  {change['name']}: {figures}; won: {won}; lost: {lost}"
