"""A chat model within limits: what is tried again, when it is left alone, and what a day may cost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Barrier, Thread

import pytest

from assistant.guard import GuardedModel, Limits
from assistant.model import MAX_REPLY_TOKENS, ModelBusy, Piece, Prompt, Reply
from assistant.spending import Spending
from ingest.errors import ModelUnavailable

PROMPT = Prompt("s" * 30, "u" * 60, Reply, "sentences")
GOOD = '{"sentences": []}'
QUICK = Limits(first_wait_seconds=0.0, faults=2, rest_seconds=0.0)

Said = Sequence[str | Piece | Exception]


@dataclass
class Model:
    """Says the pieces of one list after the other; an exception among them is raised."""

    scripts: list[Said]
    calls: int = 0
    seconds: float = field(default=0.0)
    """What the clock shows; each piece takes a second."""

    def stream(self, prompt: Prompt) -> Iterator[Piece]:
        self.calls += 1
        for each in self.scripts.pop(0):
            self.seconds += 1
            if isinstance(each, Exception):
                raise each
            yield each if isinstance(each, Piece) else Piece(each)

    def clock(self) -> float:
        return self.seconds


def said(guarded: GuardedModel) -> str:
    return "".join(piece.text for piece in guarded.stream(PROMPT))


def test_what_may_pass_is_tried_three_times_and_what_can_not_pass_once() -> None:
    model = Model([[ModelBusy("503")], [ModelBusy("429")], [GOOD]])
    assert (said(GuardedModel(model, QUICK)), model.calls) == (GOOD, 3)

    model = Model([[ModelBusy("503")]] * 4)
    with pytest.raises(ModelBusy):
        said(GuardedModel(model, QUICK))
    assert model.calls == 3

    model = Model([[ModelUnavailable("401")], [GOOD]])
    with pytest.raises(ModelUnavailable):
        said(GuardedModel(model, QUICK))
    assert model.calls == 1


def test_a_reply_that_broke_off_is_not_asked_for_again() -> None:
    model = Model([['{"sentences": [', ModelBusy("connection lost")], [GOOD]])
    heard: list[str] = []
    with pytest.raises(ModelBusy):
        heard.extend(piece.text for piece in GuardedModel(model, QUICK).stream(PROMPT))
    assert model.calls == 1


def test_a_reply_is_stopped_at_the_deadline_though_each_piece_came_in_time() -> None:
    model = Model([['{"sentences": [', *["x"] * 50]])
    guarded = GuardedModel(model, Limits(deadline_seconds=5), model.clock)
    heard: list[str] = []
    with pytest.raises(ModelUnavailable, match="longer than 5 s"):
        for piece in guarded.stream(PROMPT):
            heard.append(piece.text)
    assert heard == ['{"sentences": [', "x", "x", "x", "x"]


def test_nonsense_counts_as_a_fault_and_a_good_reply_starts_the_count_again() -> None:
    model = Model([["what a nice day"], [GOOD], [""], ["{}"], [GOOD]])
    guarded = GuardedModel(model, Limits(faults=2, rest_seconds=60))
    for is_good in (False, True, False, False):
        if is_good:
            assert said(guarded) == GOOD
        else:
            with pytest.raises(ModelUnavailable, match="not reply in the form"):
                said(guarded)
    with pytest.raises(ModelUnavailable, match="left alone"):
        said(guarded)
    assert model.calls == 4


def test_after_its_rest_one_good_reply_ends_it_and_one_fault_makes_another() -> None:
    bad: Said = [ModelUnavailable("down")]
    model = Model([bad, bad, bad, [GOOD], bad, [GOOD]])
    guarded = GuardedModel(model, QUICK)
    for expected in ("down", "down", "down", GOOD, "down", GOOD):
        if expected == GOOD:
            assert said(guarded) == GOOD
        else:
            with pytest.raises(ModelUnavailable, match="down"):
                said(guarded)
    assert model.calls == 6


def test_a_reader_who_stops_early_is_no_fault() -> None:
    model = Model([*[[GOOD, "more"]] * 3, [GOOD]])
    guarded = GuardedModel(model, Limits(faults=2, rest_seconds=60))
    for _ in range(3):
        pieces = guarded.stream(PROMPT)
        next(pieces)
        pieces.close()  # type: ignore[attr-defined]  # a generator
    assert said(guarded) == GOOD


def test_calls_do_not_wait_for_each_other() -> None:
    both_under_way = Barrier(2, timeout=5)

    class Slow:
        def stream(self, prompt: Prompt) -> Iterator[Piece]:
            both_under_way.wait()
            yield Piece(GOOD)

    guarded = GuardedModel(Slow(), QUICK)
    heard: list[str] = []
    threads = [Thread(target=lambda: heard.append(said(guarded))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == [GOOD, GOOD]


def test_a_day_costs_what_the_provider_counts_or_else_a_cautious_guess() -> None:
    asked = 90 // 3
    counted = GuardedModel(Model([[Piece(GOOD), Piece("", 500)]]), QUICK)
    guessed = GuardedModel(Model([["x" * 299 + GOOD]]), QUICK)
    failed = GuardedModel(Model([[ModelUnavailable("401")]]), QUICK)
    said(counted)
    said(guessed)
    with pytest.raises(ModelUnavailable):
        said(failed)
    assert (counted.spending.spent, guessed.spending.spent, failed.spending.spent) == (500, asked + 316 // 3, asked)


def test_an_open_breaker_costs_nothing() -> None:
    guarded = GuardedModel(Model([[ModelUnavailable("401")]] * 2), Limits(faults=2, rest_seconds=60))
    for _ in range(5):
        with pytest.raises(ModelUnavailable):
            said(guarded)
    assert guarded.spending.spent == 2 * 30


def test_a_call_that_may_go_over_the_daily_limit_is_not_made() -> None:
    model = Model([[Piece(GOOD, 100)]] * 2)
    guarded = GuardedModel(model, Limits(daily_tokens=30 + MAX_REPLY_TOKENS + 99))
    said(guarded)
    with pytest.raises(ModelUnavailable, match="100 of 929 tokens are spent today .DUALS_NAVIGATOR_CHAT_DAILY_TOKENS"):
        said(guarded)
    assert model.calls == 1


def test_a_new_day_starts_from_nothing() -> None:
    days = [date(2026, 1, 1)]
    spending = Spending(100, lambda: days[-1])
    spending.reserve(80)
    spending.settle(80, 60)
    with pytest.raises(ModelUnavailable):
        spending.reserve(41)
    days.append(date(2026, 1, 2))
    assert spending.spent == 0
    spending.reserve(100)
    assert spending.spent == 100


def test_without_a_limit_tokens_are_only_counted() -> None:
    spending = Spending(0)
    spending.reserve(10**9)
    assert spending.spent == 10**9
