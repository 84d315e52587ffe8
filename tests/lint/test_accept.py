from pathlib import Path

import pytest

from wardbook.errors import SettingsError
from wardbook.lint import Finding
from wardbook.lint.accept import Accepted, read_accepted, split

ENTRY = '[[accepted]]\npage = "drugs/*"\ncode = "N06"\nwords = "10mg"\nreason = "a brand name"\n'
CODES = ("N06", "S01")


def read(folder: Path, text: str) -> tuple[Accepted, ...]:
    path = folder / "accepted.toml"
    path.write_text(text, encoding="utf-8")
    return read_accepted(path, CODES)


def finding(page: str = "drugs/a", code: str = "N06", message: str = 'no blank in "10mg"', line: int = 3) -> Finding:
    return Finding(page, line, code, message)


def test_an_entry_covers_its_finding_on_any_line(tmp_path: Path) -> None:
    accepted = read(tmp_path, ENTRY)
    new, known, idle = split([finding(line=3), finding(line=99)], accepted)
    assert (new, idle) == ([], [])
    assert [reason for _, reason in known] == ["a brand name"] * 2


@pytest.mark.parametrize(
    "other", [finding(page="events/a"), finding(code="S01"), finding(message='no blank in "20mg"')]
)
def test_an_entry_covers_nothing_else_and_says_so(tmp_path: Path, other: Finding) -> None:
    accepted = read(tmp_path, ENTRY)
    assert split([other], accepted) == ([other], [], list(accepted))


def test_an_entry_without_words_covers_all_of_a_code(tmp_path: Path) -> None:
    accepted = read(tmp_path, ENTRY.replace('words = "10mg"\n', ""))
    assert split([finding(message="anything")], accepted)[0] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ENTRY.replace('reason = "a brand name"\n', ""), "entry 1 has no reason"),
        (ENTRY.replace("a brand name", "  "), "entry 1 has no reason"),
        (ENTRY.replace("N06", "X99"), "names no rule with 'X99'"),
        (ENTRY + 'colour = "red"\n', "unknown key 'colour'"),
        (ENTRY.replace('"N06"', "6"), "holds something that is no text"),
        ("accepted = 3\n", "holds more than [[accepted]]"),
        (ENTRY + "[other]\n", "holds more than [[accepted]]"),
        ("[[accepted]\n", "is not TOML"),
    ],
)
def test_a_faulty_file_is_refused_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        read(tmp_path, text)
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read_accepted(tmp_path / "none.toml", CODES)
