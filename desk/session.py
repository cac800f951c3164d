"""The signed cookie that says who has signed in. The only module that uses itsdangerous."""

from itsdangerous import BadSignature, URLSafeTimedSerializer

COOKIE = "desk"
# A long shift: who signs in at its start signs in once.
MAX_AGE_SECONDS = 12 * 3600


class Sessions:
    """Cookies signed with one key; nothing is kept of them."""

    def __init__(self, key: str) -> None:
        self._signer = URLSafeTimedSerializer(key, salt="desk")

    def cookie_of(self, name: str) -> str:
        """The value of the cookie of one who has signed in."""
        return str(self._signer.dumps(name))

    def name_in(self, cookie: str) -> str:
        """Who has signed in; empty when the cookie is none of ours, changed or too old."""
        try:
            name = self._signer.loads(cookie, max_age=MAX_AGE_SECONDS)
        except BadSignature:
            return ""
        return name if isinstance(name, str) else ""
