"""What a command loads, and that none needs a network, a key or a model hub."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from real_index import corpus, environment, run

HEAVY = {
    *("torch", "sentence_transformers", "transformers", "llama_index", "onnx", "faiss"),
    *("fastapi", "sqlalchemy", "pydantic"),
}
SEARCH = {"numpy", "onnxruntime", "tokenizers"}


def loaded(where: Path, *arguments: str) -> tuple[set[str], int]:
    """The top-level modules that a command had loaded when it ended, and its exit status."""
    corpus()
    done = run(*arguments, LOADED_MODULES=str(where / "modules"))
    assert done.returncode in (0, 1), done.stderr
    return set((where / "modules").read_text().split()), done.returncode


@pytest.mark.parametrize(
    "arguments",
    [
        ("dose", "zelumab", "--for", "prophylaxis"),
        ("check", "zelumab", "90 mg", "--for", "prophylaxis"),
        ("show", "zelumab"),
        ("lint",),
        ("version",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_what_searches_nothing_loads_no_model_and_no_vectors(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    modules, _ = loaded(tmp_path, *arguments)
    assert "wardbook" in modules
    assert modules & HEAVY == set()


def test_ask_loads_what_it_searches_with_and_nothing_else(tmp_path: Path) -> None:
    modules, status = loaded(tmp_path, "ask", "Does zelumab cause seizures?")
    assert status == 0
    assert modules >= SEARCH
    assert modules & HEAVY == set()


def test_ask_answers_without_network_keys_or_hub() -> None:
    corpus()
    assert not [name for name in environment() if name.startswith("HF_") or "KEY" in name or "TOKEN" in name]
    done = run("ask", "zelumab prophylaxis dose", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["regimens"][0]["amount"]["low"] == 90


def test_no_connection_can_be_opened_in_these_runs() -> None:
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True)
    assert "no connection in tests" in done.stderr
