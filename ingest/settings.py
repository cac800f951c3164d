"""What an installation can set: names, paths and addresses, read from the environment once and passed on."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Self

from ingest.errors import UsageError

PROJECT = Path(__file__).resolve().parent.parent
# What every corpus gets that does not bring its own: contacts, routes, fixed texts.
HOME = PROJECT / "corpus"
PREFIX = "DUALS_NAVIGATOR_"
# Names that other tools use too; a setting's own name wins.
_ALSO = {"CHAT_MODEL": "chat_model"}


@dataclass(frozen=True, slots=True)
class Settings:
    """Each field is set by an environment variable: DUALS_NAVIGATOR_ and the field's name in capitals.

    CHAT_MODEL alone also sets the chat model.
    """

    corpus: Path = HOME
    """Folder of the documents and of the files that describe them."""
    index: Path = PROJECT / ".index"
    """Folder of the built index; it can be deleted and rebuilt at any time."""
    sentence_encoder: str = ""
    """A sentence-transformers model name or folder; empty: all-MiniLM-L6-v2, which is installed with the project."""
    cross_encoder: str = ""
    """A sentence-transformers cross-encoder by name or folder, which puts what is found first in order; empty: none."""
    chat_model: str = ""
    """A chat model by LangChain's name, for example "ollama:llama3.2"; empty: none, and none is needed."""
    chat_base_url: str = ""
    """The address of a chat server that is not the provider's own; its key is in the provider's own variable."""
    chat_daily_tokens: int = 0
    """Tokens that a chat model may cost in a day (UTC) and process, prompts and replies together; 0: no limit."""
    staff: str = ""
    """Who may sign in at the staff desk, as "name:hash,name:hash"; empty: nobody."""
    flags: Path = PROJECT / ".flags" / "flags.sqlite"
    """The file of the answers that staff flagged."""

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Settings from the environment; raises UsageError on a variable that sets nothing."""
        known = {PREFIX + field.name.upper(): field for field in fields(cls)}
        given = {name: value for name, value in environ.items() if name.startswith(PREFIX)}
        if unknown := sorted(set(given) - set(known)):
            raise UsageError(f"{unknown[0]} is not a setting; the settings are {', '.join(sorted(known))}")
        also = {field: environ[name] for name, field in _ALSO.items() if environ.get(name)}
        values: dict[str, Any] = also | {known[name].name: value for name, value in given.items() if value}
        for name in {"corpus", "index", "flags"} & set(values):
            values[name] = Path(values[name])
        if "chat_daily_tokens" in values:
            values["chat_daily_tokens"] = _count(f"{PREFIX}CHAT_DAILY_TOKENS", values["chat_daily_tokens"])
        return replace(cls(), **values)


def _count(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise UsageError(f"{name} is {value!r}; give a whole number, 0 for no limit")
    return int(value)
