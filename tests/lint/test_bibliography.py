import pytest

from lint.made_pages import page
from wardbook.corpus.reading import read_document
from wardbook.lint.bibliography import Entry, bare_doi, read_bibliography


def entry(text: str) -> Entry:
    document = read_document(page(f"## References\n\n1. {text}\n").encode(), "a")
    (found,) = read_bibliography(document).entries
    return found


@pytest.mark.parametrize(
    ("text", "author", "title", "years"),
    [
        ("Smith AB, Jones C, et al. A trial of examplin in fever. *J Made Up*. 2020;1:2.", "Smith",
         "A trial of examplin in fever", {"2020"}),
        ("Smith AB. A trial of examplin in fever? J Made Up 2020;1:2.", "Smith", "A trial of examplin in fever",
         {"2020"}),
        ("van der Berg E, Smith A. A trial of examplin in fever. J. 1999", "van der Berg",
         "A trial of examplin in fever", {"1999"}),
        ("Smith, J., & Doe, K. (2020). A trial of examplin in fever. J Made Up.", "Smith",
         "A trial of examplin in fever", {"2020"}),
        ("Smith et al. J Made Up 2020;1:2.", "Smith", None, {"2020"}),
        ("Made Up Society guideline, version 2.2020, page 3. Read in a copy.", None, None, {"2020"}),
        ("*J Made Up*. 2019, table 1: several examplins and their use in fever. DOI: 10.1000/2015.abc",
         None, None, {"2019"}),
    ],
)  # fmt: skip
def test_an_entry_gives_author_title_and_years(
    text: str, author: str | None, title: str | None, years: set[str]
) -> None:
    found = entry(text)
    assert (found.author, found.title) == (author, title)
    assert found.years == years


@pytest.mark.parametrize(
    ("found", "doi"),
    [("10.1000/ABC.", "10.1000/abc"), ("10.1000/a(b)c).", "10.1000/a(b)c"), ("10.1000/abc](https://doi.org/10.1",
     "10.1000/abc"),
     ("10.1016/S2352-3026(17)30108-4", "10.1016/s2352-3026(17)30108-4"), ("10.1000/abc**", "10.1000/abc")],
)  # fmt: skip
def test_a_doi_is_compared_without_what_stands_around_it(found: str, doi: str) -> None:
    assert bare_doi(found) == doi


@pytest.mark.parametrize("heading", ["References", "Key References", "5. Bibliography", "Further reading", "Sources:"])
def test_reference_lists_are_known_by_their_heading(heading: str) -> None:
    document = read_document(page(f"## {heading}\n\n- Smith A. A made-up paper on things. 2020.").encode(), "a")
    assert len(read_bibliography(document).entries) == 1


@pytest.mark.parametrize("heading", ["Where Sources Disagree", "Reference Dose", "Source control"])
def test_other_headings_are_none(heading: str) -> None:
    document = read_document(page(f"## {heading}\n\n- Smith A. A made-up paper on things. 2020.").encode(), "a")
    assert not read_bibliography(document).entries
