"""Who may sign in: names and password hashes from one setting, and whether a password is right.

Source: RFC 7914 (scrypt); OWASP Password Storage Cheat Sheet (N=2^15, r=8, p=3).
"""

import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from threading import Lock

from ingest.errors import UsageError

_SETTING = "DUALS_NAVIGATOR_STAFF"
_COST, _BLOCK, _LANES = 15, 8, 3
_SALT_BYTES, _HASH_BYTES = 16, 32
_MAX_MEMORY = 128 * _BLOCK * (1 << _COST) * 2
MAX_PASSWORD_CHARS = 200
MIN_PASSWORD_CHARS = 10
# No sign in it means anything to a shell or to an .env file.
_HASH = re.compile(r"scrypt\.[0-9a-f]{32}\.[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9._@-]{1,60}")


class Staff:
    """The people who may sign in; empty when the setting is."""

    def __init__(self, setting: str) -> None:
        self._hashes: Mapping[str, str] = _parsed(setting)
        self._setting = setting
        # Each check takes 32 MB; one at a time, so that many sign-ins at once can't take the machine's memory.
        self._lock = Lock()

    @property
    def names(self) -> tuple[str, ...]:
        """The names, in the order of the setting."""
        return tuple(self._hashes)

    @property
    def signing_key(self) -> str:
        """What sessions are signed with.

        Made from the hashes: the same in every process, kept over restarts, and another as soon as a password changes.
        """
        return hashlib.sha256(b"desk sessions\0" + self._setting.encode()).hexdigest()

    def is_right(self, name: str, password: str) -> bool:
        """Whether that is the person's password; takes as long for a name that is not there."""
        wanted = self._hashes.get(name, _NOBODY)
        with self._lock:
            found = _hashed(password[:MAX_PASSWORD_CHARS], wanted.split(".")[1])
        return hmac.compare_digest(found, wanted) and name in self._hashes


def password_hash(password: str) -> str:
    """What stands in the setting for a password; raises UsageError when it is too short or too long."""
    if not MIN_PASSWORD_CHARS <= len(password) <= MAX_PASSWORD_CHARS:
        raise UsageError(f"a password has {MIN_PASSWORD_CHARS} to {MAX_PASSWORD_CHARS} characters")
    return _hashed(password, os.urandom(_SALT_BYTES).hex())


def _parsed(setting: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in filter(None, (part.strip() for part in setting.split(","))):
        name, _, hashed = each.partition(":")
        if not _NAME.fullmatch(name) or name in found:
            raise UsageError(f"{_SETTING}: {name!r} is no name of its own; give name:hash, several with commas")
        if not _HASH.fullmatch(hashed):
            raise UsageError(f"{_SETTING}: {name!r} has no hash; make one with: python -m desk password")
        found[name] = hashed
    return found


def _hashed(password: str, salt: str) -> str:
    found = hashlib.scrypt(
        password.encode(),
        salt=bytes.fromhex(salt),
        n=1 << _COST,
        r=_BLOCK,
        p=_LANES,
        maxmem=_MAX_MEMORY,
        dklen=_HASH_BYTES,
    )
    return f"scrypt.{salt}.{found.hex()}"


_NOBODY = f"scrypt.{'0' * 32}.{'0' * 64}"
