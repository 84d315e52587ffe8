import logging
import shutil
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from index_samples import PAGES

from wardbook.errors import ModelError
from wardbook.index import export
from wardbook.index.encoder import Encoder, OnnxEncoder, TorchEncoder, open_encoder
from wardbook.index.encoder_config import CONFIGURATION, GRAPH, WEIGHTS, read_config
from wardbook.index.export import exported, load_sentence_transformer
from wardbook.index.model import DEFAULT_MODEL, PINNED_WEIGHTS, find_model

TEXTS = [
    "max anakinra dose in severe CRS?",
    "",
    "K+ 5.5 mmol/L, IL-6, β-lactam, 0.5 mg/kg q8h",
    "one",
    "a long text of a page " * 60,
    "lone surrogate \ud800 and NUL \0",
]


@pytest.fixture
def tiny(tiny_model: Path, cache: Path) -> Encoder:
    return open_encoder(exported(find_model(str(tiny_model)), cache, "fp32")[0])


def reference(model: Path, texts: list[str]) -> Any:
    readable = [text.encode("utf-8", "replace").decode() for text in texts]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_sentence_transformer(model).encode(readable, normalize_embeddings=True, show_progress_bar=False)


def cosines(one: Any, other: Any) -> Any:
    return (one * other).sum(1)


@pytest.mark.parametrize("threads", [1, 2])
def test_the_default_model_in_fp32_equals_sentence_transformers(cache: Path, threads: int) -> None:
    model = find_model(DEFAULT_MODEL)
    folder, config = exported(model, cache, "fp32")
    assert (config.backend, config.precision, config.dimension, config.max_tokens) == ("onnx", "fp32", 384, 256)
    found = open_encoder(folder, threads).encode(TEXTS, "document")
    assert cosines(found, reference(model.folder, TEXTS)).min() > 1 - 1e-4
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


def test_the_default_model_in_int8_stays_near_and_ranks_alike(cache: Path) -> None:
    model = find_model(DEFAULT_MODEL)
    folder, config = exported(model, cache)
    assert config.precision == "int8"
    texts = [*TEXTS, *PAGES["mitigations/anakinra"].split("\n\n"), *PAGES["events/crs"].split("\n\n")]
    texts = [text for text in texts if text.strip()]
    found, expected = open_encoder(folder).encode(texts, "document"), reference(model.folder, texts)
    assert cosines(found, expected).min() > 0.97
    assert cosines(found, expected).mean() > 0.985
    pairs = np.triu_indices(len(texts), 1)
    assert np.corrcoef((found @ found.T)[pairs], (expected @ expected.T)[pairs])[0, 1] > 0.99


def test_a_model_in_a_folder_equals_sentence_transformers(tiny: Encoder, tiny_model: Path) -> None:
    assert cosines(tiny.encode(TEXTS, "document"), reference(tiny_model, TEXTS)).min() > 1 - 1e-4


@pytest.mark.parametrize("pooling", ["cls", "max"])
def test_pooling_follows_the_model(tiny_model: Path, cache: Path, tmp_path: Path, pooling: str) -> None:
    model = tmp_path / "model"
    shutil.copytree(tiny_model, model)
    configuration = next(model.glob("1_*")) / "config.json"
    configuration.write_text(configuration.read_text().replace('"mean"', f'"{pooling}"'))
    assert f'"{pooling}"' in configuration.read_text()
    folder, _ = exported(find_model(str(model)), cache, "fp32")
    found = open_encoder(folder).encode(TEXTS[:4], "document")
    assert cosines(found, reference(model, TEXTS[:4])).min() > 1 - 1e-4
    plain = open_encoder(exported(find_model(str(tiny_model)), cache, "fp32")[0]).encode(TEXTS[:4], "document")
    assert cosines(found, plain).min() < 0.999


def test_prompts_of_the_model_are_put_before_texts(tiny_model: Path, cache: Path, tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(tiny_model, model)
    settings_file = model / "config_sentence_transformers.json"
    settings_file.write_text(
        '{"prompts": {"query": "question: ", "passage": "passage: "}, "similarity_fn_name": "cosine"}'
    )
    encoder = open_encoder(exported(find_model(str(model)), cache, "fp32")[0])
    plain = open_encoder(exported(find_model(str(tiny_model)), cache, "fp32")[0])
    for kind, prompt in (("query", "question: "), ("document", "passage: ")):
        expected = plain.encode([f"{prompt}fever"], "document")
        np.testing.assert_allclose(encoder.encode(["fever"], kind), expected, atol=1e-6)  # type: ignore[arg-type]
    assert encoder.window == plain.window - plain.count_tokens("passage: ")


@pytest.mark.parametrize("precision", ["int8", "fp32"])
def test_a_text_alone_and_in_company_has_the_same_vector(tiny_model: Path, cache: Path, precision: str) -> None:
    encoder = open_encoder(exported(find_model(str(tiny_model)), cache, precision)[0], threads=2)
    texts = [f"text number {at} " * (at % 7 + 1) for at in range(40)]
    together = encoder.encode(texts, "document")
    for at in (0, 13, 39):
        np.testing.assert_array_equal(encoder.encode([texts[at]], "document")[0], together[at])


def test_a_model_that_would_lose_too_much_stays_in_fp32(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "_INT8_COSINE", 1.1)
    folder, config = exported(find_model(str(tiny_model)), tmp_path)
    assert config.precision == "fp32"
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [CONFIGURATION, GRAPH, "sha256.json", "tokenizer.json"]
    )
    assert open_encoder(folder).encode(["dose"], "query").shape == (1, 32)


