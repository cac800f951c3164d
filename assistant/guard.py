"""A chat model that is slow, down, talking nonsense or too dear is given up soon, and then left alone for a while.

The only module that uses pybreaker (the circuit breaker of Nygard, "Release It!") and tenacity (retries).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic

from pybreaker import CircuitBreaker, CircuitBreakerError
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, stop_before_delay, wait_exponential_jitter

from assistant.model import MAX_REPLY_TOKENS, ChatModel, ModelBusy, Piece, Prompt
from assistant.spending import Spending
from ingest.errors import ModelUnavailable

# English has about four characters a token; three counts too many tokens rather than too few.
CHARS_A_TOKEN = 3
_LONGEST_WAIT_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how often a model is tried."""

    deadline_seconds: float = 30.0
    """For a whole reply, retries included: a caller may be on the line. A read that hangs has its own limit."""
    attempts: int = 3
    first_wait_seconds: float = 0.5
    faults: int = 3
    """This many failed replies one after the other, and the model is left alone ..."""
    rest_seconds: float = 60.0
    """... for so long; then one call tries again."""
    daily_tokens: int = 0


class GuardedModel:
    """A chat model within limits; safe to share between threads."""

    def __init__(self, model: ChatModel, limits: Limits, clock: Callable[[], float] = monotonic) -> None:
        self._model, self._limits, self._clock = model, limits, clock
        self.spending = Spending(limits.daily_tokens)
        # Its lock is not held while a generator runs, so calls do not wait for each other.
        self._breaker = CircuitBreaker(
            fail_max=limits.faults,
            reset_timeout=limits.rest_seconds,
            exclude=[GeneratorExit],
            throw_new_error_on_trip=False,
        )

    def stream(self, prompt: Prompt) -> Iterator[Piece]:
        """The reply in pieces; raises ModelUnavailable, at once while the model is left alone or the day is spent."""
        asked = (len(prompt.system) + len(prompt.user)) // CHARS_A_TOKEN
        most = asked + MAX_REPLY_TOKENS
        self.spending.reserve(most)
        used, told, length = asked, 0, 0
        try:
            for piece in self._breaker.call(self._whole, prompt):
                told, length = max(told, piece.tokens), length + len(piece.text)
                used = told or asked + length // CHARS_A_TOKEN
                yield piece
        except CircuitBreakerError as fault:
            used = 0
            raise ModelUnavailable("the chat model is left alone for a while after repeated faults") from fault
        finally:
            self.spending.settle(most, used)

    def _whole(self, prompt: Prompt) -> Iterator[Piece]:
        started, text = self._clock(), ""
        for piece in self._begun(prompt):
            if self._clock() - started > self._limits.deadline_seconds:
                raise ModelUnavailable(f"the chat model took longer than {self._limits.deadline_seconds:g} s")
            text += piece.text
            yield piece
        if f'"{prompt.key}"' not in text:
            raise ModelUnavailable("the chat model did not reply in the form that was asked for")

    def _begun(self, prompt: Prompt) -> Iterator[Piece]:
        """The reply, tried again until its first piece is there; what broke off later has been read and is not."""
        patient = Retrying(
            retry=retry_if_exception_type(ModelBusy),
            stop=stop_after_attempt(self._limits.attempts) | stop_before_delay(self._limits.deadline_seconds),
            wait=wait_exponential_jitter(
                multiplier=self._limits.first_wait_seconds,
                max=_LONGEST_WAIT_SECONDS,
                jitter=self._limits.first_wait_seconds,
            ),
            reraise=True,
        )
        first, rest = patient(self._first, prompt)
        if first:
            yield first
            yield from rest

    def _first(self, prompt: Prompt) -> tuple[Piece | None, Iterator[Piece]]:
        pieces = iter(self._model.stream(prompt))
        return next(pieces, None), pieces
