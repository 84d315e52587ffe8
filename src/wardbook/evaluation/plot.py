"""Small plots as inline SVG, drawn without scripts, fonts or colours of their own (the page's style gives them)."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH = 640
"""Of every plot, in user units; the page scales it."""
_LEFT, _RIGHT, _ROW = 190, 80, 24


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its interval; all figures are shares from 0 to 1."""

    label: str
    """Words on the left."""
    value: float
    """Length of the bar."""
    low: float
    """Lower end of the interval."""
    high: float
    """Upper end of the interval."""
    n: int
    """Questions behind it."""


def _svg(title: str, height: float, body: Sequence[str]) -> Markup:
    head = f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" xmlns="http://www.w3.org/2000/svg">'
    return Markup(f"{head}<title>{escape(title)}</title>{''.join(body)}</svg>")


def _text(x: float, y: float, words: str, anchor: str = "start", name: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{name}">{escape(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, name: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{name}"/>'


def bars(title: str, rows: Sequence[Bar]) -> Markup:
    """Draw a bar a row, from 0 to 1, with its interval and its figures."""
    scale = WIDTH - _LEFT - _RIGHT
    bottom = len(rows) * _ROW + 6
    body = [_line(_LEFT + scale * at / 4, 0, _LEFT + scale * at / 4, bottom, "grid") for at in range(5)]
    body += [_text(_LEFT + scale * at / 4, bottom + 14, f"{at * 25}%", "middle", "small") for at in range(5)]
    for number, row in enumerate(rows):
        y = number * _ROW + 6.0
        x = _LEFT + scale * row.value
        body.append(_text(_LEFT - 8, y + 13, row.label, "end"))
        body.append(f'<rect x="{_LEFT}" y="{y + 2}" width="{scale * row.value:.1f}" height="{_ROW - 9}" class="bar"/>')
        body.append(_line(_LEFT + scale * row.low, y + 9.5, _LEFT + scale * row.high, y + 9.5, "whisker"))
        body.append(_line(x, y + 5, x, y + 14, "whisker"))
        body.append(_text(WIDTH - _RIGHT + 8, y + 13, f"{row.value:.0%} of {row.n}", "start", "small"))
    return _svg(title, bottom + 20, body)


def histogram(title: str, values: Sequence[float], marks: Sequence[tuple[str, float]], bins: int = 40) -> Markup:
    """Draw how often values (milliseconds) fall into equal bins from 0, with named marks; the last bin takes the rest.

    The axis ends at 1.25 times the last mark, so that one slow answer does not flatten the others.
    """
    top = max(1.25 * max((at for _name, at in marks), default=0), 1e-9)
    counts = [0] * bins
    for value in values:
        counts[min(bins - 1, int(value / top * bins))] += 1
    base, left, wide = 170.0, 40.0, (WIDTH - 60) / bins
    highest = max(counts) or 1
    body = [_line(left, base, WIDTH - 20, base, "axis")]
    for at, count in enumerate(counts):
        height = 140 * count / highest
        body.append(
            f'<rect x="{left + at * wide:.1f}" y="{base - height:.1f}" width="{wide - 1:.1f}" height="{height:.1f}" '
            f'class="bar"/>'
        )
    for row, (name, value) in enumerate(marks):
        x = left + (WIDTH - 60) * value / top
        body += [_line(x, 16, x, base, "mark"), _text(x + 4, 24 + 14 * row, f"{name} {value:.0f} ms", "start", "small")]
    body += [
        _text(left, base + 16, "0", "middle", "small"),
        _text(WIDTH - 20, base + 16, f"{top:.0f} ms", "end", "small"),
    ]
    body.append(_text(left - 4, base - 132, str(highest), "end", "small"))
    return _svg(title, base + 22, body)


def calibration(title: str, pairs: Sequence[tuple[float, bool]], bins: int = 10) -> Markup:
    """Draw, by bins of a score from 0 to 1, the share of questions that the pages answer, against the diagonal.

    The area of a dot grows with the number of questions in its bin.
    """
    left, base, side = 60.0, 310.0, 280.0
    body = [_line(left, base, left + side, base - side, "grid"), _line(left, base, left + side, base, "axis")]
    body += [
        _line(left, base, left, base - side, "axis"),
        _text(left + side / 2, base + 34, "score", "middle", "small"),
    ]
    body.append(_text(left - 8, base - side - 10, "share that is answerable", "start", "small"))
    for mark in range(5):
        body.append(_text(left + side * mark / 4, base + 16, f"{mark / 4:g}", "middle", "small"))
        body.append(_text(left - 8, base - side * mark / 4 + 4, f"{mark / 4:g}", "end", "small"))
    for at in range(bins):
        inside = [(score, good) for score, good in pairs if min(bins - 1, int(score * bins)) == at]
        if inside:
            x = left + side * sum(score for score, _good in inside) / len(inside)
            y = base - side * sum(good for _score, good in inside) / len(inside)
            body.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2 + len(inside) ** 0.5:.1f}" class="dot"/>')
            body.append(_text(x + 12, y + 4, str(len(inside)), "start", "small"))
    return _svg(title, base + 44, body)
