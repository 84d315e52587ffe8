"""The shipped pages by themselves: whole front matter, marks and entries that match, links that lead somewhere."""

import re
from pathlib import Path
from typing import Any

import page_facts as facts
import pytest
import yaml

PATHS = sorted(path for path in facts.CORPUS.rglob("*.md") if path.name != "README.md")
IDS = {path.relative_to(facts.CORPUS).with_suffix("").as_posix() for path in PATHS}

every_page = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def _front(text: str) -> dict[str, Any]:
    front: dict[str, Any] = yaml.safe_load(text.split("---\n", 2)[1])
    return front


def _links(text: str) -> set[str]:
    return {target.partition("#")[0] for target in re.findall(r"\[\[([^\]|]+)", text)}


def _marks(text: str) -> set[int]:
    body = text.partition("\n## Key References\n")[0]
    return {int(mark) for mark in re.findall(r"\[(\d+)\](?!\()", body)}


def test_there_are_pages() -> None:
    assert PATHS


@every_page
def test_front_matter_is_whole_and_the_footer_agrees(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    front = _front(text)
    assert {"title", "aliases", "category", "evidence_level", "last_updated"} <= set(front)
    assert re.findall(r"(?m)^# (.+)$", text) == [front["title"]]
    assert all(isinstance(alias, str) for alias in front["aliases"])
    assert f"\n**Evidence Level:** {front['evidence_level']}\n" in text
    assert f"\n**Last Updated:** {front['last_updated']}\n" in text


@every_page
def test_every_mark_has_an_entry_and_every_entry_is_cited(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    entries = facts.references(text)
    assert sorted(entries) == list(range(1, len(entries) + 1))
    assert _marks(text) == set(entries)


@every_page
def test_a_doi_is_printed_as_it_is_linked(path: Path) -> None:
    for entry in facts.references(path.read_text(encoding="utf-8")).values():
        links = re.findall(r"\[(10\.\d{4,}/[^\]]+)\]\(https://doi\.org/\1\)", entry)
        assert len(links) == entry.count("doi.org/")


@every_page
def test_links_lead_to_pages_and_to_no_page_itself(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    links = _links(text)
    assert links <= IDS
    assert path.relative_to(facts.CORPUS).with_suffix("").as_posix() not in links
    assert "\n**See also:** [[" in text


def test_every_page_is_linked_from_another() -> None:
    linked = {link for path in PATHS for link in _links(path.read_text(encoding="utf-8"))}
    assert sorted(IDS - linked) == []


@every_page
def test_tables_are_even(path: Path) -> None:
    width = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("|"):
            width = None
            continue
        cells = len(re.findall(r"(?<!\\)\|", line)) - 1
        assert width in (None, cells), f"{path.name}:{number}"
        width = cells


@every_page
def test_notation_is_safe(path: Path) -> None:
    """The error-prone forms of the ISMP list, in the text above the references."""
    body = path.read_text(encoding="utf-8").partition("\n## Key References\n")[0]
    unsafe = {
        "trailing zero": r"\b\d+\.0+\s?(?:mg|mcg|g|mL)\b",
        "naked decimal": r"(?<![\d.])\.\d+\s?(?:mg|mcg|g|mL)\b",
        "glued unit": r"\b\d+(?:mg|mcg|mL|g)\b",
        "micro sign or ug": r"[µμ]g|\bug\b",
        "abbreviated frequency": r"\b(?:QD|QOD|q\d+h|bd|BID|TID)\b",
        "no thousands comma": r"\b\d{4,}\s(?:mg|mcg|g|mL)\b",
        "sign before a dose": r"[<>]=?\s?\d[\d.,]*\s?(?:mg|mcg|g|mL)\b(?!/)",
    }
    assert {name: found for name, pattern in unsafe.items() if (found := re.findall(pattern, body))} == {}


def test_the_readme_stays_out_of_the_index() -> None:
    front = _front((facts.CORPUS / "README.md").read_text(encoding="utf-8"))
    assert front["search"] == {"exclude": True}
