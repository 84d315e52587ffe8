"""Limits of rate and of work at once: requests a minute of a user, workers with a bounded queue, time per answer."""

import asyncio
import contextvars
import math
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from wardbook.server.problems import Problem, too_busy, too_slow

T = TypeVar("T")
_SWEEP = 10_000
"""Users and addresses that are remembered before the first look for those who are long gone."""


class _Moments(MemoryStorage):  # type: ignore[misc]
    """When the requests of each key came. Used by the event loop alone.

    The library's own storage begins a thread at each request to drop what is old: while answers are worked on, the
    event loop waits for that thread longer than for all else that turning a request away takes.
    """

    def __init__(self) -> None:
        super().__init__()
        self._of_key: dict[str, deque[float]] = {}
        self._sweep_at = _SWEEP

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count a request; False where that would be one too many."""
        moments = self._since(key, expiry)
        if len(moments) + amount > limit:
            return False
        moments.extend([time.time()] * amount)
        return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """Give when the oldest request that counts came, and how many count."""
        moments = self._since(key, expiry)
        return (moments[0] if moments else time.time()), len(moments)

    def _since(self, key: str, expiry: int) -> deque[float]:
        begin = time.time() - expiry
        if len(self._of_key) >= self._sweep_at:
            self._of_key = {each: moments for each, moments in self._of_key.items() if moments and moments[-1] >= begin}
            self._sweep_at = 2 * len(self._of_key) + _SWEEP
        moments = self._of_key.setdefault(key, deque())
        while moments and moments[0] < begin:
            moments.popleft()
        return moments


class Rates:
    """Requests a minute by user, failed sign-ins a minute by address; counted in this process."""

    def __init__(self, requests: int, failures: int) -> None:
        self._limiter = MovingWindowRateLimiter(_Moments())
        self._requests = RateLimitItemPerMinute(requests)
        self._failures = RateLimitItemPerMinute(failures)

    def request(self, user: str) -> None:
        """Count a request of a user.

        Raises:
            Problem: 429, the user has asked too often.
        """
        if not self._limiter.hit(self._requests, "request", user):
            raise self._too_many(self._requests, "request", user)

    def failure(self, address: str) -> None:
        """Count bad credentials from an address; good ones are never held up by another's bad ones.

        Raises:
            Problem: 429, too many were wrong.
        """
        if not self._limiter.hit(self._failures, "failure", address):
            raise self._too_many(self._failures, "failure", address)

    def _too_many(self, item: RateLimitItemPerMinute, *key: str) -> Problem:
        stats = self._limiter.get_window_stats(item, *key)
        wait = max(1, math.ceil(stats.reset_time - time.time()))
        what = "wrong keys" if item is self._failures else "requests"
        detail = f"More than {item.amount} {what} a minute."
        return Problem(429, "too-many", detail, f"Wait {wait} seconds.", {"Retry-After": str(wait)})


class Claim:
    """Decides once whether work counts as done or as too late, whichever comes first."""

    def __init__(self, until: float) -> None:
        """Take when the work is of no more use, by the monotonic clock."""
        self.until = until
        self._lock = threading.Lock()
        self._taken = False

    def take(self) -> bool:
        """Give True to the first who asks."""
        with self._lock:
            first, self._taken = not self._taken, True
            return first


class Lane:
    """Worker threads with a bounded queue before them."""

    def __init__(self, name: str, workers: int, queue: int) -> None:
        self.name = name
        self._workers = workers
        self._queue = queue
        self._slots = asyncio.Semaphore(workers)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix=f"wardbook-{name}")
        self.waiting = 0
        """Requests that wait for a worker."""
        self.working = 0
        """Workers at work."""

    async def run(self, work: Callable[[Claim], T], timeout_s: float) -> T:
        """Run blocking work in a worker and give its result; the work takes the claim before it keeps anything.

        Raises:
            Problem: 503, the queue is full, or the time is over.
        """
        end = time.monotonic() + timeout_s
        await self._enter(end)
        claim = Claim(end)
        context = contextvars.copy_context()
        try:
            future = asyncio.get_running_loop().run_in_executor(self._pool, context.run, work, claim)
        except BaseException:
            self._leave()
            raise
        future.add_done_callback(lambda done: self._finished(done))
        try:
            return await asyncio.wait_for(asyncio.shield(future), max(0.001, end - time.monotonic()))
        except TimeoutError:
            if claim.take():
                raise too_slow() from None
            return await future  # it is being kept this moment: give it

    @property
    def full(self) -> bool:
        """True where one more request would be sent away."""
        return self._slots.locked() and self.waiting >= self._queue

    @property
    def retry_after_s(self) -> int:
        """Seconds after which there will probably be room."""
        return 1 + self.waiting // (4 * self._workers)

    async def _enter(self, end: float) -> None:
        if self.full:
            raise too_busy(self.retry_after_s)
        self.waiting += 1
        try:
            await asyncio.wait_for(self._slots.acquire(), max(0.001, end - time.monotonic()))
        except TimeoutError:
            raise too_busy(2) from None
        finally:
            self.waiting -= 1
        self.working += 1

    def _finished(self, done: "asyncio.Future[T]") -> None:
        self._leave()
        if not done.cancelled():
            done.exception()  # nobody may be waiting any more; an error was seen or is of no interest

    def _leave(self) -> None:
        self.working -= 1
        self._slots.release()

    def close(self) -> None:
        """Wait for what is at work and stop."""
        self._pool.shutdown(wait=True)
