"""What lint says, and how strictly."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault of a page."""

    page: str
    """Page id."""
    line: int
    """Line of the file, 1-based."""
    code: str
    """Code of the rule ("S01")."""
    message: str
    """What is wrong, the words of the page, and how to mend it."""

    def __str__(self) -> str:
        """Give `page:line: CODE message`, with the page as its file is named."""
        return f"{self.page}.md:{self.line}: {self.code} {self.message}"


@dataclass(frozen=True, slots=True)
class LintSettings:
    """What a site may decide."""

    stale_months: int = 24
    """A page last updated more than so many months ago is stale."""
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    """The day on which pages are judged."""


def shown(words: str, most: int = 90) -> str:
    """Give words of a page for a message: in quotes, on one line, cut where they are long."""
    line = " ".join(words.split())
    return f'"{line}"' if len(line) <= most else f'"{line[: most - 3].rstrip()}..."'


def listed(items: list[str], most: int = 4) -> str:
    """Join items for a message; of many, the first ones and how many more."""
    rest = f" and {len(items) - most} more" if len(items) > most else ""
    return ", ".join(items[:most]) + rest
