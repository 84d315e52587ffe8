import pickle
from decimal import Decimal
from pathlib import Path

import pytest

from wardbook.dosing.regimen import Amount
from wardbook.lint import Finding
from wardbook.lint.cache import Kept, load, pack, place, program, save, unpack

FOUND = [Finding("a", 1, "S01", "words")]
KEPT: Kept = {"a": (FOUND, pack(FOUND))}


def test_what_is_packed_is_unpacked() -> None:
    found = (FOUND, {"dose": Amount(Decimal("0.5"), Decimal(1), "mg")}, frozenset({"a"}), None, True)
    assert unpack(pack(found)) == found


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


def written(data: object) -> bytes:
    return program().encode() + pickle.dumps(data)


@pytest.mark.parametrize(
    "data",
    [b"", b"short", b"0" * 64 + pickle.dumps({"a": pack(FOUND)}), program().encode(),
     written({"a": pack(FOUND)})[:-9], written([1]), written(Trap()), written({"a": pickle.dumps(Trap())}),
     written({"a": b"?"})],
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
