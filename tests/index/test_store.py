import subprocess
import sys
from pathlib import Path

import pytest
from index_samples import PAGES, Build

from wardbook.corpus.reading import read_document
from wardbook.errors import IndexFault
from wardbook.index.opened import Index, open_index
from wardbook.index.store import dump_drugs, load_drugs, open_store


@pytest.fixture
def opened(run_build: Build, index: Path) -> Index:
    run_build()
    return open_index(index, searching=True)


def test_pages_come_back_as_they_were_read(opened: Index) -> None:
    store = opened.store
    assert store.page_ids() == tuple(sorted(PAGES))
    for page, text in PAGES.items():
        read = read_document(text.encode(), page)
        assert store.document(page) == read
        assert store.sections(page) == read.sections
        assert store.section_ids(page) == tuple(section.id for section in read.sections)
        assert all(store.section_at(page, section.lines[0]) == section.id for section in read.sections if section.id)
        assert store.section_at(page, len(read.lines)) == read.sections[-1].id
        assert [store.section(page, section.id) for section in read.sections] == list(read.sections)
        head = store.head(page)
        assert head
        assert (head.title, head.metadata, head.lines, head.sections) == (read.title, read.metadata, (), ())
    assert [head.id for head in store.heads()] == sorted(PAGES)


def test_what_is_not_there_is_none(opened: Index) -> None:
    store = opened.store
    assert store.document("none") is None
    assert store.head("none") is None
    assert store.section("notes", "none") is None
    assert store.sections("none") == ()
    assert store.passages([10**9]) == {}
    assert store.fact("none") is None
    with pytest.raises(ValueError, match="no table"):
        store.count("pages; --")


def test_passages_are_found_by_id_and_by_vector(opened: Index) -> None:
    store = opened.store
    for page in PAGES:
        listed = store.passages_of(page)
        assert store.passages(list(listed)) == listed
        assert {passage.page for passage in listed.values()} == {page}
    every = {key for page in PAGES for key in store.passages_of(page)}
    held = store.passages_by_vector(opened.vectors.ids().tolist())
    assert {passage for passages in held.values() for passage in passages} == every


def test_a_passage_is_found_by_its_own_words_and_vector(opened: Index) -> None:
    for page in PAGES:
        for key, passage in opened.store.passages_of(page).items():
            question = f"{passage.title} {' '.join(passage.path)} {passage.text}"
            assert key in dict(opened.search_words(question, 20))
            assert key in dict(opened.search_vectors(question, 20))


def test_links_are_resolved_both_ways(opened: Index) -> None:
    forward = opened.store.links_from("events/crs")
    assert [(link.target, link.link.section) for link in forward] == [("mitigations/anakinra", "Dosing")]
    backward = opened.store.links_to("events/crs")
    assert [(link.page, link.link.target) for link in backward] == [("mitigations/anakinra", "crs")]


def test_regimens_keep_their_page_order(opened: Index) -> None:
    regimens = opened.store.regimens()
    assert [regimen.page for regimen in regimens] == sorted(regimen.page for regimen in regimens)
    assert opened.store.regimens("mitigations/anakinra") == tuple(
        r for r in regimens if r.page == "mitigations/anakinra"
    )
    assert {regimen.drug for regimen in opened.store.regimens("mitigations/anakinra")} == {"anakinra"}


def test_names_and_drugs_are_kept(opened: Index) -> None:
    assert ("Kineret", "alias") in [(name.words, name.kind) for name in opened.store.names()]
    drugs = opened.store.drug_names()
    assert drugs.page_drug["mitigations/anakinra"] == "anakinra"
    assert load_drugs(dump_drugs(drugs)) == drugs


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").write_bytes(b"no store at all")
    with pytest.raises(IndexFault, match="cannot be read"):
        open_store(tmp_path / "store.sqlite")


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("index.store.regimens()", "torch faiss onnxruntime numpy llama_index transformers fastapi pydantic"),
        (
            "index.search_vectors('dose', 3), index.search_words('dose', 3)",
            "torch llama_index transformers fastapi pydantic",
        ),
    ],
)
def test_looking_up_and_searching_load_no_more_than_they_need(
    run_build: Build, index: Path, statement: str, absent: str
) -> None:
    run_build()
    searching = "search" in statement
    code = (
        "import sys; from pathlib import Path; from wardbook.index.opened import open_index;"
        f"index = open_index(Path({str(index)!r}), searching={searching}); {statement};"
        f"print([name for name in {absent.split()} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
