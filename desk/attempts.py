"""How often signing in may fail before it has to wait."""

import time
from collections import deque
from collections.abc import Callable
from threading import Lock

# Five wrong passwords are a bad day; more are guessing. After a quarter of an hour the next five may fail.
MAX_FAILURES = 5
WINDOW_SECONDS = 15 * 60
# Addresses that are kept in mind; the oldest is forgotten first.
_MOST_KEPT = 10_000


class Attempts:
    """Failures by who tried, in the memory of one process."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._failures: dict[str, deque[float]] = {}
        self._lock = Lock()

    def wait_seconds(self, who: str) -> int:
        """How long it takes until `who` may try again; 0 when at once."""
        with self._lock:
            failed = self._recent(who)
            return int(failed[-MAX_FAILURES] + WINDOW_SECONDS - self._now()) + 1 if len(failed) >= MAX_FAILURES else 0

    def failed(self, who: str) -> None:
        """Note a failure."""
        with self._lock:
            failed = self._recent(who)
            failed.append(self._now())
            self._failures.pop(who, None)
            self._failures[who] = failed
            if len(self._failures) > _MOST_KEPT:
                del self._failures[next(iter(self._failures))]

    def succeeded(self, who: str) -> None:
        """Forget the failures of one who has signed in."""
        with self._lock:
            self._failures.pop(who, None)

    def _recent(self, who: str) -> deque[float]:
        begin = self._now() - WINDOW_SECONDS
        return deque((at for at in self._failures.get(who, ()) if at > begin), maxlen=MAX_FAILURES)
