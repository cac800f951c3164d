"""Settings from the environment."""

from pathlib import Path

import pytest

from ingest.errors import UsageError
from ingest.settings import PROJECT, Settings


def test_nothing_set() -> None:
    assert Settings.from_env({"PATH": "/bin", "DUALS": "x"}) == Settings(
        PROJECT / "corpus", PROJECT / ".index", "", "", "", "", 0, "", PROJECT / ".flags" / "flags.sqlite"
    )


def test_everything_set() -> None:
    names = ("CORPUS", "INDEX", "SENTENCE_ENCODER", "CROSS_ENCODER", "CHAT_MODEL", "CHAT_BASE_URL", "STAFF", "FLAGS")
    given = {f"DUALS_NAVIGATOR_{name}": name.lower() for name in names}
    found = Settings.from_env(given | {"DUALS_NAVIGATOR_CHAT_DAILY_TOKENS": "200000"})
    assert found == Settings(
        Path("corpus"),
        Path("index"),
        "sentence_encoder",
        "cross_encoder",
        "chat_model",
        "chat_base_url",
        200_000,
        "staff",
        Path("flags"),
    )


@pytest.mark.parametrize(
    ("given", "model"),
    [
        ({"CHAT_MODEL": "openai:a"}, "openai:a"),
        ({"CHAT_MODEL": "openai:a", "DUALS_NAVIGATOR_CHAT_MODEL": "ollama:b"}, "ollama:b"),
        ({"CHAT_MODEL": "openai:a", "DUALS_NAVIGATOR_CHAT_MODEL": ""}, "openai:a"),
        ({"CHAT_MODEL": ""}, ""),
    ],
)
def test_a_chat_model_may_be_named_without_the_prefix_and_the_prefix_wins(given: dict[str, str], model: str) -> None:
    assert Settings.from_env(given) == Settings(chat_model=model)


@pytest.mark.parametrize("value", ["many", "-1", "1e6", "²"])
def test_a_daily_limit_that_is_no_number_is_an_error(value: str) -> None:
    with pytest.raises(UsageError) as fault:
        Settings.from_env({"DUALS_NAVIGATOR_CHAT_DAILY_TOKENS": value})
    assert str(fault.value) == f"DUALS_NAVIGATOR_CHAT_DAILY_TOKENS is {value!r}; give a whole number, 0 for no limit"


def test_set_to_nothing_is_not_set() -> None:
    assert Settings.from_env({"DUALS_NAVIGATOR_INDEX": ""}) == Settings()


@pytest.mark.parametrize("name", ["DUALS_NAVIGATOR_INDX", "DUALS_NAVIGATOR_", "DUALS_NAVIGATOR_index"])
def test_an_unknown_setting_is_an_error_that_lists_the_names(name: str) -> None:
    with pytest.raises(UsageError) as fault:
        Settings.from_env({name: "x"})
    assert str(fault.value) == (
        f"{name} is not a setting; the settings are DUALS_NAVIGATOR_CHAT_BASE_URL, "
        "DUALS_NAVIGATOR_CHAT_DAILY_TOKENS, DUALS_NAVIGATOR_CHAT_MODEL, DUALS_NAVIGATOR_CORPUS, "
        "DUALS_NAVIGATOR_CROSS_ENCODER, DUALS_NAVIGATOR_FLAGS, DUALS_NAVIGATOR_INDEX, "
        "DUALS_NAVIGATOR_SENTENCE_ENCODER, DUALS_NAVIGATOR_STAFF"
    )
