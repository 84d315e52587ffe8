"""A tiny sentence-transformers model of random weights, made once a session, and corpora and indexes made with it."""

import string
import warnings
from pathlib import Path

import pytest
from index_samples import PAGES, Build, write_pages

from wardbook.index import build as build_module
from wardbook.index.build import build


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two layers and 32 figures that takes 64 tokens and knows single characters and a few words."""
    folder = tmp_path_factory.mktemp("model")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import torch
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.models import Normalize, Pooling, Transformer
        from transformers import BertConfig, BertModel, BertTokenizer

        characters = string.ascii_lowercase + string.digits + string.punctuation
        words = "dose mg anakinra tocilizumab steroid fever grade daily page section maximum not".split()
        vocabulary = [
            "[PAD]",
            "[UNK]",
            "[CLS]",
            "[SEP]",
            "[MASK]",
            *characters,
            *(f"##{c}" for c in characters),
            *words,
        ]
        (folder / "vocab.txt").write_text("\n".join(vocabulary))
        torch.manual_seed(0)
        config = BertConfig(
            vocab_size=len(vocabulary),
            hidden_size=32,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=64,
            max_position_embeddings=64,
        )
        plain = folder / "plain"
        BertModel(config).save_pretrained(plain, safe_serialization=True)
        BertTokenizer(str(folder / "vocab.txt"), model_max_length=64).save_pretrained(plain)
        transformer = Transformer(str(plain), max_seq_length=64)
        pooling = Pooling(32, "mean")
        SentenceTransformer(modules=[transformer, pooling, Normalize()], device="cpu").save(str(folder / "tiny"))
    return folder / "tiny"


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where exported graphs are kept for the session."""
    return tmp_path_factory.mktemp("cache")


RECIPE = build_module.recipe()


@pytest.fixture(autouse=True)
def one_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the code that reads pages count as the same throughout, even if somebody edits it meanwhile."""
    monkeypatch.setattr(build_module, "recipe", lambda: RECIPE)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    write_pages(tmp_path / "corpus", PAGES)
    return tmp_path / "corpus"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def run_build(corpus: Path, index: Path, tiny_model: Path, cache: Path) -> Build:
    return lambda: build(corpus, index, model=str(tiny_model), cache=cache, wait=5)
