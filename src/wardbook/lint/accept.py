"""Accepted findings: a TOML file that says which faults are known, and why each may stay.

[[accepted]]
page = "mitigations/*"            # page id; * stands for anything
code = "B01"
words = "100 mg every 24 h"       # part of the finding's message; left out: any
reason = "two guidelines differ; both pages say so"
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from wardbook.errors import SettingsError
from wardbook.lint.finding import Finding

FILE = "lint-accepted.toml"
"""Name of the file that is read from the corpus folder where none is named."""
_KEYS = frozenset({"page", "code", "words", "reason"})


@dataclass(frozen=True, slots=True)
class Accepted:
    """One known fault, or several of a kind."""

    page: str
    """Page id, or a pattern with `*`."""
    code: str
    """Code of the rule."""
    words: str
    """Words that the message must hold; "" for any."""
    reason: str
    """Why it may stay."""

    def covers(self, finding: Finding) -> bool:
        """Tell whether a finding is this known fault; the line does not count, it moves."""
        return self.code == finding.code and self.words in finding.message and fnmatchcase(finding.page, self.page)


def read_accepted(path: Path, codes: Iterable[str]) -> tuple[Accepted, ...]:
    """Read an accepted-findings file; SettingsError names the entry that is wrong. `codes` are those of the rules."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise SettingsError(f"{path} cannot be read ({fault.strerror})", "name the file of accepted findings") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise SettingsError(f"{path} is not TOML ({fault})", "mend that line") from None
    entries = data.pop("accepted", [])
    if data or not isinstance(entries, list):
        raise SettingsError(f"{path} holds more than [[accepted]] entries", "keep to [[accepted]]")
    known = frozenset(codes)
    return tuple(_entry(entry, f"{path}, entry {at}", known) for at, entry in enumerate(entries, start=1))


def _entry(entry: object, where: str, codes: frozenset[str]) -> Accepted:
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        raise SettingsError(f"{where} holds something that is no text", "give page, code, words, reason in quotes")
    if unknown := sorted(set(entry) - _KEYS):
        raise SettingsError(f"{where} has an unknown key {unknown[0]!r}", "known are page, code, words, reason")
    for key in ("page", "code", "reason"):
        if not str(entry.get(key, "")).strip():
            raise SettingsError(f"{where} has no {key}", f"add {key} = ...")
    if entry["code"] not in codes:
        raise SettingsError(f"{where} names no rule with {entry['code']!r}", "see wardbook lint --rules")
    return Accepted(entry["page"], entry["code"], entry.get("words", ""), entry["reason"])


def split(
    findings: Sequence[Finding], accepted: Sequence[Accepted]
) -> tuple[list[Finding], list[tuple[Finding, str]], list[Accepted]]:
    """Part findings into new ones and accepted ones with their reason; third, the entries that cover nothing."""
    new: list[Finding] = []
    known: list[tuple[Finding, str]] = []
    used: set[Accepted] = set()
    for finding in findings:
        covering = [entry for entry in accepted if entry.covers(finding)]
        used.update(covering)
        if covering:
            known.append((finding, covering[0].reason))
        else:
            new.append(finding)
    return new, known, [entry for entry in accepted if entry not in used]
