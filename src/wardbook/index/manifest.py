"""The manifest of a generation: every file with its hash, what made it, and what it holds."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from wardbook.errors import IndexFault
from wardbook.index.model import file_sha256

FORMAT = 2
"""Raised whenever a reader of the older format could not read the newer one."""
MANIFEST = "manifest.json"
STORE = "store.sqlite"
VECTORS = "vectors.faiss"
SEEN = "seen.json"
"""Sizes and times of the corpus files, for a quick look at what changed; not part of the manifest's `content`."""
REBUILD = "run `wardbook index`"


@dataclass(frozen=True, slots=True)
class FileNote:
    """A file of a generation."""

    size: int
    """Bytes."""
    sha256: str
    """Hex."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is."""

    format: int
    """`FORMAT` of the version that wrote it."""
    wardbook: str
    """Version of the program that wrote it."""
    created: str
    """ISO time, UTC."""
    recipe: str
    """sha256 of the code and vocabularies that read the pages."""
    encoder: Mapping[str, object]
    """What makes the vectors: `EncoderConfig` as a mapping, and what `filling.embedding` adds."""
    counts: Mapping[str, int]
    """Pages, sections, passages, vectors, regimens."""
    corpus: str
    """sha256 over the corpus files' ids and hashes."""
    content: str
    """sha256 over all of this but the times; the same corpus and settings give the same."""
    files: Mapping[str, FileNote]
    """Files by name, the manifest itself not among them."""


def content_hash(manifest: Mapping[str, object]) -> str:
    """Hash a manifest's facts, times left out."""
    facts = {key: value for key, value in manifest.items() if key not in ("created", "content")}
    files = facts.get("files", {})
    facts["files"] = {name: note for name, note in files.items() if name != SEEN} if isinstance(files, Mapping) else {}
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def note_files(folder: Path) -> dict[str, FileNote]:
    """Hash the files of a generation."""
    return {
        path.name: FileNote(path.stat().st_size, file_sha256(path))
        for path in sorted(folder.iterdir())
        if path.name != MANIFEST
    }


def write_manifest(folder: Path, manifest: Manifest) -> str:
    """Write the manifest into its folder; gives its sha256, which the pointer file holds."""
    data = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
    (folder / MANIFEST).write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def read_manifest(folder: Path, sha256: str) -> Manifest:
    """Read the manifest that the pointer names; IndexFault where it is damaged or of a newer format."""
    try:
        data = (folder / MANIFEST).read_bytes()
    except FileNotFoundError:
        raise IndexFault(f"{folder / MANIFEST} is missing", f"{REBUILD} again") from None
    except OSError as fault:
        raise IndexFault(f"{folder / MANIFEST} cannot be read ({fault.strerror})", "mend its permissions") from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise IndexFault(f"the index is damaged: {folder / MANIFEST} is not as it was written", f"{REBUILD} again")
    kept = json.loads(data)
    if kept.get("format") != FORMAT:
        newer = kept.get("format", 0) > FORMAT
        raise IndexFault(
            f"the index has format {kept.get('format')}, and this version of wardbook reads {FORMAT}",
            "bring wardbook up to date" if newer else f"{REBUILD} again",
        )
    return Manifest(**{**kept, "files": {name: FileNote(**note) for name, note in kept["files"].items()}})


def verify_file(folder: Path, name: str, note: FileNote) -> Path:
    """Check a file against its note and give its path; IndexFault says what is wrong."""
    path = folder / name
    try:
        size = path.stat().st_size
        if size != note.size:
            raise IndexFault(
                f"the index is damaged: {path} has {size:,} bytes instead of {note.size:,}", f"{REBUILD} again"
            )
        if file_sha256(path) != note.sha256:
            raise IndexFault(f"the index is damaged: {path} is not as it was written", f"{REBUILD} again")
    except FileNotFoundError:
        raise IndexFault(f"the index is damaged: {path} is missing", f"{REBUILD} again") from None
    except OSError as fault:
        raise IndexFault(f"{path} cannot be read ({fault.strerror})", "mend its permissions") from None
    return path
