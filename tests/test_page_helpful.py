"""Whether answers helped: what is counted, and that nothing else is kept."""

from concurrent.futures import ThreadPoolExecutor

from assistant.answer import Answer, Sentence, Status
from ingest.knowledge import Entry, Gap, Knowledge, Prepared
from page.helpful import OTHER, Helpful, topics_of
from page.pace import MOST, WINDOW_SECONDS, Pace

RIDES = Entry("rides", "Rides", (), plain=tuple(map(Prepared, ("Rides are listed.", "You can call.", "It ended."))))
COSTS = Gap("costs", "what it costs", (), plain=(Prepared("The papers name no price."),))


def test_yes_and_no_are_counted_by_topic() -> None:
    helpful = Helpful(["rides", "costs"])
    helpful.count(True, ["rides"])
    helpful.count(True, ["rides", "costs"])
    helpful.count(False, ["costs"])

    assert helpful.counts == {"costs": (1, 1), "rides": (2, 0)}


def test_what_names_no_topic_is_counted_and_not_kept() -> None:
    helpful = Helpful(["rides"])
    helpful.count(False, ["my number is 123-45-6789", "rides "])
    helpful.count(True, [])

    assert helpful.counts == {OTHER: (1, 1)}


def test_one_address_may_say_so_thirty_times_in_ten_minutes() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    assert [pace.allows("a") for _ in range(MOST + 1)] == [True] * MOST + [False]
    assert pace.allows("b")
    now[0] = WINDOW_SECONDS
    assert [pace.allows("a"), pace.allows("a")] == [True, True]


def test_an_address_is_forgotten_with_its_window() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    for number in range(5):
        pace.allows(str(number))
    now[0] = WINDOW_SECONDS + 1
    pace.allows("new")
    assert "'0'" not in str(vars(pace))


def test_no_count_is_lost_when_many_say_so_at_once() -> None:
    helpful = Helpful(["rides"])
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: helpful.count(number % 2 == 0, ["rides"]), range(2000)))

    assert helpful.counts == {"rides": (1000, 1000)}


def test_the_topics_of_an_answer_are_those_of_which_most_prepared_sentences_stand_in_it() -> None:
    knowledge = Knowledge(entries=(RIDES,), gaps=(COSTS,))
    listed = Sentence("Los viajes están en la lista.", "prepared", (), "Rides are listed.")
    call, price = Sentence("You can call.", "prepared"), Sentence("The papers name no price.", "prepared")
    ended = Sentence("It ended.", "notice")

    assert topics_of(Answer(Status.ANSWERED, "q", (listed, call, price)), knowledge) == ("rides", "costs")
    assert topics_of(Answer(Status.ANSWERED, "q", (listed, ended)), knowledge) == ()
    assert topics_of(Answer(Status.ANSWERED, "q", (Sentence("You can call.", "quote"),)), knowledge) == ()
