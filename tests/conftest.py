"""For every test: no network but this machine, and one index of the shipped corpus to read from."""

import ipaddress
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.build import build_index
from ingest.embed import HashEncoder
from ingest.settings import PROJECT

# A test file may import it before pytest takes it for a plugin, so that each file also runs by itself.
pytest.register_assert_rewrite("assistant_fixtures", "chat_fixtures")


class NetworkBlocked(AssertionError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True, scope="session")
def _loopback_only() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", _guarded_lookup(socket.getaddrinfo))
        yield


def _guarded(reach: Any) -> Any:
    def guarded(own: socket.socket, *arguments: Any) -> Any:
        if own.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(arguments[-1][0]):
            raise NetworkBlocked(f"tests may not reach {arguments[-1]}")
        return reach(own, *arguments)

    return guarded


def _guarded_lookup(look_up: Any) -> Any:
    def guarded(host: Any, *arguments: Any, **named: Any) -> Any:
        if not _is_here(host):
            raise NetworkBlocked(f"tests may not look up {host}")
        return look_up(host, *arguments, **named)

    return guarded


def _is_here(host: Any) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost", "0.0.0.0", "::"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session")
def example_corpus() -> Path:
    """The shipped corpus; don't write into it."""
    return PROJECT / "corpus"


@pytest.fixture(scope="session")
def example_index(example_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of it, built without a model; don't write into it."""
    index = tmp_path_factory.mktemp("example") / "index"
    build_index(example_corpus, index, [HashEncoder()], progress=lambda what, done, total: None)
    return index
