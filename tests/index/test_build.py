import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from index_samples import PAGES, Build, write_pages

from wardbook.corpus.passage import Passage
from wardbook.errors import CorpusError, IndexFault, ModelError
from wardbook.index import filling
from wardbook.index.build import build
from wardbook.index.encoder import OnnxEncoder
from wardbook.index.generation import building, read_pointer
from wardbook.index.opened import Index, open_index, stale


def pages_of(index: Path) -> tuple[str, ...]:
    opened = open_index(index)
    try:
        return opened.store.page_ids()
    finally:
        opened.close()


@dataclass
class Contents:
    """All passages, their words and vectors, without ids, which differ with an index's history."""

    passages: list[Passage]
    words: list[list[tuple[str, int]]]
    vectors: npt.NDArray[np.float32]


def contents(index: Index) -> Contents:
    store = index.store
    found = [pair for page in store.page_ids() for pair in store.passages_of(page).items()]
    held: dict[int, list[tuple[str, int]]] = {key: [] for key, _ in found}
    for stem, ids, weights in store.connection.execute("SELECT stem, passages, weights FROM words ORDER BY stem"):
        for key, weight in zip(np.frombuffer(ids, np.uint32), np.frombuffer(weights, np.uint16), strict=True):
            held[int(key)].append((stem, int(weight)))
    ((ids, lengths),) = store.connection.execute("SELECT passages, lengths FROM word_lengths")
    for key, length in zip(np.frombuffer(ids, np.uint32), np.frombuffer(lengths, np.uint32), strict=True):
        held[int(key)].append(("", int(length)))
    vectors = []
    for key, _ in found:
        windows = store.connection.execute("SELECT vector FROM windows WHERE passage = ? ORDER BY ordinal", (key,))
        vectors += [vector for (vector,) in windows]
    return Contents([passage for _, passage in found], [*held.values()], index.vectors.take(vectors))


def assert_same(one: Contents, other: Contents) -> None:
    assert one.passages == other.passages
    assert one.words == other.words
    np.testing.assert_allclose(one.vectors, other.vectors, atol=1e-5)


def test_a_first_build_reports_what_it_holds(run_build: Build, index: Path) -> None:
    report = run_build()
    opened = open_index(index, searching=True)
    assert report.pages == 3 == opened.store.count("pages")
    assert report.sections == opened.store.count("sections") == 7
    assert report.passages == opened.store.count("passages") >= 7
    assert len(opened.vectors) == opened.store.count("vectors") >= report.passages
    assert report.regimens == len(opened.store.regimens()) > 0
    assert (report.reused, report.warnings) == (0, ())


def test_a_second_build_changes_nothing_and_makes_no_generation(run_build: Build, index: Path) -> None:
    first = run_build()
    pointer = read_pointer(index)
    second = run_build()
    assert second.reused == second.passages == first.passages
    assert read_pointer(index) == pointer


