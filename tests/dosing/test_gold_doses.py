"""The dosing rows of the shipped pages against `eval/doses.jsonl`, keyed by hand cell by cell.

One line a dose: page, section, the row as it stands in the file, the dose cell, the drug (any of the names) and every
field that holds a figure; a field that is not there is empty. "unparsed": a piece of the cell is not understood.
"""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from wardbook.corpus.document import Document
from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import drug_names
from wardbook.dosing.reading import read_regimens
from wardbook.dosing.regimen import Limit, Regimen

ROOT = Path(__file__).parents[2]
FIELDS = (
    "amount", "per", "per_time", "route", "interval_h", "schedule", "duration", "infusion", "max_single", "max_daily",
    "max_doses", "condition", "unparsed", "severity", "evidence",
)  # fmt: skip


def keyed() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ROOT / "eval/doses.jsonl").read_text(encoding="utf-8").splitlines()]


@cache
def pages() -> dict[str, tuple[Document, tuple[Regimen, ...]]]:
    paths = sorted((ROOT / "corpus").rglob("*.md"))
    documents = [
        read_document(p.read_bytes(), p.relative_to(ROOT / "corpus").with_suffix("").as_posix()) for p in paths
    ]
    names = drug_names(documents)
    return {document.id: (document, read_regimens(document, names)) for document in documents}


def figure(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def limit(stated: Limit | None) -> str | None:
    return f"{figure(stated.value)} {stated.unit}" if stated else None


def read_fields(regimen: Regimen) -> dict[str, Any]:
    amount, band = regimen.amount, regimen.condition
    found = {
        "amount": amount and {"low": figure(amount.low), "high": figure(amount.high), "unit": amount.unit},
        "route": list(regimen.route),
        "interval_h": regimen.interval_h and [figure(hours) for hours in regimen.interval_h],
        "max_single": limit(regimen.max_single),
        "max_daily": limit(regimen.max_daily),
        "unparsed": bool(regimen.unparsed),
        "condition": band
        and {
            "quantity": band.quantity,
            "low": figure(band.low),
            "low_inclusive": band.low_inclusive,
            "high": figure(band.high),
            "high_inclusive": band.high_inclusive,
            "unit": band.unit,
        },
    }
    return {name: found[name] if name in found else getattr(regimen, name) for name in FIELDS}


def candidates(row: dict[str, Any]) -> list[Regimen]:
    document, regimens = pages()[row["page"]]
    return [
        regimen
        for regimen in regimens
        if (regimen.verbatim, regimen.section) == (row["dose"], row["section"])
        and regimen.drug in row["drug"]
        and document.text_of(regimen.lines).strip() == row["row"]
    ]


def stands(row: dict[str, Any]) -> bool:
    return row["page"] in pages() and row["row"] in {line.strip() for line in pages()[row["page"]][0].lines}


@pytest.mark.parametrize("row", keyed(), ids=lambda row: f"{row['page']} {row['row'][:50]}")
def test_a_dosing_row_reads_as_it_was_keyed(row: dict[str, Any]) -> None:
    if not stands(row):
        pytest.skip("the page has changed this row since it was keyed")
    (regimen,) = candidates(row)
    empty: dict[str, Any] = {
        name: [] if name == "route" else False if name in ("unparsed", "evidence") else None for name in FIELDS
    }
    assert read_fields(regimen) == {**empty, **{name: row[name] for name in FIELDS if name in row}}


def test_the_key_covers_the_dosing_rows_of_the_shipped_pages() -> None:
    rows = [row for row in keyed() if stands(row)]
    known = {id(regimen) for row in rows for regimen in candidates(row)}
    tables = [regimen for _, regimens in pages().values() for regimen in regimens if not regimen.from_text]
    missing = [f"{r.page}:{r.lines[0]} {r.drug} {r.verbatim}" for r in tables if id(r) not in known]
    assert len(missing) <= len(tables) // 20, f"key these rows in eval/doses.jsonl: {missing}"


def test_nearly_every_row_is_understood_whole() -> None:
    tables = [regimen for _, regimens in pages().values() for regimen in regimens if not regimen.from_text]
    understood = [regimen for regimen in tables if not regimen.unparsed]
    assert len(understood) > len(tables) * 0.95
