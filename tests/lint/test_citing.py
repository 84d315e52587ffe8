import pytest

from lint.made_pages import found, page

SMITH = "Smith AB, Jones C, et al. A trial of examplin in fever of the young. J Made Up. 2020;1(2):3-9."
BROWN = "Brown D, van der Berg E. Survival with hypothetimab: a cohort. J Made Up. 2021;2(1):1-8."


def refs(body: str, *entries: str) -> str:
    listed = "\n".join(f"{at}. {entry}" for at, entry in enumerate(entries, start=1))
    return page(f"## Evidence\n\n{body}\n\n## Key References\n\n{listed}")


def doi(text: str) -> str:
    return refs("Text [1].", f"{SMITH} {text}")


@pytest.mark.parametrize(
    "text",
    ["DOI: 10.10/abc", "doi:1O.1000/abc", "DOI: 10.1000abc", "https://doi.org/10.1000", "DOI: 10.1000 /abc",
     "DOI: [10.1000/abc](https://doi.org/10.1000/abd)", "https://doi.org/https://doi.org/10.1000/abc",
      "doi: 10,1000/abc"],
)  # fmt: skip
def test_a_malformed_doi_is_found(text: str) -> None:
    assert found("R01", doi(text))


@pytest.mark.parametrize(
    "text",
    ["DOI: 10.1000/abc.", "doi:10.1000/abc;", "DOI: [10.1000/ABC](https://doi.org/10.1000/abc).", "DOI: not given",
     "DOI: [10.1016/S2352-3026(17)30108-4](https://doi.org/10.1016/S2352-3026(17)30108-4).",
      "(https://doi.org/10.1000/abc)",
     "https://dx.doi.org/10.1000/a_b-c(1)2", "**DOI:** 10.1000/abc", "(doi: 10.1000/abc)"],
)  # fmt: skip
def test_a_sound_doi_is_left_alone(text: str) -> None:
    assert not found("R01", doi(text))


def pair(first: str, second: str) -> dict[str, str]:
    return {"a": refs("Text [1].", first), "b": refs("Text [1].", second)}


def test_one_doi_under_two_titles_is_found_on_the_second_page() -> None:
    (finding,) = found("R02", pair(f"{SMITH} DOI: 10.1000/abc", f"{BROWN} DOI: 10.1000/ABC"))
    assert finding.page == "b"
    assert "a.md:" in finding.message


def test_two_spellings_of_a_title_are_one() -> None:
    other = SMITH.replace(
        "A trial of examplin in fever of the young", "A Trial of Examplin in Fever of the Young: phase 2"
    )
    assert not found("R02", pair(f"{SMITH} DOI: 10.1000/abc", f"{other} DOI: 10.1000/abc"))


def test_one_title_under_two_dois_is_found() -> None:
    assert found("R03", pair(f"{SMITH} DOI: 10.1000/abc", f"{SMITH} DOI: 10.1000/abd"))
    assert not found("R03", pair(f"{SMITH} DOI: 10.1000/abc", f"{SMITH} DOI: 10.1000/ABC."))
    assert not found("R03", pair(f"{SMITH} DOI: 10.1000/abc", f"{BROWN} DOI: 10.1000/abd"))


@pytest.mark.parametrize("body", ["Text [1][3].", "Text [1,3].", "Text [1-3].", "| A |\n| --- |\n| b [1][4] |"])
def test_a_number_without_an_entry_is_found(body: str) -> None:
    assert found("R04", refs(f"{body} [2]", SMITH, BROWN))


@pytest.mark.parametrize(
    "body",
    ["Text [1][2].", "Text [1-2], 94% [88-97], median 7 days [3-12].", "Text [1], [2](other.md), `[9]`, [x], [^n]."],
)
def test_what_is_no_missing_number_is_left_alone(body: str) -> None:
    assert not found("R04", refs(body, SMITH, BROWN))


def test_numbers_without_any_list_are_told_once() -> None:
    (finding,) = found("R04", page("Text [1]. More [2]."))
    assert "[1], [2]" in finding.message


@pytest.mark.parametrize(
    "body",
    ["In Miller 2020 [1][2].", "Miller et al. 2020 [1][2].", "(Miller, 2020) [1][2]", "Smith 2019 [1][2]",
     "| Study |\n| --- |\n| Miller 2020 |\n\n[1][2]", "Miller et al., J Made Up 2020 [1][2]"],
)  # fmt: skip
def test_an_author_and_year_without_an_entry_is_found(body: str) -> None:
    assert found("R06", refs(body, SMITH, BROWN))


@pytest.mark.parametrize(
    "body",
    ["Smith 2020 [1], Brown et al., 2021 [2].", "(Smith et al. 2020) [2]", "Since March 2020 [1][2]", "In 2020 [1][2]",
     "ASCO 2021 [1][2]", "World Health 2020 [1][2]", "Protocol 2020 [1][2]; protocol.",
      "The Ibuprofen 2018 label [1][2]",
     "Miller et al., J Made Up 2020. DOI: 10.1000/abc [1][2]", "Jones 2020 [1][2]", "Winter 2020-2021 [1][2]",
     "Plans were made. Plans 2020 and plans after [1][2]"],
)  # fmt: skip
def test_what_is_no_missing_author_is_left_alone(body: str) -> None:
    assert not found("R06", refs(body, SMITH, BROWN))


def test_a_wrong_year_names_that_of_the_entry() -> None:
    (finding,) = found("R06", refs("Smith 2019 [1]", SMITH))
    assert "the entry of Smith says 2020" in finding.message


def test_an_entry_that_nothing_cites_is_found_by_number_or_by_name() -> None:
    (finding,) = found("R05", refs("Text [1].", SMITH, BROWN))
    assert finding.message.startswith('nothing cites the reference "Brown')
    assert len(found("R05", refs("As Brown et al. 2021 showed.", SMITH, BROWN))) == 1
    assert not found("R05", refs("Text [1][2].", SMITH, BROWN))
    assert not found("R05", refs("Smith 2020; Brown 2021.", SMITH, BROWN))
    assert not found("R05", refs("Text [1], and https://doi.org/10.1000/xyz.", SMITH, f"{BROWN} DOI: 10.1000/xyz"))


def test_a_list_that_nothing_cites_at_all_is_told_once() -> None:
    (finding,) = found("R05", refs("Text.", SMITH, BROWN))
    assert "any of the 2 references" in finding.message


def test_footnotes_and_their_marks_belong_together() -> None:
    assert len(found("R07", page("Text[^a].\n\n[^b]: Words."))) == 2
    assert not found("R07", page("Text[^a].\n\n[^a]: Words."))
