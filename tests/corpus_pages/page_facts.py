"""Reads the fact sheets' figures and the shipped pages, and names every place where the two part.

A fault is one line of text that says page, line and reason. Nothing here knows a drug or a page by name.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
SHEETS = ROOT.parent / "shared" / "facts"
UNVERIFIED = "unverified: check local protocol"
SECONDARY = "secondary copy"

_NUMBER = r"\d+(?:\.\d+)?"
_JOIN = r"\s*(?:-|–|/|to|or)\s*"
_UNIT = r"(?:mcg|mg|ml|mmol|meq|iu|units?|kg|g)(?:/(?:kg|m2|day|hour|min|dose|h|d)(?![a-z0-9]))*"
_FIGURE = re.compile(rf"({_NUMBER}(?:{_JOIN}{_NUMBER})*)\s*({_UNIT})(?![a-z0-9]|/(?:dl|ml|l|mcl)(?![a-z]))")
_PERCENT = re.compile(rf"({_NUMBER}(?:{_JOIN}{_NUMBER})*)\s*%()")
_CELLS = re.compile(rf"({_NUMBER}(?:{_JOIN}{_NUMBER})*)\s*(x\s*10\^\d+)(?!\d|/l)")
_REFERENCE = re.compile(r"^(\d+)\. (.+)$")

Sheet = dict[str, Any]
Row = dict[str, Any]
Figures = frozenset[tuple[Decimal, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page."""

    number: int
    """Line number, from 1."""
    path: str
    """Headings above it, lower case, joined by " > "."""
    text: str
    """The line, lower case, thousands commas removed."""


def plain(text: str) -> str:
    """Lower case; no thousands commas, wikilinks as their words, one spelling a unit."""
    text = re.sub(r"\[\[([^\]|]*\|)?([^\]]*)\]\]", r"\2", text.lower())
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    text = re.sub(r"(?<=\d)\s*(mg|g|kg|ml|/m2)[  ]?/\s*d(?:ay)?\b", r" \1/day", text)
    text = re.sub(r"(?<![a-z])[uµμ]g(?![a-z])", "mcg", text)
    return re.sub(r"(?<=\d)e(\d+)", r" x 10^\1", text).replace("×", "x")


@cache
def figures(text: str) -> Figures:
    """Every amount with a unit, every percentage and every power of ten, as (value, unit); a range gives both ends."""
    found: set[tuple[Decimal, str]] = set()
    said = plain(text)
    for pattern in (_FIGURE, _PERCENT, _CELLS):
        for match in pattern.finditer(said):
            unit = re.sub(r"\s", "", match.group(2)) or "%"
            unit = re.sub(r"/d$", "/day", unit)
            found |= {(Decimal(number), unit) for number in re.findall(_NUMBER, match.group(1))}
    return frozenset(found)


def strings(node: Any) -> list[str]:
    """Every string and number below a node of a sheet, sources' bibliographies left out."""
    if isinstance(node, dict):
        return [text for key, child in node.items() if key not in ("sources", "aliases") for text in strings(child)]
    if isinstance(node, list):
        return [text for child in node for text in strings(child)]
    return [] if node is None or isinstance(node, bool) else [str(node)]


def row_figures(row: Row) -> Figures:
    """The doses of a dosing row, `per` and per-day basis included; empty where the sheet allows none."""
    if row["dose_low"] is None:
        return frozenset()
    unit = plain(f"1 {row['unit']}").split()[1]
    unit += f"/{row['per']}" if row["per"] else ""
    unit += "/day" if row["dose_basis"] == "per_day" else ""
    numbers = {number for end in ("dose_low", "dose_high") for number in re.findall(_NUMBER, str(row[end]))}
    return frozenset((Decimal(number), unit) for number in numbers)


def sheet_figures(sheet: Sheet) -> Figures:
    """Every figure of a sheet: structured doses, daily maxima, and what its texts say."""
    found = {figure for text in strings(sheet) for figure in figures(text)}
    for row in sheet.get("dosing", []):
        found |= row_figures(row)
        found |= {(value, unit + "/day") for value, unit in figures(str(row["max_daily"]))}
    return frozenset(found)


def allowed_figures(page: str, sheets: dict[str, Sheet]) -> Figures:
    """What a page may print: its sheet's figures, and those of the sheets under `see_also` if it has no dosing rows."""
    own = sheet_figures(sheets[page])
    if sheets[page].get("dosing"):
        return own
    return own.union(*(sheet_figures(sheets[other]) for other in sheets[page]["see_also"]))


