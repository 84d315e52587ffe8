"""Damaged, mixed, newer and half-made indexes: refused, with what is wrong and the mend."""

import json
import random
import shutil
from pathlib import Path

import pytest
from index_samples import Build, write_pages

from wardbook.errors import IndexFault
from wardbook.index.generation import read_pointer
from wardbook.index.manifest import FORMAT, Manifest, read_manifest, write_manifest
from wardbook.index.opened import open_index


def files_of(index: Path) -> list[Path]:
    folder = read_pointer(index).folder
    return [index / "CURRENT", *sorted(folder.iterdir())]


def damage(data: bytes, how: str, rng: random.Random) -> bytes:
    """Give bytes that differ from these."""
    at = rng.randrange(len(data))
    if how == "flip":
        return data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :]
    if how == "truncate":
        return data[:at]
    if how == "append":
        return data + b"\0"
    end = min(at + 512, len(data))
    zeroed = data[:at] + bytes(end - at) + data[end:]
    return zeroed if zeroed != data else data + b"\0"


def check_refused(index: Path, mutations: int) -> None:
    rng = random.Random(0)
    files = files_of(index)
    for number in range(mutations):
        path = files[number % len(files)]
        data = path.read_bytes()
        path.unlink()  # the encoder's files are links to the cache, which is to stay as it is
        path.write_bytes(damage(data, ("flip", "truncate", "zero", "append")[number // len(files) % 4], rng))
        try:
            with pytest.raises(IndexFault) as refusal:
                open_index(index, searching=True).load()
            assert "wardbook index" in refusal.value.mend
            assert "damaged" in refusal.value.reason or path.name in refusal.value.reason
        finally:
            path.write_bytes(data)
    open_index(index, searching=True).load()


def test_damaged_files_are_refused(run_build: Build, index: Path) -> None:
    run_build()
    check_refused(index, 80)


@pytest.mark.long
def test_a_thousand_damaged_files_are_refused(run_build: Build, index: Path) -> None:
    run_build()
    check_refused(index, 1000)


def test_missing_files_are_refused(run_build: Build, index: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexFault, match="no index in"):
        open_index(index)
    run_build()
    for path in files_of(index):
        copy = tmp_path / path.name
        shutil.move(path, copy)
        with pytest.raises(IndexFault):
            open_index(index, searching=True).load()
        shutil.move(copy, path)


def test_files_of_another_generation_are_refused(run_build: Build, corpus: Path, index: Path) -> None:
    run_build()
    first = read_pointer(index).folder
    write_pages(corpus, {"notes": "Changed.\n"})
    run_build()
    second = read_pointer(index).folder
    for name in ("store.sqlite", "vectors.faiss", "manifest.json", "seen.json"):
        kept = (second / name).read_bytes()
        shutil.copyfile(first / name, second / name)
        with pytest.raises(IndexFault):
            open_index(index, searching=True).load()
        (second / name).write_bytes(kept)


def rewrite(index: Path, **changes: object) -> None:
    """Publish the same generation under a manifest that says something else, whole by its checksums."""
    pointer = read_pointer(index)
    manifest = read_manifest(pointer.folder, pointer.manifest)
    fields = {name: getattr(manifest, name) for name in manifest.__slots__} | changes
    digest = write_manifest(pointer.folder, Manifest(**fields))
    (index / "CURRENT").write_text(f"{pointer.folder.name} {digest}\n")


def test_a_newer_format_is_named_with_its_mend(run_build: Build, index: Path) -> None:
    run_build()
    rewrite(index, format=FORMAT + 1)
    with pytest.raises(IndexFault, match="format") as refusal:
        open_index(index)
    assert refusal.value.mend == "bring wardbook up to date"


def test_vectors_of_another_size_are_refused(run_build: Build, index: Path) -> None:
    run_build()
    rewrite(index, encoder={"dimension": 16})
    with pytest.raises(IndexFault, match="16"):
        open_index(index, searching=True).load()


def test_a_store_of_other_shapes_is_refused(run_build: Build, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_build()
    monkeypatch.setattr("wardbook.index.opened.shapes", lambda: "others")
    with pytest.raises(IndexFault, match="another version"):
        open_index(index)


def test_a_generation_that_is_replaced_while_it_is_opened_is_no_fault(
    run_build: Build, corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_build()
    read = read_pointer
    calls = 0

    def read_late(folder: Path) -> object:
        nonlocal calls
        calls += 1
        pointer = read(folder)
        if calls == 1:
            for text in ("one", "two"):
                write_pages(corpus, {"notes": f"Changed to {text}.\n"})
                run_build()
            assert not pointer.folder.exists()
        return pointer

    monkeypatch.setattr("wardbook.index.opened.read_pointer", read_late)
    opened = open_index(index)
    document = opened.store.document("notes")
    assert document
    assert document.lines == ("Changed to two.",)


def test_half_a_generation_is_never_read(run_build: Build, index: Path) -> None:
    run_build()
    live = read_pointer(index).folder
    half = index / "gen-000002"
    half.mkdir()
    (half / "store.sqlite").write_bytes(b"SQLite format 3\0")
    (half / "manifest.json").write_text(json.dumps({"format": FORMAT}))
    assert open_index(index).folder == live
