"""An answer as plain text, to be pasted into a letter or a message."""

from assistant.answer import Answer
from page.texts import NAME, label


def plain_answer(answer: Answer) -> str:
    """The question, the answer with its citations and sources, and what it comes from."""
    asked = f"{label('you_asked', answer.language)} {answer.question}"
    origin = f"{NAME}. {label('computer_program', answer.language)}{label('not_a_person', answer.language)}."
    return "\n\n".join((asked, answer.markdown, origin))
