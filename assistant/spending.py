"""How many tokens a chat model has cost today, and whether another call is within the limit. In this process only."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from threading import Lock

from ingest.errors import ModelUnavailable


def _today() -> date:
    return datetime.now(UTC).date()


class Spending:
    """Tokens of the day; safe to share between threads. A limit of 0 is none."""

    def __init__(self, daily_tokens: int, today: Callable[[], date] = _today) -> None:
        self._limit, self._today = daily_tokens, today
        self._lock = Lock()
        self._day, self._spent = today(), 0

    def reserve(self, tokens: int) -> None:
        """Count the most that a call may cost, before it is made; raises ModelUnavailable when that is too much."""
        with self._lock:
            if (day := self._today()) != self._day:
                self._day, self._spent = day, 0
            if self._limit and self._spent + tokens > self._limit:
                raise ModelUnavailable(
                    f"{self._spent} of {self._limit} tokens are spent today (DUALS_NAVIGATOR_CHAT_DAILY_TOKENS)"
                )
            self._spent += tokens

    def settle(self, reserved: int, used: int) -> None:
        """Put what the call has cost in the place of what was reserved for it."""
        with self._lock:
            self._spent = max(0, self._spent + used - reserved)

    @property
    def spent(self) -> int:
        """Tokens spent and reserved today."""
        with self._lock:
            return self._spent if self._today() == self._day else 0
