import re

import pytest

from wardbook.lazy_regex import lazy_regex


def test_a_pattern_is_compiled_when_it_is_first_used_and_only_then(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def compiled(written: str, flags: int) -> re.Pattern[str]:
        made.append(written)
        return real(written, flags)

    real = re.compile
    monkeypatch.setattr(re, "compile", compiled)
    pattern = lazy_regex(r"\d+ mg", re.IGNORECASE)
    assert made == []
    assert pattern.search("give 5 MG now")
    assert pattern.sub("a dose", "5 mg") == "a dose"
    assert made == [r"\d+ mg"]


def test_it_does_what_a_compiled_pattern_does() -> None:
    text = "10 mg, then 20 mg"
    assert [match[1] for match in lazy_regex(r"(\d+) mg").finditer(text)] == ["10", "20"]
    assert lazy_regex(r"\d+").findall(text) == ["10", "20"]
    assert lazy_regex(r", then ").split(text) == ["10 mg", "20 mg"]
    assert lazy_regex(r"\d+ mg").fullmatch(text) is None
    assert lazy_regex(r"\d+ mg").match(text, 12) is not None
    assert lazy_regex("a").pattern == "a"


def test_nothing_else_is_taken_for_one_of_its_methods() -> None:
    with pytest.raises(AttributeError, match="serch"):
        lazy_regex("a").serch  # type: ignore[attr-defined]  # noqa: B018
