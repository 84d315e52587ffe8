"""The assistant in processes of its own, as the service sees it: answers in some, look-ups in another.

Look-ups have a process to themselves, so that a dose or a page never waits behind questions.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from wardbook.answering.answer import Answer
from wardbook.server.answered import Made
from wardbook.server.answering_processes import Ended, Late, NobodyFree, Processes, ask_for
from wardbook.server.metrics import Metrics
from wardbook.server.problems import Problem, too_busy, too_slow
from wardbook.server.protocol import Assistant
from wardbook.server.settings import ServerSettings

_HANGS = 2
"""Times the time of an answer after which its process is ended; beside other work it may just be slow."""


@contextmanager
def _as_problems() -> Iterator[None]:
    """Say what became of a process as a problem.

    Raises:
        Problem: 503, nothing was kept and the question may be asked again.
    """
    try:
        yield
    except NobodyFree:
        raise too_busy(2) from None
    except Late:
        raise too_slow() from None
    except Ended:
        detail = "The process that worked on this ended."
        raise Problem(503, "ended", detail, "Ask again.", {"Retry-After": "1"}) from None


class Answers:
    """Makes answers in processes; `look_ups` makes those of doses and checks."""

    def __init__(self, questions: Processes, look_ups: Processes) -> None:
        self.questions, self.look_ups = questions, look_ups

    def make(self, kind: str, arguments: dict[str, Any], until: float) -> Made:
        """Make an answer in a process that is free before then."""
        with _as_problems():
            processes = self.questions if kind == "ask" else self.look_ups
            made: Made = processes.call(ask_for("make", kind, arguments), until)
        return made

    def refresh(self) -> bool:
        """Have one after the other take up a new index generation; True where there was one."""
        return self.questions.refresh()

    def wait(self) -> None:
        """Wait for the first process of each kind.

        Raises:
            WardbookError: they cannot open the index.
        """
        self.look_ups.wait()
        self.questions.wait()

    def ready(self) -> bool:
        """Tell whether a process is there that answers."""
        return self.questions.there > 0

    def watch(self, metrics: Metrics) -> None:
        """Have the processes counted."""
        for each in (self.questions, self.look_ups):
            metrics.watch(f"wardbook_{each.name}_processes", "Processes that answer.", lambda each=each: each.there)  # type: ignore[misc]
            metrics.count(
                f"wardbook_{each.name}_processes_ended",
                "Processes that ended or were ended.",
                lambda each=each: each.ended,  # type: ignore[misc]
            )

    def close(self) -> None:
        """End the processes."""
        self.questions.close()
        self.look_ups.close()


class LookUps:
    """The assistant of the protocol, in the processes for look-ups."""

    def __init__(self, processes: Processes, patience_s: float) -> None:
        """Take the processes; nothing is waited for longer than `patience_s`."""
        self._processes, self._patience_s = processes, patience_s

    def _call(self, what: str, *arguments: Any, **options: Any) -> Any:
        with _as_problems():
            return self._processes.call(ask_for(what, *arguments, **options), time.monotonic() + self._patience_s)

    def ask(self, question: str, **options: Any) -> Answer:
        """Answer a question."""
        answer: Answer = self._call("ask", question, **options)
        return answer

    def dose(self, drug: str, **options: Any) -> Answer:
        """Look a dose up."""
        answer: Answer = self._call("dose", drug, **options)
        return answer

    def check(self, drug: str, amount: str, **options: Any) -> Answer:
        """Judge an amount against the pages."""
        answer: Answer = self._call("check", drug, amount, **options)
        return answer

    def search(self, query: str, k: int) -> list[dict[str, Any]]:
        """Give the k best passages."""
        found: list[dict[str, Any]] = self._call("search", query, k)
        return found

    def regimens(self, **options: Any) -> list[dict[str, Any]]:
        """Give the regimens that fit."""
        found: list[dict[str, Any]] = self._call("regimens", **options)
        return found

    def pages(self) -> list[dict[str, Any]]:
        """Give what is known of every page."""
        found: list[dict[str, Any]] = self._call("pages")
        return found

    def page(self, page: str) -> Mapping[str, Any] | None:
        """Give one page with its Markdown."""
        found: Mapping[str, Any] | None = self._call("page", page)
        return found

    def info(self) -> Mapping[str, Any]:
        """Give what was told of the index when it was taken up; nobody waits for this."""
        return self._processes.info()

    def refresh(self) -> bool:
        """Take up a new index generation; True where there was one."""
        return self._processes.refresh()


@contextmanager
def opened_apart(open_: Callable[[], Assistant], settings: ServerSettings) -> Iterator[tuple[Assistant, Answers]]:
    """Start the processes and end them afterwards; whoever serves waits for the first of each."""
    patience_s = _HANGS * settings.answer_timeout_s
    questions = Processes("answer", open_, settings.answer_processes, patience_s, settings.log_level)
    look_ups = Processes("lookup", open_, 1, patience_s, settings.log_level)
    answers = Answers(questions, look_ups)
    try:
        yield LookUps(look_ups, settings.answer_timeout_s), answers
    finally:
        answers.close()
