"""Settings from the environment."""

from pathlib import Path

import pytest

from ingest.errors import UsageError
from ingest.settings import PROJECT, Settings


def test_nothing_set() -> None:
    assert Settings.from_env({"PATH": "/bin", "DUALS": "x"}) == Settings(
        PROJECT / "corpus", PROJECT / ".index", "", "", ""
    )


def test_everything_set() -> None:
    names = ("CORPUS", "INDEX", "SENTENCE_ENCODER", "CHAT_MODEL", "CHAT_BASE_URL")
    found = Settings.from_env({f"DUALS_NAVIGATOR_{name}": name.lower() for name in names})
    assert found == Settings(Path("corpus"), Path("index"), "sentence_encoder", "chat_model", "chat_base_url")


def test_set_to_nothing_is_not_set() -> None:
    assert Settings.from_env({"DUALS_NAVIGATOR_INDEX": ""}) == Settings()


@pytest.mark.parametrize("name", ["DUALS_NAVIGATOR_INDX", "DUALS_NAVIGATOR_", "DUALS_NAVIGATOR_index"])
def test_an_unknown_setting_is_an_error_that_lists_the_names(name: str) -> None:
    with pytest.raises(UsageError) as fault:
        Settings.from_env({name: "x"})
    assert str(fault.value) == (
        f"{name} is not a setting; the settings are DUALS_NAVIGATOR_CHAT_BASE_URL, DUALS_NAVIGATOR_CHAT_MODEL, "
        "DUALS_NAVIGATOR_CORPUS, DUALS_NAVIGATOR_INDEX, DUALS_NAVIGATOR_SENTENCE_ENCODER"
    )