def read_sheets() -> dict[str, Sheet]:
    """Page id to sheet; empty where the folder is absent."""
    sheets = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(SHEETS.glob("*.yaml"))]
    return {sheet["page"]: sheet for sheet in sheets}


def page_path(page: str) -> Path:
    return CORPUS / f"{page}.md"


@cache
def body(text: str) -> tuple[Line, ...]:
    """Lines of a page between its front matter and its reference list."""
    lines: list[Line] = []
    path: list[str] = []
    start = len(text.split("---\n", 2)[0].splitlines()) + len(text.split("---\n", 2)[1].splitlines()) + 2
    for number, raw in enumerate(text.splitlines(), 1):
        if number <= start:
            continue
        if raw.startswith("## Key References"):
            break
        if heading := re.match(r"(#+) (.+)", raw):
            depth = len(heading.group(1))
            path = [*path[: depth - 1], heading.group(2).lower()]
        lines.append(Line(number, " > ".join(path), plain(raw)))
    return tuple(lines)


def references(text: str) -> dict[int, str]:
    """Number to entry of the reference list."""
    tail = text.partition("\n## Key References\n")[2]
    return {int(m.group(1)): m.group(2) for line in tail.splitlines() if (m := _REFERENCE.match(line))}


def stray_figures(text: str, allowed: Figures) -> list[str]:
    """Figures that stand on a page and on no sheet of it."""
    return [
        f"line {line.number}: {value} {unit} stands on no sheet"
        for line in body(text)
        for value, unit in sorted(figures(line.text) - allowed)
    ]


def _says_interval(row: Row, text: str) -> bool:
    if row["interval_h"] is None:
        return True
    hours = str(row["interval_h"])
    words = {"24": "day|daily|24 hours", "12": "12 hours|twice daily", "48": "48 hours|alternate days"}
    return re.search(words.get(hours, rf"(?<![\d-]){hours} hours"), text) is not None


def _says_words(row: Row, line: Line, title: str) -> bool:
    drug = str(row["drug"]).lower().split()[0]
    grade = re.search(r"grade (\d)", str(row["severity"]))
    route = re.match(r"IV|SC|PO|intrathecal", str(row["route"]))
    words = [route.group().lower()] if route else []
    words += [grade.group()] if grade else []
    words += ["historical"] if row["status"] == "historical" else []
    whole = f"{line.path} {line.text}"
    return (drug in line.text or drug in title.lower()) and all(word in whole for word in words)


def tells_row(row: Row, line: Line, title: str) -> bool:
    """Whether a line gives this dosing row: drug, dose, interval, route, grade and maxima."""
    told = figures(line.text)
    limits = figures(str(row["max_single"]).split("(")[0])
    daily = figures(str(row["max_daily"]))
    count = rf"(?<!\d){row['max_doses']} doses?" if row["max_doses"] else ""
    return (
        row_figures(row) <= told
        and limits <= told
        and daily <= told | {(value, unit.removesuffix("/day")) for value, unit in told}
        and re.search(count, line.text) is not None
        and _says_interval(row, line.text)
        and _says_words(row, line, title)
    )


def row_faults(text: str, sheet: Sheet) -> list[str]:
    """Dosing rows with figures that the page does not give, or gives without the words they must carry."""
    faults: list[str] = []
    taken: set[int] = set()
    rows = [row for row in sheet.get("dosing", []) if row_figures(row)]
    for row in (row for row in rows if row["verified"]):
        telling = [line for line in body(text) if tells_row(row, line, sheet["title"])]
        taken |= {line.number for line in telling}
        if not telling:
            faults.append(f"dosing row {row['id']} is not on the page")
        elif row["best_tier"] == "C" and not any(SECONDARY in line.text for line in telling):
            faults.append(f"dosing row {row['id']} does not say that it is from a secondary copy")
    for row in (row for row in rows if not row["verified"]):
        faults += [
            f"line {line.number}: dosing row {row['id']} is printed without '{UNVERIFIED}'"
            for line in body(text)
            if line.number not in taken and "unverified" not in line.text and _hints_row(row, line, sheet)
        ]
    return faults


