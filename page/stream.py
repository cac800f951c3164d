"""What an answer tells while it is made, and then the answer, as server-sent events.

Source: https://html.spec.whatwg.org/multipage/server-sent-events.html (the format; the page reads it with fetch, since
an EventSource can't send a question).
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from threading import Event

from starlette.concurrency import run_in_threadpool

EVENT_STREAM = "text/event-stream"
# A proxy that waits for the whole of a response would undo it.
STREAM_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}

Told = Mapping[str, object]


class Left(BaseException):
    """Nobody waits for the answer any more. No Exception, or it would be taken for a fault and answered."""


async def events(work: Callable[[Callable[[Told], None]], Told]) -> AsyncIterator[str]:
    """What `work` tells by the function it is given, as it does, then what it returns.

    Once nobody listens, that function raises Left, so that no more of a chat model is read than was wanted.
    """
    loop, told, is_left = asyncio.get_running_loop(), asyncio.Queue[Told | None](), Event()

    def tell(what: Told) -> None:
        if is_left.is_set():
            raise Left
        loop.call_soon_threadsafe(told.put_nowait, what)

    def tell_all() -> None:
        try:
            tell(work(tell))
        except Left:
            return
        finally:
            loop.call_soon_threadsafe(told.put_nowait, None)

    working = asyncio.ensure_future(run_in_threadpool(tell_all))
    try:
        while (what := await told.get()) is not None:
            yield f"data: {json.dumps(what)}\n\n"
        await working
    finally:
        is_left.set()
