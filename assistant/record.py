"""An answer as plain JSON values, for the command line and programs that call it."""

from dataclasses import asdict
from typing import Any

from assistant.answer import Answer


def as_record(answer: Answer) -> dict[str, Any]:
    """Every field of the answer that a caller may use; hits by place and score."""
    return {
        "status": answer.status.value,
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "language": answer.language,
        "removed": list(answer.removed),
        "text": answer.text,
        "sentences": [asdict(sentence) for sentence in answer.sentences],
        "notices": [sentence.text for sentence in answer.notices],
        "choices": list(answer.choices),
        "next_questions": list(answer.next_questions),
        "contacts": [asdict(contact) for contact in answer.contacts],
        "hits": [{"passage": hit.passage.id, "text": hit.passage.text, "score": hit.score} for hit in answer.hits],
    }
