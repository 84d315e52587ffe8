"""The usual dose is told first to who names no kidneys; a chance asked beside switches off no lookup and no "never"."""

import pytest

from answering.made import ask
from real_index import assistant_over
from wardbook.answering.lookup_asked import _asks_share, asks_share_alone
from wardbook.assistant import Assistant

PAGE = """# Zelovir

## Prophylaxis

| CrCl (mL/min) | Zelovir |
|---|---|
| > 50 | 410 mg PO BD |
| 10-50 | 210 mg PO BD |
| < 10 | 110 mg PO OD |

Zelovir: contraindicated in porphyria.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("usual"), {"zelovir": PAGE})


def test_the_usual_dose_stands_first(assistant: Assistant) -> None:
    answer = assistant.ask("zelovir prophylaxis dose")
    assert answer.status == "answered"
    assert answer.text.index("410 mg") < answer.text.index("210 mg")


def test_a_creatinine_leaves_open_which(assistant: Assistant) -> None:
    answer = assistant.ask("zelovir prophylaxis dose creatinine 300")
    assert answer.status != "answered"
    assert "usual" not in answer.text


@pytest.mark.parametrize(
    "question", ["can i give anakinra, any chance of fits?", "anakinra dose and the chance of fits"]
)
def test_a_chance_asked_beside_switches_off_neither_lookup_nor_prohibition(question: str) -> None:
    assert not asks_share_alone(ask(question))
    assert not _asks_share(ask(question))


def test_a_chance_asked_alone_is_no_dose() -> None:
    assert asks_share_alone(ask("chance of fits with anakinra"))
    assert _asks_share(ask("chance of fits with anakinra"))
