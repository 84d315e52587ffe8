"""Texts to unit vectors, on onnxruntime and tokenizers alone (no torch, so that a question starts at once).

Weights are int8 by default (per channel, of 7 bits, so that the integer sums are exact on any processor). Measured on
the default model, two cores, passages of 162 tokens: torch 31 a second, the graph in fp32 48, in int8 105; one question
10, 5.3 and 2.3 ms. The cosine to the model's own vectors is 0.994 on average. nDCG@10 on 300 public health questions,
vectors with their share of headings alone 0.936 in fp32 and 0.934 in int8; fused with words 0.948 and 0.950 (95%
interval of the difference -0.005 to 0.008). In fp32 the graph equals the model to 1e-6.

Each text is run alone: nothing is filled up, a vector depends on its text and on nothing beside it, and batches were no
quicker (48, 49, 45, 39 passages a second in batches of 1, 2, 4, 8 with one thread a core).
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from wardbook.errors import ModelError
from wardbook.index.encoder_config import GRAPH, TOKENIZER, EncoderConfig, read_config
from wardbook.index.model import find_model

Floats = npt.NDArray[np.float32]
Kind = Literal["query", "document"]
Progress = Callable[[int], None]
_TORCH_BATCH = 8


class Encoder(Protocol):
    """What turns texts into vectors."""

    @property
    def config(self) -> EncoderConfig:
        """What it is."""

    @property
    def window(self) -> int:
        """Tokens that a passage may have, special ones counted."""

    def encode(self, texts: Sequence[str], kind: Kind, progress: Progress | None = None) -> Floats:
        """Give unit vectors of shape (n, dimension); `progress` is told how many more texts are done."""

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text, special ones left out."""


class OnnxEncoder:
    """The exported graph on onnxruntime."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Open the graph in a folder; `threads` texts are encoded at once (1 for questions)."""
        import onnxruntime

        self.config = read_config(folder)
        self._threads = threads
        self._tokenizer = _read_tokenizer(folder)
        self._tokenizer.enable_truncation(self.config.max_tokens)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # the export fused what can be fused
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        try:
            self._session: Any = onnxruntime.InferenceSession(
                str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
            )
        except Exception as fault:  # noqa: BLE001  onnxruntime's own errors derive from Exception alone
            raise ModelError(f"{folder / GRAPH} cannot be run ({_line(fault)})", "run `wardbook index` again") from None
        self._inputs = [each.name for each in self._session.get_inputs()]

    @property
    def window(self) -> int:
        """Tokens that a passage may have, special ones counted."""
        return self.config.max_tokens - self.count_tokens(self.config.document_prompt)

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text, special ones left out."""
        encoded = self._tokenizer.encode(_readable(text), add_special_tokens=False)
        return len(encoded.ids) + sum(len(rest.ids) for rest in encoded.overflowing)

    def encode(self, texts: Sequence[str], kind: Kind, progress: Progress | None = None) -> Floats:
        """Give unit vectors of shape (n, dimension); `progress` is told how many more texts are done.

        A text of more tokens than the model takes is cut at its window, as sentence-transformers does.
        """
        prompt = self.config.query_prompt if kind == "query" else self.config.document_prompt
        inputs = [each.ids for each in self._tokenizer.encode_batch([prompt + _readable(text) for text in texts])]
        vectors = np.zeros((len(inputs), self.config.dimension), np.float32)

        def encode_one(at: int) -> None:
            vectors[at] = self._run(inputs[at])
            if progress:
                progress(1)

        longest_first = sorted(range(len(inputs)), key=lambda at: -len(inputs[at]))
        if self._threads == 1 or len(inputs) < 2:
            for at in longest_first:
                encode_one(at)
        else:
            from concurrent.futures import ThreadPoolExecutor

            with ThreadPoolExecutor(self._threads) as pool:
                list(pool.map(encode_one, longest_first))
        return vectors

    def _run(self, tokens: list[int]) -> Floats:
        ids = np.array([tokens], np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        vectors: Floats = _unit(self._session.run(None, {name: given[name] for name in self._inputs})[0])
        return np.asarray(vectors[0], np.float32)


class TorchEncoder:
    """sentence-transformers itself, for a model whose graph cannot be exported."""

    def __init__(self, folder: Path, model: Path) -> None:
        """Open the model in folder `model`, configured as in `folder`."""
        self.config = read_config(folder)
        from wardbook.index.export import load_sentence_transformer

        self._model = load_sentence_transformer(model)

    @property
    def window(self) -> int:
        """Tokens that a passage may have, special ones counted."""
        return self.config.max_tokens - self.count_tokens(self.config.document_prompt)

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text, special ones left out."""
        return len(self._model.tokenizer(_readable(text), add_special_tokens=False, verbose=False)["input_ids"])

    def encode(self, texts: Sequence[str], kind: Kind, progress: Progress | None = None) -> Floats:
        """Give unit vectors of shape (n, dimension); `progress` is told how many more texts are done."""
        prompt = self.config.query_prompt if kind == "query" else self.config.document_prompt
        vectors = np.zeros((len(texts), self.config.dimension), np.float32)
        for at in range(0, len(texts), _TORCH_BATCH):
            batch = [prompt + _readable(text) for text in texts[at : at + _TORCH_BATCH]]
            vectors[at : at + len(batch)] = _unit(self._model.encode(batch, show_progress_bar=False))
            if progress:
                progress(len(batch))
        return vectors


def open_encoder(folder: Path, threads: int = 1) -> Encoder:
    """Open the encoder in a folder, as `export.exported` or a built index hold it."""
    config = read_config(folder)
    return (
        OnnxEncoder(folder, threads)
        if config.backend == "onnx"
        else TorchEncoder(folder, find_model(config.name).folder)
    )


def _read_tokenizer(folder: Path) -> Any:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    except Exception as fault:  # noqa: BLE001  tokenizers raises bare Exception
        raise ModelError(
            f"{folder / TOKENIZER} cannot be read ({_line(fault)})", "run `wardbook index` again"
        ) from None
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _unit(vectors: Any) -> Floats:
    """Bring rows to length 1; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), np.float32)


def _readable(text: str) -> str:
    """Replace lone surrogates, which the tokenizer refuses."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _line(fault: Exception) -> str:
    return str(fault).strip().split("\n")[0][:100]
