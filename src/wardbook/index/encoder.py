"""Texts to unit vectors, on onnxruntime and tokenizers alone (no torch, so that a question starts at once).

Precision is fp32. Measured on the default model: int8 weights (dynamic, per channel) double the passages a second and
halve the time of a question, but a vector then depends on what else is in its batch and on the processor's integer
instructions, its cosine to the model's own falls to 0.995 on average, and nDCG@10 on 300 public health questions moved
from 0.867 to 0.864 (0.858 with weights that no processor saturates). fp32 equals sentence-transformers to 1e-6 on any
machine, and encodes a question in 5 ms.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
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
BATCH_TOKENS = 256
"""Tokens of a batch, filling counted; beyond, larger batches run slower, not faster, on a processor's caches."""
BATCH_TEXTS = 8
LEAST_FILLED = 0.9
"""Shortest text of a batch, as a part of its longest."""


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
        """Open the graph in a folder; `threads` batches are encoded at once (1 for questions)."""
        import onnxruntime

        self.config = read_config(folder)
        self._threads = threads
        self._folder = folder
        self._tokenizer = _read_tokenizer(folder)
        self._tokenizer.enable_truncation(self.config.max_tokens)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        try:
            self._session: Any = onnxruntime.InferenceSession(
                str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
            )
        except Exception as fault:  # noqa: BLE001  onnxruntime's own errors derive from Exception alone
            raise ModelError(f"{folder / GRAPH} cannot be run ({_line(fault)})", "run `wardbook index` again") from None
        self._inputs = [each.name for each in self._session.get_inputs()]

    @cached_property
    def _counter(self) -> Any:
        return _read_tokenizer(self._folder)

    @property
    def window(self) -> int:
        """Tokens that a passage may have, special ones counted."""
        return self.config.max_tokens - self.count_tokens(self.config.document_prompt)

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text, special ones left out."""
        return len(self._counter.encode(_readable(text), add_special_tokens=False).ids)

    def encode(self, texts: Sequence[str], kind: Kind, progress: Progress | None = None) -> Floats:
        """Give unit vectors of shape (n, dimension); `progress` is told how many more texts are done.

        A text of more tokens than the model takes is cut at its window, as sentence-transformers does.
        """
        prompt = self.config.query_prompt if kind == "query" else self.config.document_prompt
        inputs = [each.ids for each in self._tokenizer.encode_batch([prompt + _readable(text) for text in texts])]
        vectors = np.zeros((len(inputs), self.config.dimension), np.float32)

        def encode_batch(batch: list[int]) -> None:
            vectors[batch] = self._run([inputs[at] for at in batch])
            if progress:
                progress(len(batch))

        batches = batches_of([len(each) for each in inputs])
        if self._threads == 1 or len(batches) < 2:
            for batch in batches:
                encode_batch(batch)
        else:
            from concurrent.futures import ThreadPoolExecutor

            with ThreadPoolExecutor(self._threads) as pool:
                list(pool.map(encode_batch, batches))
        return vectors

    def _run(self, inputs: list[list[int]]) -> Floats:
        longest = max(map(len, inputs))
        ids = np.full((len(inputs), longest), self.config.pad_id, np.int64)
        mask = np.zeros_like(ids)
        for row, each in enumerate(inputs):
            ids[row, : len(each)] = each
            mask[row, : len(each)] = 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        return _unit(self._session.run(None, {name: given[name] for name in self._inputs})[0])


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
        for at in range(0, len(texts), BATCH_TEXTS):
            batch = [prompt + _readable(text) for text in texts[at : at + BATCH_TEXTS]]
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


def batches_of(lengths: Sequence[int]) -> list[list[int]]:
    """Group texts by length, longest first: at most `BATCH_TOKENS` tokens and `BATCH_TEXTS` texts a batch.

    Shorter texts are hardly filled up (`LEAST_FILLED`). What is in a batch depends on the lengths alone, so that the
    same texts always give the same vectors.
    """
    batches: list[list[int]] = []
    longest = 0
    for at in sorted(range(len(lengths)), key=lambda at: (-lengths[at], at)):
        room = min(BATCH_TEXTS, max(1, BATCH_TOKENS // max(longest, 1)))
        if not batches or len(batches[-1]) >= room or lengths[at] < LEAST_FILLED * longest:
            batches.append([])
            longest = lengths[at]
        batches[-1].append(at)
    return batches


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
