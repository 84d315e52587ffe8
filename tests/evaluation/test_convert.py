import json
from pathlib import Path

import pytest
from gold_samples import write_gold

from wardbook.corpus.reading import read_document
from wardbook.evaluation.convert import gold_lines, read_table, write_pages
from wardbook.evaluation.convert import write_gold as write
from wardbook.evaluation.gold import GoldError
from wardbook.evaluation.gold_check import gold_check
from wardbook.evaluation.gold_reading import read_gold


def test_rows_become_gold_and_pages_that_fit_each_other(tmp_path: Path) -> None:
    table = tmp_path / "rows.csv"
    lines = [
        "id,question,page,section,answerable",
        'a,"what, then?",g/one,Causes,',
        'a,"what, then?",g/two,Causes,',
        "b,why?,g/two,,true",
        "c,how?,,,no",
    ]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    pages = [
        {"page": "g/one", "title": "One\n# more", "section": "Causes", "text": "# not a heading\n---\nwords"},
        {"page": "g/one", "title": "One", "section": "Cure", "text": "words"},
        {"page": "g/two", "section": "", "text": "words"},
        {"page": "g/two", "section": "Causes", "text": "words"},
    ]
    assert write_pages(pages, tmp_path / "pages") == 2
    assert write(read_table(table), tmp_path / "gold.jsonl") == 3
    items, faults = read_gold([tmp_path / "gold.jsonl"])
    assert not faults and not gold_check([tmp_path / "gold.jsonl"], tmp_path / "pages")
    assert items[0].gold_sections == (("g/one", "Causes"), ("g/two", "Causes"))
    assert (items[2].answerable, items[2].expect_status) == (False, "not_found")
    one = read_document((tmp_path / "pages" / "g" / "one.md").read_bytes(), "g/one")
    assert [section.id for section in one.sections] == ["", "Causes", "Cure"] and one.title == "One # more"


@pytest.mark.parametrize("row", [{"page": "p"}, {"question": "x"}, {"question": " ", "page": "p"}])
def test_a_row_that_lacks_something_is_named(row: dict[str, str]) -> None:
    with pytest.raises(GoldError, match="row 1"):
        gold_lines([row])


@pytest.mark.parametrize("page", ["../out", "/etc/x", "", "a/../../b"])
def test_a_page_never_lies_outside_the_folder(tmp_path: Path, page: str) -> None:
    with pytest.raises(GoldError, match="page id"):
        write_pages([{"page": page, "text": "x"}], tmp_path / "pages")


def test_tables_are_read_in_three_forms(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("question\tpage\nx\tp\n", encoding="utf-8")
    jsonl = write_gold(tmp_path / "t.jsonl", json.dumps({"question": "x", "page": "p"}))
    assert read_table(tmp_path / "t.tsv") == read_table(jsonl)
    with pytest.raises(GoldError, match=r"bad\.jsonl:2"):
        read_table(write_gold(tmp_path / "bad.jsonl", "{}", "["))
    with pytest.raises(GoldError):
        read_table(tmp_path / "none.csv")
