"""Bad input: one line each that names the file and the mend, and the rest goes on."""

import os
from pathlib import Path

import pytest

from wardbook.corpus.folder import MAX_BYTES, list_pages, read_bytes
from wardbook.corpus.reading import read_document
from wardbook.errors import CorpusError


def write(folder: Path, name: str, data: bytes = b"# Page\n\nWords.\n") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def listed(folder: Path) -> tuple[list[str], list[str]]:
    warnings: list[str] = []
    return [file.page for file in list_pages(folder, warnings)], warnings


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("# Üb\n".encode("utf-16"), "a/p.md is UTF-16, not UTF-8: save it as UTF-8"),
        ("# Üb\n".encode("utf-16-be"), "a/p.md is not text: save it as UTF-8 Markdown, or move it out of the corpus"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a/p.md is not text: save it as UTF-8 Markdown, or move it out of the corpus"),
        (b"# P\n\n5 \xb5g\n", "a/p.md is not UTF-8 (line 3): save it as UTF-8"),
    ],
)
def test_bytes_that_are_no_text(data: bytes, line: str) -> None:
    with pytest.raises(CorpusError) as refusal:
        read_document(data, "a/p")
    assert str(refusal.value) == line


def test_a_byte_order_mark_and_old_line_ends_are_read() -> None:
    document = read_document(b"\xef\xbb\xbf# Page\r\rOne.\r\nTwo.\n", "p")
    assert (document.title, document.lines) == ("Page", ("# Page", "", "One.", "Two."))
    assert document.sections[0].blocks[0].lines == (3, 4)


@pytest.mark.parametrize("data", [b"\n \n", b"<!-- only this -->\n", b"---\ntitle: x\n---\n", b"---\n"])
def test_a_page_without_text(data: bytes) -> None:
    warnings: list[str] = []
    assert len(read_document(data, "p", warnings).sections) == 1
    assert warnings == ["p.md: no text in it: write the page or remove the file"]


def test_files_that_are_left_out_are_named(tmp_path: Path) -> None:
    write(tmp_path, "good.md")
    write(tmp_path, "empty.md", b"")
    write(tmp_path, "large.md", b"x" * (MAX_BYTES + 1))
    write(tmp_path, "other.markdown")
    write(tmp_path, ".obsidian/hidden.md")
    write(tmp_path, "sub folder/Page & (more).MD")
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self.md").symlink_to(tmp_path / "self.md")
    os.mkfifo(tmp_path / "pipe.md")
    pages, warnings = listed(tmp_path)
    assert pages == ["good", "sub folder/Page & (more)"]
    assert sorted(line.split(":")[0] for line in warnings) == [
        "empty.md", "gone.md", "large.md", "loop", "other.markdown", "pipe.md", "self.md",
    ]  # fmt: skip
    assert all(len(line.split(": ", 1)) == 2 and "\n" not in line for line in warnings)
    assert "large.md: 5,000,001 bytes, more than 5,000,000: split the page" in warnings
    assert "loop: a link to a folder above itself: remove the link" in warnings


def test_ids_that_differ_in_case_alone(tmp_path: Path) -> None:
    write(tmp_path, "a/Drug.md")
    write(tmp_path, "a/drug.md")
    if len(list((tmp_path / "a").iterdir())) < 2:
        pytest.skip("this file system does not tell the two names apart")
    pages, warnings = listed(tmp_path)
    assert pages == ["a/Drug", "a/drug"]
    assert warnings == ["a/drug.md: its name differs from a/Drug.md in case alone: rename one"]


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    write(tmp_path, "good.md")
    try:
        (tmp_path / os.fsdecode(b"bad\xff.md")).write_text("x")
    except OSError:
        pytest.skip("this file system takes no such name")
    pages, warnings = listed(tmp_path)
    assert pages == ["good"]
    assert len(warnings) == 1 and warnings[0].endswith("not UTF-8: rename it") and warnings[0].isascii()


@pytest.mark.skipif(os.geteuid() == 0, reason="everything is readable to root")
def test_files_and_folders_without_permission(tmp_path: Path) -> None:
    write(tmp_path, "good.md")
    locked = write(tmp_path, "locked.md")
    folder = write(tmp_path, "closed/in.md").parent
    locked.chmod(0)
    folder.chmod(0)
    try:
        warnings: list[str] = []
        files = list_pages(tmp_path, warnings)
        assert warnings == ["closed: cannot be read (Permission denied): mend its permissions"]
        with pytest.raises(CorpusError, match=r"locked.md cannot be read \(Permission denied\): mend its permissions"):
            read_bytes(files[1])
    finally:
        folder.chmod(0o700)


def test_a_file_that_goes_while_it_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "p.md")
    file = list_pages(tmp_path, [])[0]
    path.unlink()
    with pytest.raises(CorpusError, match=r"p.md cannot be read"):
        read_bytes(file)


@pytest.mark.parametrize("make", [lambda at: None, lambda at: at.mkdir(), lambda at: at.write_text("x")])
def test_no_folder_or_no_page_is_refused(tmp_path: Path, make: object) -> None:
    assert callable(make)
    make(tmp_path / "corpus")
    with pytest.raises(CorpusError, match="--corpus DIR"):
        list_pages(tmp_path / "corpus", [])


@pytest.mark.parametrize(
    "text",
    [
        ">" * 10_000 + " deepest",
        "> " * 10_000 + "deepest",
        "- " * 5_000 + "deepest",
        "\n".join("  " * at + f"- item{at}" for at in range(400)) + "\ndeepest",
        "[" * 3_000 + "deepest",
        "**a _b " * 2_000 + "deepest",
        "<table><tr><td>" * 3_000 + "deepest",
        "<!-- " * 1_000 + "deepest",
        "<table>\n# h\n" * 1_000 + "deepest",
        "```\n" * 3_001 + "deepest",
        "## same\n" * 2_000 + "deepest",
        "word\n" + ">5 mg\n" * 1_000 + "deepest",
    ],
)
def test_deep_or_endless_markup_is_read_to_its_end(text: str) -> None:
    document = read_document(text.encode(), "p")
    assert "deepest" in document.sections[-1].blocks[-1].text