def test_an_edit_embeds_only_what_changed(
    run_build: Build, corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run_build()
    embedded: list[str] = []
    encode = OnnxEncoder.encode

    def spy(self: OnnxEncoder, texts: list[str], *rest: object) -> object:
        embedded.extend(texts)
        return encode(self, texts, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(OnnxEncoder, "encode", spy)
    write_pages(corpus, {"events/crs": PAGES["events/crs"].replace("fever alone", "fever, and nothing else")})
    second = run_build()
    assert all("Grading" in text for text in embedded)
    assert any("nothing else" in text for text in embedded)
    assert second.reused == first.passages - 1


def test_a_deleted_page_leaves_nothing_behind(run_build: Build, corpus: Path, index: Path) -> None:
    run_build()
    (corpus / "mitigations" / "anakinra.md").unlink()
    run_build()
    opened = open_index(index, searching=True)
    for table in ("files", "pages", "sections", "passages", "links", "names", "regimens"):
        rows = opened.store.connection.execute(f"SELECT count(*) FROM {table} WHERE page LIKE '%anakinra'").fetchone()
        assert rows == (0,), table
    used = opened.store.connection.execute("SELECT DISTINCT vector FROM windows ORDER BY vector").fetchall()
    assert [key for (key,) in used] == sorted(opened.vectors.ids().tolist())
    assert all("live vaccines" not in passage.text for passage in contents(opened).passages)
    assert [back.target for back in opened.store.links_from("events/crs")] == [None]
    assert not opened.search_words("kineret vaccines", 5)


def test_updates_end_where_a_fresh_build_does(
    run_build: Build, corpus: Path, index: Path, tiny_model: Path, cache: Path, tmp_path: Path
) -> None:
    run_build()
    write_pages(corpus, {"new": "# New\n\nA page on dexamethasone 10 mg IV every 6 h.\n"})
    run_build()
    write_pages(corpus, {"mitigations/anakinra": PAGES["mitigations/anakinra"].replace("100 mg", "150 mg")})
    (corpus / "notes.md").rename(corpus / "renamed.md")
    run_build()
    build(corpus, tmp_path / "fresh", model=str(tiny_model), cache=cache)
    updated, fresh = open_index(index, searching=True), open_index(tmp_path / "fresh", searching=True)
    assert_same(contents(updated), contents(fresh))
    assert updated.store.regimens() == fresh.store.regimens()
    assert updated.store.names() == fresh.store.names()
    assert updated.store.drug_names() == fresh.store.drug_names()
    for page in fresh.store.page_ids():
        assert updated.store.document(page) == fresh.store.document(page)
        assert updated.store.links_from(page) == fresh.store.links_from(page)


def test_equal_corpora_give_equal_contents(
    run_build: Build, corpus: Path, index: Path, tiny_model: Path, cache: Path, tmp_path: Path
) -> None:
    run_build()
    shutil.copytree(corpus, tmp_path / "copy")
    for path in (tmp_path / "copy").rglob("*.md"):
        os.utime(path, (1, 1))
    build(tmp_path / "copy", tmp_path / "other", model=str(tiny_model), cache=cache)
    assert open_index(index).manifest.content == open_index(tmp_path / "other").manifest.content


def test_texts_are_kept_when_pages_must_be_read_anew(
    run_build: Build, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run_build()
    before = contents(open_index(index, searching=True))
    monkeypatch.setattr("wardbook.index.build.recipe", lambda: "another reader")
    monkeypatch.setattr(OnnxEncoder, "encode", lambda *_: pytest.fail("embedded again"))
    second = run_build()
    assert second.reused == first.passages
    assert_same(contents(open_index(index, searching=True)), before)
    assert open_index(index).manifest.recipe == "another reader"


def test_another_model_means_that_nothing_is_kept(
    run_build: Build, corpus: Path, index: Path, tiny_model: Path, cache: Path, tmp_path: Path
) -> None:
    run_build()
    other = tmp_path / "other"
    shutil.copytree(tiny_model, other)
    configuration = other / "sentence_bert_config.json"
    configuration.write_text(configuration.read_text().replace("64", "48"))
    report = build(corpus, index, model=str(other), cache=cache)
    assert report.reused == 0
    assert open_index(index).manifest.encoder["name"] == str(other)


def test_a_damaged_index_is_built_anew_with_a_warning(run_build: Build, index: Path) -> None:
    run_build()
    store = read_pointer(index).folder / "store.sqlite"
    store.write_bytes(store.read_bytes()[:-4096])
    report = run_build()
    assert report.reused == 0
    assert len(report.warnings) == 1
    assert "damaged" in report.warnings[0]
    assert pages_of(index) == tuple(sorted(PAGES))


def test_faults_of_pages_are_told_each_time_and_the_rest_goes_on(run_build: Build, corpus: Path, index: Path) -> None:
    (corpus / "latin.md").write_bytes("# Page\n\n5 µg\n".encode("latin-1"))
    (corpus / "empty.md").write_bytes(b"")
    first, second = run_build(), run_build()
    assert first.pages == 3
    assert len(first.warnings) == 2
    assert sorted(first.warnings) == sorted(second.warnings)
    assert any(line.startswith("latin.md") for line in first.warnings)


def test_an_empty_or_missing_corpus_is_refused(tmp_path: Path, tiny_model: Path, cache: Path) -> None:
    (tmp_path / "void").mkdir()
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "page.md").write_bytes(b"\xff\xfe\xff")
    for corpus in ("void", "missing", "bad"):
        with pytest.raises(CorpusError):
            build(tmp_path / corpus, tmp_path / "index", model=str(tiny_model), cache=cache)
    assert not (tmp_path / "index" / "CURRENT").exists()
    assert not list((tmp_path / "index").glob("gen-*"))


def test_another_precision_means_that_nothing_is_kept(
    run_build: Build, corpus: Path, index: Path, tiny_model: Path, cache: Path
) -> None:
    run_build()
    assert open_index(index).manifest.encoder["precision"] == "int8"
    report = build(corpus, index, model=str(tiny_model), cache=cache, precision="fp32")
    assert report.reused == 0
    assert open_index(index).manifest.encoder["precision"] == "fp32"


def test_an_unknown_model_is_refused(corpus: Path, index: Path, cache: Path) -> None:
    with pytest.raises(ModelError, match="no embedding model"):
        build(corpus, index, model="no-such-model", cache=cache)


def test_a_failing_build_leaves_the_old_index(
    run_build: Build, corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_build()
    pointer = read_pointer(index)
    write_pages(corpus, {"new": "# New\n\nText.\n"})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(filling, "_write_seen", full)
    with pytest.raises(IndexFault, match="No space left"):
        run_build()
    assert read_pointer(index) == pointer
    assert pages_of(index) == tuple(sorted(PAGES))
    assert [path.name for path in index.glob("gen-*")] == [pointer.folder.name]


def test_two_generations_are_kept_and_orphans_are_removed(run_build: Build, corpus: Path, index: Path) -> None:
    run_build()
    for text in ("one", "two", "three"):
        (index / "gen-000900").mkdir(exist_ok=True)
        write_pages(corpus, {"notes": f"Changed to {text}.\n"})
        run_build()
    kept = sorted(path.name for path in index.glob("gen-*"))
    assert len(kept) == 2
    assert read_pointer(index).folder.name == kept[-1]


def test_a_second_build_at_once_waits_or_says_so(
    corpus: Path, index: Path, tiny_model: Path, cache: Path, run_build: Build
) -> None:
    begun, end = threading.Event(), threading.Event()

    def hold() -> None:
        with building(index, 0):
            begun.set()
            end.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    begun.wait(10)
    try:
        with pytest.raises(IndexFault, match="another build"):
            build(corpus, index, model=str(tiny_model), cache=cache, wait=0.2)
        threading.Timer(0.3, end.set).start()
        assert run_build().pages == 3
    finally:
        end.set()
        holder.join()


def test_stale_pages_are_named(run_build: Build, corpus: Path, index: Path) -> None:
    run_build()
    opened = open_index(index)
    assert stale(opened, corpus) == ()
    os.utime(corpus / "notes.md", (1, 1))
    assert stale(opened, corpus) == ()
    write_pages(corpus, {"notes": "Other words.\n", "new": "# New\n\nText.\n"})
    (corpus / "events" / "crs.md").unlink()
    assert stale(opened, corpus) == ("events/crs: deleted", "new: new", "notes: changed")


def test_a_reader_keeps_its_generation_while_builds_go_on(run_build: Build, corpus: Path, index: Path) -> None:
    run_build()
    opened = open_index(index, searching=True)
    opened.load()
    before = contents(opened)
    for text in ("one", "two", "three"):
        write_pages(corpus, {"notes": f"Changed to {text}.\n"})
        run_build()
    assert not opened.folder.exists()
    assert_same(contents(opened), before)
    assert opened.search_vectors("anakinra", 3)


def test_any_folder_name_will_do(corpus: Path, tiny_model: Path, cache: Path, tmp_path: Path) -> None:
    index = tmp_path / "an index? 100% #1 für alle"
    build(corpus, index, model=str(tiny_model), cache=cache)
    opened = open_index(index, searching=True)
    opened.load()
    assert opened.search_vectors("anakinra", 1)
    assert opened.search_words("anakinra", 1)


def test_many_threads_may_ask_one_index(run_build: Build, index: Path) -> None:
    run_build()
    opened = open_index(index, searching=True)
    questions = [f"{word} {at}" for at in range(20) for word in ("anakinra dose", "fever grade", "live vaccines")]
    expected = [(opened.search_words(each, 5), opened.search_vectors(each, 5)) for each in questions]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda each: (opened.search_words(each, 5), opened.search_vectors(each, 5)), questions))
    assert found == expected


def test_a_folder_that_cannot_be_written_is_refused(
    corpus: Path, tiny_model: Path, cache: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexFault, match="--index"):
        build(corpus, tmp_path / "file" / "index", model=str(tiny_model), cache=cache)


def test_without_cache_and_model_an_index_still_answers(
    run_build: Build, index: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_build()
    monkeypatch.setattr("wardbook.index.encoder.find_model", lambda _: pytest.fail("looked for the model"))
    opened = open_index(index, searching=True)
    assert opened.folder.parent == index
    assert opened.search_vectors("anakinra dose", 1)
