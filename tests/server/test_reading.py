"""Pages as HTML: lines, links, marks; and nothing of a page can act."""

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import settings as fuzz
from hypothesis import strategies as st

from server.injections import PAYLOADS, dangers
from server.service_fake import PAGE, FakeAssistant
from wardbook.server.library import Library
from wardbook.server.reading import read_page, render
from wardbook.server.templating import answer_html


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(FakeAssistant())


def html(library: Library, markdown: str, cited: tuple[int, int] | None = None) -> str:
    return render(markdown, library, "drugs/examplinib", [], cited)


def test_cited_rows_are_marked_and_no_others(library: Library) -> None:
    page = read_page(library, "drugs/examplinib", (11, 11))
    assert page is not None
    assert '<tr data-l="11-11" id="cited" class="cited"><td>Treatment</td>' in page["html"].replace(
        'class="cited" id="cited"', 'id="cited" class="cited"'
    )
    assert page["html"].count("cited") == 2


def test_rows_of_html_tables_know_their_lines(library: Library) -> None:
    first = PAGE.splitlines().index("<tr><th>Hold</th>") + 1
    page = read_page(library, "drugs/examplinib", (first + 1, first + 1))
    assert page is not None
    assert page["html"].count('class="cited"') == 1
    assert f'data-l="{first}-{first + 2}"' in page["html"]
    assert '<a href="/pages/rash">the rash page</a>' in page["html"]


def test_links_lead_to_pages_sections_and_nowhere(library: Library) -> None:
    got = html(
        library,
        "[[rash]] [[RASH|red]] [[examplinib#Dosing]] [[nowhere]] [a](../rash.md) [b](https://x.example/) ![c](p.png)",
    )
    assert '<a href="/pages/rash">rash</a>' in got
    assert '<a href="/pages/rash">red</a>' in got
    assert '<a href="/pages/drugs/examplinib#dosing">Dosing</a>' in got
    assert '<span class="missing">nowhere</span>' in got
    assert '<a href="/pages/rash">a</a>' in got
    assert 'href="https://x.example/"' in got
    assert "[picture: c]" in got


def test_comparisons_before_figures_are_shown(library: Library) -> None:
    assert "&lt;48 hours after" in html(library, "within <48 hours after, and >75 years")
    assert "≥ 5" in html(library, "level \uf0b3 5")


def test_headings_carry_the_anchors_of_their_sections(library: Library) -> None:
    page = read_page(library, "drugs/examplinib")
    assert page is not None
    assert '<h2 id="dosing"' in page["html"]


PLACES = (
    "{}",
    "| a | b |\n|---|---|\n| {} | x |",
    "- {}",
    "> {}",
    "# {}",
    "<div>{}</div>",
    "[[{}]]",
    "<td>{}",
    "a {} b",
)


@pytest.mark.parametrize("place", PLACES)
def test_no_payload_survives(library: Library, place: str) -> None:
    assert len(PAYLOADS) >= 200
    for payload in PAYLOADS:
        got = html(library, place.replace("{}", payload))
        assert not dangers(got), (payload, got)


def test_no_payload_survives_in_an_answer() -> None:
    for payload in PAYLOADS:
        cited = {"n": 1, "page": payload, "title": payload, "section": payload, "lines": [1, 2]}
        got = str(answer_html({"text": f"{payload} [1]\n\n- {payload}", "citations": [cited]}))
        assert not dangers(got), (payload, got)


@fuzz(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.tuples(st.integers(1, 20), st.integers(1, 20)))
def test_any_text_can_be_rendered(text: str, cited: tuple[int, int]) -> None:
    assert not dangers(html(Library(FakeAssistant()), text, cited))


_TRAVERSALS = [
    "../secret", "..%2f..%2fetc%2fpasswd", "/etc/passwd", "....//etc", "rash/../../x", "rash%00", "RASH", "rash.md",
    "C:%5cx", "~root", *(f"{'../' * n}etc/passwd" for n in range(1, 46)),
    *(f"{'%2e%2e/' * n}etc" for n in range(1, 46)),
]  # fmt: skip


def test_only_pages_of_the_corpus_are_given(client: TestClient) -> None:
    assert len(_TRAVERSALS) >= 100
    for page in _TRAVERSALS:
        for address in ("/v1/pages/", "/pages/"):
            assert client.get(address + page).status_code == 404, page
