"""The embedding model as one ONNX graph, made once with torch and kept; asking then needs no torch.

The whole pipeline (transformer, pooling, any dense layer, normalisation) is in the graph, so that it serves any
sentence-transformers model. The graph is traced with plain attention: measured beside the newer exporter and its fused
attention on the default model it was the quickest (48 against 37 passages of 162 tokens a second on two cores), and
the optimisers of onnxruntime, run ahead of time, saved neither start-up time nor query time. `encoder` says why the
weights are then made int8.
"""

import hashlib
import json
import logging
import os
import tempfile
import warnings
from dataclasses import asdict
from pathlib import Path
from typing import Any

from wardbook.errors import ModelError
from wardbook.index.encoder_config import CONFIGURATION, GRAPH, TOKENIZER, WEIGHTS, EncoderConfig, read_config
from wardbook.index.model import Model, file_sha256

EXPORT_VERSION = 5
"""Raised whenever the same model would give another graph."""
_OPSET = 17
_FP32_COSINE = 1 - 1e-5
"""Least cosine between what the graph gives and what the model gives."""
_INT8_COSINE = 0.97
"""The same after rounding the weights; a model that loses more stays in fp32."""
_LARGE = 1 << 20
"""Bytes from which a weight lies beside the graph."""


def exported(model: Model, cache: Path, precision: str = "int8") -> tuple[Path, EncoderConfig]:
    """Give the folder that holds the model's graph, tokenizer and configuration; made on first use.

    `precision` is "int8" or "fp32"; a model that would lose too much in int8 is kept in fp32.

    The folder's files are checked against the hashes noted when it was made; a damaged one is made anew.
    """
    key = hashlib.sha256(
        f"{model.name} {model.weights} {model.configuration} {EXPORT_VERSION} {precision}".encode()
    ).hexdigest()
    folder = cache / f"encoder-{key[:24]}"
    if not _whole(folder):
        _export_into(model, folder, precision)
    return folder, read_config(folder)


def _whole(folder: Path) -> bool:
    try:
        noted: dict[str, str] = json.loads((folder / "sha256.json").read_text(encoding="utf-8"))
        return all(file_sha256(folder / name) == digest for name, digest in noted.items())
    except (OSError, ValueError):
        return False


def _export_into(model: Model, folder: Path, precision: str) -> None:
    """Make the folder beside its place and rename it there, so that a half-made one is never used."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".making-") as made:
            making = Path(made) / "encoder"
            making.mkdir()
            _export(model, making, precision)
            hashes = {path.name: file_sha256(path) for path in sorted(making.iterdir())}
            (making / "sha256.json").write_text(json.dumps(hashes), encoding="utf-8")
            if folder.exists():
                folder.rename(Path(made) / "damaged")
            making.rename(folder)
    except OSError as fault:
        if not _whole(folder):
            raise ModelError(
                f"the encoder cannot be kept in {folder.parent} ({fault.strerror})", "name another --cache DIR"
            ) from None


def load_sentence_transformer(folder: Path) -> Any:
    """Load a model with torch, offline and without running code of its own."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    for name in ("sentence_transformers", "transformers", "torch.onnx"):
        logging.getLogger(name).setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        options = {"attn_implementation": "eager", "use_safetensors": True}
        try:
            return SentenceTransformer(
                str(folder), device="cpu", local_files_only=True, trust_remote_code=False, model_kwargs=options
            ).eval()
        except (OSError, ValueError, KeyError, RuntimeError, ImportError) as fault:
            line = str(fault).strip().split("\n")[0][:160]
            raise ModelError(f"the embedding model in {folder} cannot be loaded ({line})", "name another") from None


def _export(model: Model, folder: Path, precision: str) -> None:
    transformer = load_sentence_transformer(model.folder)
    backend, made = "onnx", "fp32"
    try:
        _trace(transformer, folder / GRAPH)
        if precision == "int8" and _quantise(transformer, folder / GRAPH):
            made = "int8"
        _optimise(folder / GRAPH)
        transformer.tokenizer.backend_tokenizer.save(str(folder / TOKENIZER))
    except Exception as fault:  # noqa: BLE001  a graph may fail to export in as many ways as there are architectures
        line = str(fault).strip().split("\n")[0][:120]
        logging.getLogger(__name__).warning("%s runs on torch, its graph cannot be exported: %s", model.name, line)
        for name in (GRAPH, WEIGHTS, TOKENIZER):
            (folder / name).unlink(missing_ok=True)
        backend = "torch"
    config = _config(model, transformer, backend, made)
    (folder / CONFIGURATION).write_text(json.dumps(asdict(config), indent=1), encoding="utf-8")


