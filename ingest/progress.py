"""A progress bar on stderr. The only module that uses tqdm."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ingest.build import Progress


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A `Progress` that draws one bar for each kind of work."""
    from tqdm import tqdm

    bars: dict[str, Any] = {}

    def progress(what: str, done: int, total: int) -> None:
        if what not in bars:
            bars[what] = tqdm(total=total, desc=what, leave=True)
        bars[what].update(done - bars[what].n)

    try:
        yield progress
    finally:
        for bar in bars.values():
            bar.close()
