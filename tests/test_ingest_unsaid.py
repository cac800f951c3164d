"""What is asked and nowhere said is told by its words and by its meaning."""

from pathlib import Path

import pytest

from ingest.embed import HashEncoder
from ingest.knowledge import Detail, Entry, Gap, Knowledge
from ingest.unsaid import Unsaid, fit

SUBJECTS = [f"{colour} {thing}" for colour in "red blue green white".split() for thing in "rides teeth glasses".split()]
TOLD = ("do they give {}", "is there {} in the plan", "who gets {}", "are {} part of it", "tell me about {}")
UNTOLD = ("how many {} a year", "how much money for {}", "which {} exactly", "what day do {} start", "name of the {}")


def knowledge(count: int = len(SUBJECTS)) -> Knowledge:
    subjects = SUBJECTS[:count]
    return Knowledge(
        entries=tuple(Entry(each, each, tuple(form.format(each) for form in TOLD)) for each in subjects),
        details=tuple(Detail(each, {"en": tuple(form.format(each) for form in UNTOLD)}) for each in subjects),
        gaps=(Gap("price", "the price", ("how much does it cost",)),),
    )


def fitted(known: Knowledge) -> Unsaid | None:
    asks = [ask for entry in known.entries for ask in entry.asks]
    asks += [ask for detail in known.details for ask in detail.asks["en"]]
    asks += [ask for gap in known.gaps for ask in gap.asks]
    return fit(known, dict(zip(asks, HashEncoder().encode_queries(asks), strict=True)))


@pytest.fixture(scope="module")
def model() -> Unsaid:
    found = fitted(knowledge())
    assert found is not None
    return found


def test_words_tell_what_is_asked_for(model: Unsaid) -> None:
    assert model.by_words("how many purple hats a year") > 0.5
    assert model.by_words("do they give purple hats") < -0.5


def test_meaning_tells_what_is_asked_for(model: Unsaid) -> None:
    asked, told = HashEncoder().encode_queries(["how many red rides a year", "do they give red rides"])

    assert model.by_meaning(asked) > 0 > model.by_meaning(told)


def test_it_comes_back_from_disk_as_it_was(model: Unsaid, tmp_path: Path) -> None:
    model.save(tmp_path)
    again = Unsaid.load(tmp_path)

    assert again is not None
    assert (again.words, again.words_offset, again.names) == (model.words, model.words_offset, model.names)
    vector = HashEncoder().encode_queries(["which teeth exactly"])[0]
    assert again.by_meaning(vector) == model.by_meaning(vector)


def test_a_build_without_one_has_none(tmp_path: Path) -> None:
    assert Unsaid.load(tmp_path) is None


def test_few_examples_make_no_model() -> None:
    assert fitted(knowledge(9)) is None
