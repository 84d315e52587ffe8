"""Public question sets to pages and gold: from a table of (question, page, section) and of page texts.

The questions are JSON lines, or CSV or TSV with a header, with the fields

    question   as asked
    page       id of the page that answers (several: one line each, with the same `id`)
    section    heading of the section that answers ("" for the text above the first heading)
    id         optional; q1, q2, ... where it is missing
    kind       optional
    answerable optional; "false", "no" or "0" says that no page answers (page and section are then left out)

The pages, where they are not Markdown already, are the same kinds of file with the fields

    page       id: the path below the corpus folder, with `/`
    title      heading 1
    section    heading 2; lines of one page follow each other, in order
    text       words of the section; nothing in it is read as a heading
"""

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from wardbook.evaluation.gold import GoldError

Rows = Sequence[Mapping[str, Any]]


def read_table(path: Path) -> list[dict[str, Any]]:
    """Read a `.jsonl`, `.csv` or `.tsv` file as rows. Raises GoldError that names the line that cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path} cannot be read: {error}", "give a UTF-8 .jsonl, .csv or .tsv file") from error
    if path.suffix == ".jsonl":
        return [_row(path, number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    return list(csv.DictReader(text.splitlines(keepends=True), delimiter="\t" if path.suffix == ".tsv" else ","))


def _row(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise GoldError(f"{path}:{number} is not JSON", "mend the line") from error
    if not isinstance(row, dict):
        raise GoldError(f"{path}:{number} is not an object", 'give lines like {"question": ..., "page": ...}')
    return row


def gold_lines(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give gold questions in the contract's form; rows with one id become one question with several gold sections."""
    found: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(rows, start=1):
        question = str(row.get("question") or "").strip()
        if not question:
            raise GoldError(f"row {number} has no question", "give question, page and section in each row")
        name = str(row.get("id") or f"q{number}")
        answerable = str(row.get("answerable", "true")).lower() not in ("false", "no", "0")
        item = found.setdefault(
            name,
            {
                "id": name,
                "kind": str(row.get("kind") or "retrieval"),
                "question": question,
                "answerable": answerable,
                "expect_status": "answered" if answerable else "not_found",
                "gold_sections": [],
            },
        )
        if answerable:
            if not row.get("page"):
                raise GoldError(f"row {number} has no page", "name the page that answers, or say answerable: false")
            item["gold_sections"].append([str(row["page"]), str(row.get("section") or "")])
    return list(found.values())


def write_gold(rows: Rows, path: Path) -> int:
    """Write the gold file; returns the number of questions."""
    lines = gold_lines(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return len(lines)


def write_pages(rows: Rows, folder: Path) -> int:
    """Write page rows as Markdown files below a folder; returns the number of pages.

    Raises GoldError for a page id that would lie outside the folder.
    """
    pages: dict[str, list[str]] = {}
    for row in rows:
        page = str(row.get("page") or "")
        parts = PurePosixPath(page).parts
        if not parts or page.startswith("/") or ".." in parts:
            raise GoldError(f"page id {page!r} is not a path below the folder", "give ids like group/name")
        blocks = pages.setdefault(page, [f"# {_one_line(row.get('title') or parts[-1])}"])
        if row.get("section"):
            blocks.append(f"## {_one_line(row['section'])}")
        blocks.append(_body(str(row.get("text") or "")))
    for page, blocks in pages.items():
        path = folder / f"{page}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(block for block in blocks if block) + "\n", encoding="utf-8")
    return len(pages)


def _one_line(words: object) -> str:
    return " ".join(str(words).split())


def _body(text: str) -> str:
    """Give the words so that none of them turns into a heading."""
    text = re.sub(r"^(\s{0,3})(#{1,6})", r"\1\\\2", text.strip(), flags=re.MULTILINE)
    return re.sub(r"^(\s{0,3})(=+|-+)[ \t]*$", r"\1\\\2", text, flags=re.MULTILINE)