def _config(model: Model, transformer: Any, backend: str, precision: str) -> EncoderConfig:
    prompts: dict[str, str] = transformer.prompts or {}
    return EncoderConfig(
        name=model.name,
        weights=model.weights,
        configuration=model.configuration,
        export_version=EXPORT_VERSION,
        backend=backend,
        precision=precision,
        dimension=transformer.get_embedding_dimension(),
        max_tokens=min(transformer.max_seq_length or 512, 8192),
        query_prompt=prompts.get("query") or "",
        document_prompt=next((prompts[name] for name in ("document", "passage", "corpus") if prompts.get(name)), ""),
    )


def _trace(transformer: Any, path: Path) -> None:
    import torch

    tokenizer = transformer.tokenizer
    example = tokenizer(["a text of some words", "one"], padding=True, return_tensors="pt")
    names = [name for name in tokenizer.model_input_names if name in example]

    class Pipeline(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, *inputs: Any) -> Any:
            return self.transformer(dict(zip(names, inputs, strict=True)))["sentence_embedding"]

    axes = {name: {0: "batch", 1: "length"} for name in names}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Pipeline(),
            tuple(example[name] for name in names),
            str(path),
            input_names=names,
            output_names=["sentence_embedding"],
            dynamic_axes={**axes, "sentence_embedding": {0: "batch"}},
            opset_version=_OPSET,
            dynamo=False,
        )
    least = _least_cosine(transformer, path)
    if least < _FP32_COSINE:  # a trace can freeze what depends on the input
        raise ValueError(f"the graph differs from the model (cosine {least:.5f})")


def _quantise(transformer: Any, path: Path) -> bool:
    """Make the graph's weights int8 in place; False, and the graph as it was, where too much would be lost."""
    rounded = path.with_name("rounded.onnx")
    root = logging.getLogger()
    silent = logging.NullHandler()
    root.addHandler(silent)  # else the quantiser's call of logging.warning would set logging up for the whole program
    logging.disable(logging.WARNING)
    try:
        from onnxruntime.quantization import QuantType, quantize_dynamic

        quantize_dynamic(
            path,
            rounded,
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm"],
        )
    finally:
        logging.disable(logging.NOTSET)
        root.removeHandler(silent)
    if _least_cosine(transformer, rounded) < _INT8_COSINE:
        rounded.unlink()
        return False
    rounded.replace(path)
    return True


def _optimise(path: Path) -> None:
    """Fuse the graph's operators once for all, so that it opens in half the time; what it computes stays the same.

    The "extended" level holds for any processor; what is left for one processor alone concerns no transformer.
    The large weights (the table of words, four fifths of the default model) go into a file of their own, which is
    mapped and read where a question needs it, not copied whole: the graph opens in a fifth of the time.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(path.with_suffix(".optimised"))
    options.add_session_config_entry("session.optimized_model_external_initializers_file_name", WEIGHTS)
    options.add_session_config_entry("session.optimized_model_external_initializers_min_size_in_bytes", str(_LARGE))
    options.log_severity_level = 3
    onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    path.with_suffix(".optimised").replace(path)


def _least_cosine(transformer: Any, path: Path) -> float:
    """Give the least cosine between the graph's vectors and the model's own, over texts of some lengths."""
    import numpy as np
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    taken = [each.name for each in session.get_inputs()]
    least = 1.0
    for text in ("one", "a text of some more words than the one it was traced with, and 4.5 mg/kg", "words " * 40):
        batch = transformer.tokenizer(
            [text], truncation=True, max_length=transformer.max_seq_length, return_tensors="np"
        )
        ours = session.run(None, {name: batch[name].astype(np.int64) for name in taken})[0][0]
        theirs = transformer.encode([text], show_progress_bar=False)[0]
        least = min(least, float(ours @ theirs / np.linalg.norm(ours) / np.linalg.norm(theirs)))
    return least
