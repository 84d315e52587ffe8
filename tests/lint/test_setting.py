"""What a site sets reaches the lint."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from real_index import run


@pytest.mark.parametrize(("months", "found"), [("3", True), ("24", False)])
def test_the_months_after_which_a_page_is_stale_are_a_setting(tmp_path: Path, months: str, found: bool) -> None:
    day = (datetime.now(UTC) - timedelta(days=200)).date().isoformat()
    (tmp_path / "a.md").write_text(f"# A\n\nWords.\n\n**Last Updated:** {day}\n", encoding="utf-8")
    done = run("lint", "--corpus", str(tmp_path), WARDBOOK_STALE_MONTHS=months)
    assert (" S11 " in done.stdout) is found, done


def test_months_that_are_no_number_are_refused(tmp_path: Path) -> None:
    done = run("lint", "--corpus", str(tmp_path), WARDBOOK_STALE_MONTHS="soon")
    assert done.returncode == 2
    assert "stale_months" in done.stderr
