"""How often one address may post: enough for a room of people behind it, too few to spoil what is counted."""

import time
from collections import deque
from collections.abc import Callable
from threading import Lock

# A library or a clinic has one address for everybody in it; thirty presses in ten minutes are more than people need.
MOST = 30
WINDOW_SECONDS = 10 * 60
# Addresses that are kept in mind; the one that posted longest ago is forgotten first.
_MOST_KEPT = 10_000


class Pace:
    """Posts by address, in the memory of one process and for no longer than the window."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._posts: dict[str, deque[float]] = {}
        self._lock = Lock()

    def allows(self, address: str) -> bool:
        """Whether one more post of the address is taken; it counts if so."""
        with self._lock:
            now = self._now()
            self._forget(now - WINDOW_SECONDS)
            recent = self._posts.pop(address, deque(maxlen=MOST))
            is_allowed = len(recent) < MOST or recent[0] <= now - WINDOW_SECONDS
            if is_allowed:
                recent.append(now)
            self._posts[address] = recent
            return is_allowed

    def _forget(self, begin: float) -> None:
        """Drop addresses that have not posted since then, and the oldest where there are too many."""
        while self._posts:
            oldest = next(iter(self._posts))
            if self._posts[oldest][-1] > begin and len(self._posts) < _MOST_KEPT:
                return
            del self._posts[oldest]
