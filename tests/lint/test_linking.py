import pytest

from lint.made_pages import found, page

B = page("## Doses\n\nText. [[a]]", "Bmab")


def two(body: str) -> dict[str, str]:
    return {"drugs/a": page(body, "Amab"), "drugs/b": B}


CASES = [
    ("S01", two("See [[events/fever]]."), two("See [[drugs/b]], [[b]], [[B|the drug]] and [b](b.md).")),
    ("S01", two("| Drug | Note |\n| --- | --- |\n| x | [[drugs/bb]] |"), two("| Drug |\n| --- |\n| [[drugs/b\\|B]] |")),
    ("S01", two("See [there](../events/fever.md)."),
            two("See [there](../drugs/b.md), [far](https://x.org/fever) and `[[no]]`.")),
    ("S02", two("See [[b#Safety]]."), two("See [[b#Doses]], [[b#doses]] and [[b#^block]].")),
    ("S02", two("See [[#Safety]]."), two("## Safety\n\nSee [[#Safety]].")),
    ("S02", two("See [b](b.md#side-effects)."), two("See [b](b.md#doses).")),
    ("S02", two("See [below](#safety)."), two("## Safety & co\n\nSee [here](#safety--co), <a id='x'></a> [x](#x).")),
    ("S03", {**two("See [[b]]."), "drugs/c": page("Text.", "Cmab")}, two("See [[b]].")),
    ("S12", {**two("x"), "c": page("Text.", "bmab")}, two("x")),
    ("S12", {**two("x"), "c": page("x", "Cmab").replace("title: Cmab", "title: Cmab\naliases: [BMAB]")},
            {**two("x"), "c": page("x", "Cmab").replace("title: Cmab", "title: Cmab\naliases: [Cmab]")}),
    ("S13", {**two("x"), "index": "# All\n\n[[drugs/a]]\n\n[[c]]", "c": page("x", "C")},
            {**two("x"), "index": "# All\n\n[[drugs/a]] [[drugs/b]]"}),
    ("S13", {**two("x"), "drugs/c": page("x", "C"), "drugs/README": "# All\n\n[[a]] [[b]]"},
            {**two("x"), "c": page("x", "C"), "drugs/README": "# All\n\n[[a]] [[b]]"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "broken", "sound"), CASES)
def test_a_rule_finds_its_fault_and_leaves_a_near_miss(
    code: str, broken: dict[str, str], sound: dict[str, str]
) -> None:
    assert found(code, broken)
    assert not found(code, sound)


def test_a_dead_link_is_told_once_a_page_with_all_its_lines_and_what_may_be_meant() -> None:
    (finding,) = found("S01", two("See [[drugs/bbb]].\n\nAgain [[drugs/bbb]]."))
    assert finding.line == 9
    assert "also on line 11" in finding.message


def test_a_dead_link_names_the_page_that_may_be_meant() -> None:
    (finding,) = found("S01", {"a": page("See [[drugs/examplinn]]."), "drugs/examplin": B})
    assert 'did you mean "examplin"' in finding.message


def dated(day: str) -> str:
    return page("Text.").replace("2026-06-01", day)


@pytest.mark.parametrize("day", ["2025-06-14", "2024-01", "2026-06-16"])
def test_a_page_is_stale_beyond_the_months_set_or_dated_ahead(day: str) -> None:
    (finding,) = found("S11", dated(day))
    assert finding.line == 4


@pytest.mark.parametrize("day", ["2025-06-15", "2026-06-15", "2025-07"])
def test_a_page_within_the_months_set_is_not_stale(day: str) -> None:
    assert not found("S11", dated(day))


def test_a_lower_index_stands_for_the_pages_below_it() -> None:
    pages = {
        **two("x"),
        "c": page("x", "C"),
        "index": "# All\n\n[[c]] [[drugs/README]]",
        "drugs/README": "# D\n\n[[a]] [[b]]",
    }
    assert not found("S13", pages)


def test_one_page_alone_is_no_orphan() -> None:
    assert not found("S03", page("Text."))
