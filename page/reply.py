"""An answer as the page gets it: as HTML, and what its tab keeps of it."""

from assistant.answer import Answer
from ingest.index import Index
from page.answer_panel import answer_panel, message_panel
from page.helpful import topics_of
from page.plain import plain_answer
from page.respond import KEPT

Reply = dict[str, str | bool]


class Replies:
    """Of one open index."""

    def __init__(self, index: Index) -> None:
        self._known = index.knowledge
        self._urls = {source_id: document.source.url for source_id, document in index.documents.items()}
        self._texts = {
            topic.id: frozenset(row.text for row in (*topic.plain, *topic.staff)) for topic in self._known.topics
        }

    def reply(self, answer: Answer, turn: int) -> Reply:
        """What is sent; `kept` where the question stays in the box and there is a message only."""
        if answer.status in KEPT:
            return {"kept": True, "html": message_panel(answer)}
        topics = topics_of(answer, self._known)
        parts = [self._texts[topic] for topic in topics]
        return {
            "kept": False,
            "html": answer_panel(answer, turn, self._urls, topics, parts),
            "question": answer.question,
            "text": answer.text,
            "plain": plain_answer(answer),
        }
