"""For every test: no network but this machine."""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest


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
