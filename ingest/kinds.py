"""What each ask of a library means: a topic, or an aside of some kind; or nothing that is told apart."""

from ingest.knowledge import Knowledge

Kind = tuple[str, str]
"""(group, name): "topic" and an id, or "aside" and its kind."""

# Details are no topics of their own: told apart from their entries by other means, they would only take its share.
NO_MEANING: Kind = ("", "")


def kinds_of(knowledge: Knowledge) -> list[tuple[Kind, int, bool]]:
    """A kind, how many asks, and whether in English: in the order in which vectors of asks are kept."""
    found = []
    for topic in knowledge.topics:
        found.append((("topic", topic.id), len(topic.asks), True))
        found += [(("topic", topic.id), len(asks), False) for asks in topic.other_asks.values()]
    for detail in knowledge.details:
        found += [(NO_MEANING, len(asks), False) for asks in detail.asks.values()]
    # Signs of alarm are told in every language, so they are kept for all encoders.
    found += [(("aside", aside.kind), len(aside.asks), True) for aside in knowledge.asides]
    return found


def names_of(kinds: list[tuple[Kind, int, bool]]) -> list[Kind]:
    """The kinds that are told apart, each once."""
    return list(dict.fromkeys(kind for kind, _, _ in kinds if kind != NO_MEANING))