def test_large_weights_lie_beside_the_graph_and_give_the_same_vectors(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, _ = exported(find_model(str(tiny_model)), tmp_path / "plain")
    monkeypatch.setattr(export, "_LARGE", 256)
    folder, _ = exported(find_model(str(tiny_model)), tmp_path / "beside")
    assert (folder / GRAPH).stat().st_size < (plain / GRAPH).stat().st_size
    assert (folder / WEIGHTS).exists() and not (plain / WEIGHTS).exists()
    texts = ["dose of 5 mg", "mg"]
    beside, inside = (open_encoder(each).encode(texts, "query") for each in (folder, plain))
    np.testing.assert_array_equal(beside, inside)


def test_progress_counts_every_text(tiny_model: Path, cache: Path) -> None:
    told: list[int] = []
    encoder = open_encoder(exported(find_model(str(tiny_model)), cache)[0], threads=2)
    encoder.encode(["a b c"] * 30, "document", told.append)
    assert sum(told) == 30
    assert encoder.encode([], "document").shape == (0, 32)


def test_tokens_are_counted_whole_and_without_special_ones(tiny: Encoder) -> None:
    assert tiny.count_tokens("") == 0
    assert tiny.count_tokens("dose mg") == 2
    assert tiny.count_tokens("dose " * 500) == 500
    assert tiny.window == 64


def test_weights_that_are_not_the_pinned_ones_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PINNED_WEIGHTS, DEFAULT_MODEL, "0" * 64)
    with pytest.raises(ModelError, match="not the pinned ones"):
        find_model(DEFAULT_MODEL)


def test_only_safetensors_are_read(tiny_model: Path, tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(tiny_model, model)
    for path in model.rglob("*.safetensors"):
        path.rename(path.with_name("pytorch_model.bin"))
    with pytest.raises(ModelError, match="safetensors"):
        find_model(str(model))


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"config\.json"):
        find_model(str(tmp_path))


def test_a_damaged_graph_in_the_cache_is_made_anew(tiny_model: Path, tmp_path: Path) -> None:
    folder, config = exported(find_model(str(tiny_model)), tmp_path)
    data = (folder / GRAPH).read_bytes()
    (folder / GRAPH).write_bytes(data[:-100])
    again, same = exported(find_model(str(tiny_model)), tmp_path)
    assert (again, same) == (folder, config)
    assert len((folder / GRAPH).read_bytes()) == len(data)
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_the_graph_is_made_once(tiny_model: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exported(find_model(str(tiny_model)), cache)
    monkeypatch.setattr(export, "load_sentence_transformer", lambda _: pytest.fail("loaded with torch"))
    assert isinstance(open_encoder(exported(find_model(str(tiny_model)), cache)[0]), OnnxEncoder)


def test_a_model_without_a_graph_runs_on_torch_and_says_so(
    tiny_model: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise RuntimeError("no such operator")

    monkeypatch.setattr(export, "_trace", refuse)
    with caplog.at_level(logging.WARNING):
        folder, config = exported(find_model(str(tiny_model)), tmp_path)
    assert config.backend == "torch"
    assert len(caplog.records) == 1
    assert "no such operator" in caplog.text
    encoder = open_encoder(folder)
    assert isinstance(encoder, TorchEncoder)
    plain = open_encoder(exported(find_model(str(tiny_model)), cache, "fp32")[0])
    assert cosines(encoder.encode(TEXTS, "query"), plain.encode(TEXTS, "query")).min() > 1 - 1e-4
    assert encoder.count_tokens("dose mg") == 2
    assert encoder.window == plain.window


def test_a_cache_that_cannot_be_written_is_refused(tiny_model: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelError, match="--cache"):
        exported(find_model(str(tiny_model)), tmp_path / "file" / "below")


def test_a_damaged_encoder_folder_is_refused(tmp_path: Path, tiny_model: Path, cache: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        read_config(tmp_path)
    folder = tmp_path / "encoder"
    shutil.copytree(exported(find_model(str(tiny_model)), cache)[0], folder)
    (folder / GRAPH).write_bytes(b"not a graph")
    with pytest.raises(ModelError, match="cannot be run"):
        open_encoder(folder)
    (folder / "tokenizer.json").write_text("{")
    with pytest.raises(ModelError, match="cannot be read"):
        open_encoder(folder)
    (folder / CONFIGURATION).write_text("[]")
    with pytest.raises(ModelError, match="cannot be read"):
        open_encoder(folder)
