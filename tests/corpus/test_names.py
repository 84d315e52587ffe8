"""Names that a page gives: its title and what stands in parentheses behind it."""

import pytest

from wardbook.corpus.names import names_in
from wardbook.corpus.reading import read_document


@pytest.mark.parametrize(
    ("title", "others"),
    [
        ("Cytokine Release Syndrome (CRS)", ["CRS"]),
        ("Hepatic Veno-Occlusive Disease (VOD/SOS)", ["VOD"]),
        ("Macrophage Activation-Like Syndrome (MAS-L)", ["MAS-L"]),
        ("Anakinra (IL-1 receptor antagonist)", []),
        ("Vedolizumab in Colitis (US)", []),
    ],
)
def test_a_short_form_behind_a_title_is_its_name(title: str, others: list[str]) -> None:
    document = read_document(f"# {title}\n\nWords.\n".encode(), "events/page")
    titles = [name.words for name in names_in(document) if name.kind == "title"]
    assert titles[1:] == others
