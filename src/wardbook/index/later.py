"""Work begun on a thread of its own and waited for when its result is used; errors come up there.

`concurrent.futures` does the same and takes 10 ms to import, of the few hundred that a question may take.
"""

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Later(Generic[T]):
    """The result of `work`, some time from now."""

    def __init__(self, work: Callable[[], T]) -> None:
        """Begin."""
        self._work = work
        self._thread = Thread(target=self._run)
        self._done: list[T] = []
        self._fault: BaseException | None = None
        self._thread.start()

    def _run(self) -> None:
        try:
            self._done.append(self._work())
        except BaseException as fault:  # noqa: BLE001  raised again where the result is used
            self._fault = fault

    def is_done(self) -> bool:
        """Tell whether the result is there, or the error."""
        return not self._thread.is_alive()

    def result(self) -> T:
        """Wait, and give what `work` gave or raise what it raised."""
        self._thread.join()
        if self._fault is not None:
            raise self._fault
        return self._done[0]