def _hints_row(row: Row, line: Line, sheet: Sheet) -> bool:
    """Whether a line gives this row, or beside the drug's name a figure of it that no verified row of the drug has."""
    drug = str(row["drug"]).lower().split()[0]
    sure = {f for other in sheet["dosing"] if other["verified"] and drug in other["drug"] for f in row_figures(other)}
    in_part = line.text.startswith(f"| {drug} |") and bool((row_figures(row) & figures(line.text)) - sure)
    return in_part or tells_row(row, line, sheet["title"])


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]{2,}", text.lower()))


def source_of(entry: str, sheet: Sheet) -> dict[str, Any] | None:
    """The sheet's source behind a reference entry: by DOI, else by most words in common (half of them at least)."""
    sources: list[dict[str, Any]] = sheet["sources"]
    for source in sources:
        if source["doi"] and str(source["doi"]).lower() in entry.lower():
            return source
    said = _words(entry)

    def share(source: dict[str, Any]) -> float:
        known = _words(source["citation"])
        return len(said & known) / min(len(said), len(known))

    best = max(sources, key=share)
    return best if share(best) >= 0.5 else None


def reference_faults(text: str, sheet: Sheet) -> list[str]:
    """DOIs that no sheet source has, entries without a source, and unread sources cited alone as if they were read."""
    dois = {str(source["doi"]).lower() for source in sheet["sources"] if source["doi"]}
    faults, unread = [], set()
    for number, entry in references(text).items():
        source = source_of(entry, sheet)
        faults += [
            f"reference {number}: DOI {doi} is on no source of the sheet"
            for doi in re.findall(r"\[(10\.[^\]]+)\]", entry)
            if doi.lower() not in dois
        ]
        if source is None and "not read" not in entry:
            faults.append(f"reference {number} is no source of the sheet")
        if source is None or source["tier"] in ("not read", "seed"):
            unread.add(number)
    for line in body(text):
        cited = {int(mark) for mark in re.findall(r"\[(\d+)\]", line.text)}
        if cited and cited <= unread and "unverified" not in line.text:
            faults.append(f"line {line.number}: rests on unread sources alone and does not say '{UNVERIFIED}'")
    return faults


def _stems(text: str) -> frozenset[str]:
    """Numbers, and the first five letters of words of four or more; marks and the unverified wording left out."""
    said = re.sub(r"\[\d+\]", " ", plain(text).replace(UNVERIFIED, " "))
    return frozenset(word[:5] for word in re.findall(rf"[a-z]{{4,}}|{_NUMBER}", said))


def bare_facts(text: str, sheet: Sheet) -> list[str]:
    """Lines whose nearest fact of the sheet (70% of its words at least) is unverified, and that do not say so."""
    facts = [(fact, _stems(fact["fact"])) for section in sheet["sections"] for fact in section["facts"]]
    faults: list[str] = []
    for line in body(text):
        said = _stems(line.text)
        shares = [(len(stems & said) / len(stems), fact) for fact, stems in facts if stems]
        share, fact = max(shares, key=lambda pair: pair[0])
        plain_speech = "unverified" in line.text or "older page" in line.text or line.text.startswith("#")
        if share >= 0.7 and not fact["verified"] and not plain_speech:
            faults.append(f"line {line.number}: unverified fact printed bare: {fact['fact']}")
    return faults


def untold_disagreements(text: str, sheet: Sheet) -> list[str]:
    """Figures on which the sheet's sources differ that the page does not give under "Where Sources Disagree"."""
    part = [line.text for line in body(text) if "where sources disagree" in line.path]
    told: Figures = frozenset().union(*map(figures, part))
    faults = []
    for case in [*(sheet.get("conflicts") or []), *(sheet.get("discrepancies") or [])]:
        sides = strings([case.get(side) for side in ("positions", "seed", "literature")])
        left = frozenset[tuple[Decimal, str]]().union(*map(figures, sides)) - told
        if left or not part:
            faults.append(f"not told as a disagreement: {case.get('topic') or case['seed']}: {sorted(left)}")
    return faults


def faults_of(text: str, sheet: Sheet, allowed: Figures) -> list[str]:
    """Everything in which a page parts from its sheet; `allowed`: the figures that it may print."""
    return [
        *stray_figures(text, allowed),
        *row_faults(text, sheet),
        *reference_faults(text, sheet),
        *bare_facts(text, sheet),
        *untold_disagreements(text, sheet),
    ]
