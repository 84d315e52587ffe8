from collections.abc import Callable
from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PAGES = {
    "letermovir": "# Letermovir\n\n480 mg PO daily. With cyclosporine: 240 mg daily.\n",
    "tocilizumab": "# Tocilizumab\n\n8 mg/kg IV for CRS, max 800 mg.\n",
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    made: Assistant = assistant_over(Path(tmp_path_factory.mktemp("bare")), PAGES)
    return lambda question: made.ask(question).text


@pytest.mark.parametrize(
    "question",
    [
        "letermovir 480 with cyclosporine ok?",
        "letermovir 480 with csa correct?",
        "is letermovir 480 right, pt on ciclosporin",
        "letermovir 480 mg with csa correct?",
    ],
)
def test_a_figure_asked_whether_right_is_an_amount(ask: Callable[[str], str], question: str) -> None:
    assert "Exceeds what the page gives" in ask(question)


def test_a_figure_of_something_else_is_none(ask: Callable[[str], str]) -> None:
    assert "understood as" not in ask("letermovir 480 days ok?")
    assert "xceeds" not in ask("letermovir 3 weeks ok?")
    assert "xceeds" not in ask("tocilizumab 8 ok?")  # given by weight: of what 8 is, is not told
