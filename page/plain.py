"""An answer as plain text, to be pasted into a letter or a message."""

from assistant.answer import Answer, source_line
from page.citation_button import place, status
from page.texts import ENGLISH, NAME, label


def plain_answer(answer: Answer) -> str:
    """The question, the answer with its citations and sources, and what it comes from."""
    asked = f"{label('you_asked', answer.language)} {answer.question}"
    origin = f"{NAME}. {label('computer_program', answer.language)}{label('not_a_person', answer.language)}."
    return "\n\n".join((asked, _told(answer), origin))


def _told(answer: Answer) -> str:
    """The answer and its sources, what is said of them in the language of the answer."""
    sources = "\n".join(f"[{number}] {source_line(each)}" for number, each in enumerate(answer.citations, 1))
    if answer.language == ENGLISH or not sources:
        return answer.markdown
    lines = []
    for number, each in enumerate(answer.citations, 1):
        about = (each.title, each.publisher, each.date, place(each, answer.language), status(each, answer.language))
        lines.append(f"[{number}] {'; '.join(filter(None, about))}")
    return answer.markdown.removesuffix(sources) + "\n".join(lines)
