import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint.made_pages import SETTINGS, lint, page
from wardbook.corpus.folder import PageFile
from wardbook.errors import CorpusError, SettingsError
from wardbook.lint import LintReport, LintSettings, run

ROOT = Path(__file__).parents[2]
SEED = ROOT.parent / "shared" / "seed"


def corpus(folder: Path, pages: dict[str, str]) -> Path:
    for name, text in pages.items():
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def two(tmp_path: Path) -> Path:
    return corpus(tmp_path / "pages", {"a": page("Give 10mg. [[drugs/b]]", "A"), "drugs/b": page("[[a]] [[c]]", "B")})


def lines(report: LintReport) -> list[str]:
    return [str(finding) for finding in report.findings]


def test_findings_come_by_page_and_line_as_page_line_code_message(two: Path) -> None:
    report = run(two, settings=SETTINGS)
    assert [line.split(" ")[:2] for line in lines(report)] == [["a.md:9:", "N06"], ["drugs/b.md:9:", "S01"]]
    assert (report.pages, report.clean) == (2, False)


def test_accepted_findings_are_left_out_and_kept_with_their_reason(two: Path) -> None:
    entry = '[[accepted]]\npage = "{}"\ncode = "{}"\nreason = "so"\n'
    (two / "lint-accepted.toml").write_text(
        entry.format("a", "N06") + entry.format("*", "S01") + entry.format("x", "S02")
    )
    report = run(two, settings=SETTINGS)
    assert report.clean
    assert [reason for _, reason in report.accepted] == ["so", "so"]
    assert [warning for warning in report.warnings if "S02 on x" in warning]


def test_a_named_file_goes_before_the_one_in_the_folder(two: Path, tmp_path: Path) -> None:
    (two / "lint-accepted.toml").write_text('[[accepted]]\npage = "*"\ncode = "N06"\nreason = "so"\n')
    other = tmp_path / "other.toml"
    other.write_text("")
    assert len(run(two, other, SETTINGS).findings) == 2
    with pytest.raises(SettingsError):
        run(two, tmp_path / "none.toml", SETTINGS)


def test_a_page_that_is_no_text_is_a_finding_and_the_rest_is_judged(two: Path) -> None:
    (two / "bad.md").write_bytes(b"5 \xb5g")
    report = run(two, settings=SETTINGS)
    assert [finding.code for finding in report.findings if finding.page == "bad"] == ["S00"]
    assert "UTF-8" in lines(report)[1]
    assert report.pages == 2


def test_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        run(tmp_path / "none")


def test_pages_stay_as_they_are(two: Path) -> None:
    before = {path: path.read_bytes() for path in two.rglob("*") if path.is_file()}
    run(two, settings=SETTINGS)
    assert {path: path.read_bytes() for path in two.rglob("*") if path.is_file()} == before


def test_many_pages_over_the_cores_give_what_one_process_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {f"p{at:03}": page(f"Give {at}mg. [[p{at + 1:03}]]", f"Page {at}") for at in range(80)}
    folder = corpus(tmp_path, pages)
    spread = run(folder, settings=SETTINGS)
    monkeypatch.setattr(sys.modules["wardbook.lint.run"], "MANY_PAGES", 1000)
    assert run(folder, settings=SETTINGS) == spread
    assert len(spread.findings) == 82


def test_what_did_not_change_is_taken_from_the_cache_and_gives_the_same(
    two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module: Any = sys.modules["wardbook.lint.run"]
    first = run(two, settings=SETTINGS, cache=tmp_path / "cache")
    judged: list[str] = []
    real = module._page

    def noted(file: PageFile) -> Any:
        judged.append(file.page)
        return real(file)

    monkeypatch.setattr(module, "_page", noted)
    assert run(two, settings=SETTINGS, cache=tmp_path / "cache") == first
    assert judged == []
    (two / "a.md").write_text(page("Give 10 mg. [[drugs/b]]", "A"))
    (two / "c.md").write_text(page("[[a]]", "C"))
    assert lines(run(two, settings=SETTINGS, cache=tmp_path / "cache")) == []
    assert judged == ["a", "c"]
    (two / "c.md").unlink()
    assert [finding.code for finding in run(two, settings=SETTINGS, cache=tmp_path / "cache").findings] == ["S01"]
    assert judged == ["a", "c"]


def test_the_day_counts_even_for_what_is_kept(two: Path, tmp_path: Path) -> None:
    run(two, settings=SETTINGS, cache=tmp_path / "cache")
    later = LintSettings(stale_months=12, today=date(2028, 1, 1))
    assert [f.code for f in run(two, settings=later, cache=tmp_path / "cache").findings].count("S11") == 2


def test_lint_loads_nothing_that_is_slow_to_start() -> None:
    slow = ("torch", "faiss", "llama_index", "fastapi", "onnxruntime", "numpy", "pydantic")
    script = f"import sys, wardbook.lint, wardbook.lint.output; print([m for m in {slow} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed pages are not here")
def test_the_seed_shows_its_known_faults() -> None:
    found = {(finding.line, finding.code): finding.message for finding in run(SEED, settings=SETTINGS).findings}
    assert "100-200 mg every 6-12 h comes to 800 mg/day, above the stated maximum of 400 mg/day" in found[46, "F04"]
    dead = [message for (_, code), message in found.items() if code == "S01"]
    assert any("models/risk-model" in message for message in dead)


def test_the_pages_that_we_ship_have_nothing_to_say_that_is_not_accepted() -> None:
    report = run(ROOT / "corpus", settings=LintSettings(today=date(2026, 12, 1)))  # in years to come they are stale
    assert lines(report) == []
    assert not [warning for warning in report.warnings if "nothing is found any more" in warning]


PIECES = st.sampled_from(
    ["# T", "## Doses", "#### Deep", "##Glued", "| A | B |", "| --- | --- |", "| 1 | 2 | 3 |", "10mg", ".5 mg", "[1]",
     "[[x]]", "[[x#y|z]]", "<table><tr><td>5 mg</td></tr></table>", "## References", "DOI: 10.1/x", "95% CI 9-3",
     "RR 0.5", "1. Smith A. A paper on made-up things. 2020.", "3% vs 0%, RR 0", "---", "```", "Smith 2020", "[^a]",
     "[^a]: note", "- item", "**Maximum**", "| tocilizumab | 8 mg/kg |", "\uf0b3 5", "Last updated: 2026-13-45",
     "days -5, -4", "total 0 mg", "1e999 mg"]
)  # fmt: skip
LETTERS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.one_of(PIECES, LETTERS), max_size=25))
def test_any_page_is_judged_without_a_fault_of_our_own(parts: list[str]) -> None:
    text = "\n".join(parts)
    count = text.count("\n") + 1
    for finding in lint({"a": text, "x": page(text)}):
        assert finding.message
        assert 1 <= finding.line <= count + 10
