"""What every command shares: how it is declared, the global options, the assistant, and how results are printed."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, _SubParsersAction
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from wardbook.errors import QuestionError
from wardbook.settings import Settings

if TYPE_CHECKING:
    from wardbook.assistant import Assistant


class Parser(ArgumentParser):
    """A parser of the command line whose refusals are as all others are."""

    def __init__(self, prog: str, **more: Any) -> None:
        """Take no options that are cut short: a new one would make them ambiguous."""
        super().__init__(prog, allow_abbrev=False, **more)

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments."""
        raise QuestionError(message, f"see `{self.prog} --help`")


Commands: TypeAlias = "_SubParsersAction[Parser]"
"""What commands are added to."""


def add_command(commands: Commands, name: str, run: Callable[..., int | None]) -> Parser:
    """Add a command, carried out by a function that takes `Options` and, by name, what its parser reads.

    The function's docstring is the command's help; it gives the exit status, where that is not 0.
    """
    told = run.__doc__ or ""
    parser = commands.add_parser(name, help=told.partition("\n")[0], description=told)
    parser.set_defaults(run=run)
    return parser


def whole(low: int, high: int) -> Callable[[str], int]:
    """Give the reader of an argument that is a whole number from `low` to `high`."""

    def read(text: str) -> int:
        number = int(text) if text.isdecimal() else low - 1
        if not low <= number <= high:
            raise ArgumentTypeError(f"{text!r} is no whole number from {low:,} to {high:,}")
        return number

    return read


@dataclass(slots=True)
class Options:
    """What the global options say."""

    settings: Settings
    """Settings, flags taken in."""
    as_json: bool
    """One JSON document on standard output, nothing else there."""
    quiet: bool
    """No progress."""


def print_json(value: object) -> None:
    """Print one JSON document on standard output."""
    print(json.dumps(value, ensure_ascii=False))


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Give a progress bar on standard error, drawn from its first step on; on no terminal, one line a stage."""
    if quiet:
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True))
    tasks: dict[str, Any] = {}

    def show(stage: str, done: int, total: int) -> None:
        if not tasks:
            bar.start()
        if stage not in tasks:
            tasks[stage] = bar.add_task(stage, total=total)
        bar.update(tasks[stage], completed=done, total=total)

    try:
        yield show
    finally:
        if tasks:
            bar.stop()


def warn(lines: tuple[str, ...]) -> None:
    """Print warnings on standard error, one a line."""
    for line in lines:
        print(f"warning: {line}", file=sys.stderr)


def assistant(options: Options, long_running: bool = False, searching: bool = True) -> "Assistant":
    """Open the index; a long-running command goes through llama-index, a single question does not wait for it."""
    corpus, index, months = options.settings.corpus, options.settings.index, options.settings.stale_months
    if not long_running:
        import gc
        import os

        from wardbook.index.opened import open_index

        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy starts threads, which one question has no use for
        gc.disable()  # the process ends before there is garbage to speak of; looking for it costs a tenth of its time
        first = open_index(index, searching=searching)  # its encoder opens on a thread while the rest is imported
        from wardbook.assistant import open_assistant

        return open_assistant(corpus, index, searching=searching, first=first, stale_months=months)
    from wardbook.assistant import open_assistant
    from wardbook.retrieval.retriever import pipeline

    return open_assistant(corpus, index, pipeline, stale_months=months)
