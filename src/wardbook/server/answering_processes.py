"""Processes that answer: opened, given work one by one, ended when an answer takes too long, replaced when they end.

Each has a pipe of its own. Executors of the standard library and pebble share one among their processes: killing one of
those broke the whole pool, with all questions that it held.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from wardbook.errors import WardbookError
from wardbook.server.answering_process import Done, Told, run
from wardbook.server.logs import log, request_id
from wardbook.server.protocol import Assistant

REFRESH_S = 300.0
"""Seconds that taking up a new index may take."""
_AGAIN_S = (0.0, 0.5, 2.0, 5.0, 15.0)
"""Seconds before a process is started that failed to start so many times in a row."""


class NobodyFree(Exception):
    """No process was free in time."""


class Late(Exception):
    """The answer did not come in time; its process was ended."""


class Ended(Exception):
    """The process ended before it answered."""


class Failed(Exception):
    """Something unforeseen happened in the process, which goes on."""


@dataclass(slots=True, eq=False)
class _Process:
    """One process that answers."""

    process: SpawnProcess
    connection: Connection
    info: dict[str, Any] = field(default_factory=dict)
    free: bool = True
    wanted: bool = False
    """True where it is kept from questions because a new index waits for it."""


class Processes:
    """A number of processes of one kind. Safe to use from several threads."""

    def __init__(
        self, name: str, open_: Callable[[], Assistant], count: int, patience_s: float, log_level: str = "info"
    ) -> None:
        """Begin to start them, one after the other; `wait` tells when the first is there.

        A process that works on one thing for longer than `patience_s` hangs, and is ended.
        """
        self.name = name
        self.ended = 0
        """Processes that ended though nobody asked them to, or were ended because they hung."""
        self._open, self._patience_s, self._log_level = open_, patience_s, log_level
        self._changed = threading.Condition()
        self._there: list[_Process] = []
        self._fault: WardbookError | Exception | None = None
        self._closed = False
        self._context = get_context("spawn")
        self._starting = [threading.Thread(target=self._start, args=(count,), daemon=True)]
        self._starting[0].start()

    @property
    def there(self) -> int:
        """How many answer or could."""
        return len(self._there)

    @property
    def pids(self) -> list[int]:
        """Their process ids."""
        with self._changed:
            return [each.process.pid or 0 for each in self._there]

    def info(self) -> dict[str, Any]:
        """Give the info of the index that the first of them has open; {} while there is none."""
        with self._changed:
            return self._there[0].info if self._there else {}

    def wait(self) -> None:
        """Wait for the first process.

        Raises:
            WardbookError: it cannot open the index.
            Failed: it ends before it has.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._there or self._fault or self._closed)
            if self._fault and not self._there:
                raise self._fault

    def call(self, told: Told, until: float) -> Any:
        """Have it done by a process that is free before then.

        Whoever asked may be told before it is done that it takes too long; ending a process that only began late
        would cost more than its answer.

        Raises:
            WardbookError: the core refuses.
            NobodyFree, Late, Ended, Failed: see there.
        """
        while True:
            with self._held(until) as held:
                try:
                    held.connection.send(told)
                except OSError:  # it ended while it had nothing to do: nothing is lost, the next one takes it
                    self._lost(held, "ended")
                    continue
                return self._result(held, time.monotonic() + self._patience_s)

    def refresh(self) -> bool:
        """Have one after the other take up a new index while the others answer; True where there was one.

        One that ended while it had nothing to do is noticed by this.

        Raises:
            WardbookError: one of them could not, and goes on with the index that it has.
        """
        until, taken, fault = time.monotonic() + REFRESH_S, False, None
        for each in list(self._there):
            with self._held(until, each) as held:
                try:
                    held.connection.send(Told("refresh"))
                    refreshed, held.info = self._result(held, until)
                    taken |= refreshed
                except (OSError, Ended, Late):
                    self._lost(held, "ended")
                except WardbookError as error:
                    fault = error
        if fault:
            raise fault
        return taken

    def close(self) -> None:
        """End them all; what is under way is not waited for."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for thread in self._starting:
            thread.join(5)
        for each in self._there:
            each.connection.close()  # a process that has nothing to do ends by itself
        for each in self._there:
            each.process.join(1)
            each.process.kill()
            each.process.join()
        self._there.clear()

    @contextmanager
    def _held(self, until: float, which: _Process | None = None) -> Iterator[_Process]:
        held = self._take(until, which)
        try:
            yield held
        finally:
            with self._changed:
                held.free, held.wanted = True, False
                if held in self._there:  # to the end, so that all get their turn
                    self._there.remove(held)
                    self._there.append(held)
                self._changed.notify_all()

    def _take(self, until: float, which: _Process | None) -> _Process:
        with self._changed:
            if which:
                which.wanted = True
            while True:
                for each in [which] if which else self._there:
                    if each.free and (which or not each.wanted):
                        each.free = False
                        return each
                if not self._changed.wait(max(0.0, until - time.monotonic())) and time.monotonic() >= until:
                    if which:
                        which.wanted = False
                    raise NobodyFree

    def _result(self, held: _Process, until: float) -> Any:
        try:
            if not held.connection.poll(max(0.0, until - time.monotonic())):
                self._lost(held, "late")
                raise Late
            done: Done = held.connection.recv()
        except (EOFError, OSError):
            self._lost(held, "ended")
            raise Ended from None
        if done.refusal:
            raise done.refusal
        if done.failed:
            raise Failed(done.failed)
        return done.value

    def _lost(self, one: _Process, why: str) -> None:
        """Do without a process and start another."""
        with self._changed:
            if one not in self._there:
                return
            self._there.remove(one)
            self.ended += 1
            another = threading.Thread(target=self._start, args=(1,), daemon=True)
            self._starting = [*(each for each in self._starting if each.is_alive()), another]
        one.process.kill()
        one.connection.close()
        one.process.join()
        log().error("process", kind=self.name, outcome=why, reason=str(one.process.exitcode))
        another.start()

    def _start(self, count: int) -> None:
        """Start so many processes, each again and again until it has opened the index."""
        attempt = 0
        while count and not self._wait_closed(_AGAIN_S[min(attempt, len(_AGAIN_S) - 1)]):
            attempt += 1
            try:
                one = self._started()
            except Exception as error:  # noqa: BLE001 - whatever it is, the next attempt may succeed
                log().error("process", kind=self.name, outcome="not-started", error=type(error).__name__)
                with self._changed:
                    self._fault = error
                    self._changed.notify_all()
                continue
            with self._changed:
                self._fault = None
                self._there.append(one)
                self._changed.notify_all()
            attempt, count = 0, count - 1

    def _wait_closed(self, seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self._closed, seconds) or self._closed

    def _started(self) -> _Process:
        ours, theirs = self._context.Pipe()
        arguments = (theirs, self._open, self._log_level)
        process = self._context.Process(target=run, args=arguments, name=f"wardbook-{self.name}", daemon=True)
        try:
            with _ONE_AT_A_TIME:
                process.start()
            theirs.close()
            done = self._first_word(ours)
        except BaseException:
            if process.pid:
                process.kill()
                process.join()
            ours.close()
            raise
        return _Process(process, ours, done.value)

    def _first_word(self, ours: Connection) -> Done:
        while not ours.poll(0.2):
            if self._closed:
                raise Failed("closed")
        try:
            done: Done = ours.recv()
        except EOFError:
            raise Failed("ended while it started") from None
        if done.refusal:
            raise done.refusal
        return done


_ONE_AT_A_TIME = threading.Lock()
"""Held while a process is started: multiprocessing keeps its list of processes without a lock."""


def ask_for(what: str, *arguments: Any, **options: Any) -> Told:
    """Tell a process what to do on behalf of the request at hand."""
    return Told(what, arguments, options, request_id())
