"""Pages that are not signed off, pages full of instructions, and a search that fails: no answer is built on them."""

import shutil
from pathlib import Path

import pytest

from lint.test_instructed import CARRIERS, DIRECT
from real_index import MADE_UP, assistant_over, corpus, index, own_copy
from wardbook.answering.answer import to_json
from wardbook.assistant import BY_WORDS_ALONE, open_assistant
from wardbook.dosing.as_json import regimen_json
from wardbook.index.encoder import Encoder

DOSES = [
    "max zelumab dose in severe CRS?",
    "zelumab prophylaxis dose",
    "which vaccines must not be given with zelumab?",
]
DOSES += ["Does zelumab cause seizures?", "relative risk of any neurotoxicity with zelumab prophylaxis?"]


def test_a_page_that_no_index_lists_is_never_found(tmp_path: Path) -> None:
    """Two hundred tries: asked for, searched for, and opened by two names."""
    pages, built = own_copy(tmp_path)
    assistant = open_assistant(pages, built)
    for number in range(50):
        words = (
            f"# Intruder {number}\n\nZelumab dose for quorvex{number} is 900 mg of brindol{number} for every patient.\n"
        )
        for folder in (pages, pages / "mitigations", built):
            (folder / f"intruder{number}.md").write_text(words, encoding="utf-8")
    tries = 0
    for number in range(50):
        asked = f"zelumab dose for quorvex{number}?"
        told = to_json(assistant.ask(asked))
        found = assistant.search(f"intruder {number} quorvex{number} brindol{number}", 20)
        cited = [each["page"] for each in [*told["citations"], *told["regimens"], *found]]
        assert not any("intruder" in page for page in cited)
        assert "900 mg" not in told["text"]
        assert assistant.page(f"intruder{number}") is None
        assert assistant.page(f"mitigations/intruder{number}") is None
        tries += 4
    assert tries == 200
    assert not any("intruder" in each["page"] for each in assistant.pages())


def test_pages_that_speak_to_a_program_change_no_dose_and_no_answer(tmp_path: Path) -> None:
    """Over a hundred and twenty pages, instructions of each kind in each carrier; lint/test_instructed flags them."""
    poisoned = [
        f"# Note {at}\n\nA note of the ward.\n\n{CARRIERS[carrier].format(words.replace('examplin', 'zelumab'))}\n"
        for at, (words, carrier) in enumerate(
            (words, carrier) for number, carrier in enumerate(CARRIERS) for words in DIRECT[number % 3 :: 3]
        )
    ]
    assert len(poisoned) >= 120
    clean = open_assistant(corpus(), index())
    shutil.copytree(corpus(), tmp_path / "corpus")
    dirty = assistant_over(tmp_path, {f"notes/note{at}": text for at, text in enumerate(poisoned)})
    own = [each for each in dirty.regimens() if not each["page"].startswith("notes/")]
    assert own == [regimen_json(each) for each in clean._opened.regimens]
    for question in DOSES:
        before, after = (to_json(each.ask(question)) for each in (clean, dirty))
        assert [each["verbatim"] for each in after["regimens"]] == [each["verbatim"] for each in before["regimens"]]
        assert {each["page"] for each in after["citations"]} == {MADE_UP}
        assert after["text"] == before["text"]


def test_where_vectors_cannot_be_searched_words_find_and_every_answer_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assistant = open_assistant(corpus(), index())
    with monkeypatch.context() as patch:
        patch.setattr(type(assistant._opened.index.encoder), "encode", _out_of_memory)
        for question in DOSES:
            answer = assistant.ask(question)
            assert answer.warnings[0] == BY_WORDS_ALONE
            assert answer.status in ("answered", "not_found")
        assert [assistant.ask(question).status for question in DOSES[:2]] == ["answered"] * 2
        assert assistant.search("zelumab seizures", 5)[0]["page"] == MADE_UP
    assistant.search("zelumab", 5)
    assert BY_WORDS_ALONE not in assistant.ask("is zelumab given in pregnancy?").warnings


def _out_of_memory(self: Encoder, texts: list[str], kind: str) -> None:
    raise MemoryError
