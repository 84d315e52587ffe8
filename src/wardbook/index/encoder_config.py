"""What an encoder is, and the files that hold one."""

import json
from dataclasses import dataclass
from pathlib import Path

from wardbook.errors import ModelError

GRAPH = "model.onnx"
WEIGHTS = "model.data"
"""The large ones among the graph's weights, beside it; left out where it has none."""
TOKENIZER = "tokenizer.json"
CONFIGURATION = "encoder.json"
FILES = (GRAPH, WEIGHTS, TOKENIZER, CONFIGURATION)


@dataclass(frozen=True, slots=True)
class EncoderConfig:
    """What an encoder is; equal configurations give the same vectors."""

    name: str
    """Name of the model, as in the settings."""
    weights: str
    """sha256 of its weights."""
    configuration: str
    """sha256 over its tokenizer and configuration files."""
    export_version: int
    """`export.EXPORT_VERSION` that made the graph."""
    backend: str
    """ "onnx", or "torch" where the model's graph cannot be exported."""
    precision: str
    """ "int8" | "fp32", of the weights."""
    dimension: int
    """Figures of one vector."""
    max_tokens: int
    """Longest input, special tokens counted."""
    query_prompt: str = ""
    """Put before a question."""
    document_prompt: str = ""
    """Put before a passage."""


def read_config(folder: Path) -> EncoderConfig:
    """Read an encoder's configuration; ModelError where it is none."""
    try:
        return EncoderConfig(**json.loads((folder / CONFIGURATION).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise ModelError(f"{folder / CONFIGURATION} cannot be read", "run `wardbook index` again") from None
