import pickle
from pathlib import Path

import pytest

from wardbook.lint import Finding
from wardbook.lint.cache import load, place, program, save

KEPT = {"a": ("00", [Finding("a", 1, "S01", "words")])}


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = place(tmp_path / "new" / "folder", tmp_path)
    save(path, KEPT)
    assert load(path) == KEPT
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_two_corpora_have_two_files(tmp_path: Path) -> None:
    assert place(tmp_path, tmp_path / "a") != place(tmp_path, tmp_path / "b")


class Trap:
    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (Path("sprung"),))


@pytest.mark.parametrize(
    "data",
    [b"", b"short", b"0" * 64 + pickle.dumps(KEPT), program().encode(), program().encode() + pickle.dumps(KEPT)[:-9],
     program().encode() + pickle.dumps([1]), program().encode() + pickle.dumps(Trap())],
)  # fmt: skip
def test_a_file_of_another_program_or_a_damaged_one_counts_as_none(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "kept.bin"
    path.write_bytes(data)
    assert load(path) == {}
    assert not Path("sprung").exists()


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    save(tmp_path / "file" / "kept.bin", KEPT)
    assert load(tmp_path / "file" / "kept.bin") == {}
