"""The conversation as HTML, newest answer first, so that what was just asked stands right below the question box."""

from collections.abc import Mapping, Sequence

from assistant.answer import Answer, Turn
from page.answer_panel import answer_panel


def conversation_panel(answers: Sequence[Answer], urls: Mapping[str, str]) -> str:
    """Every answer of the conversation; `answers` are in the order of asking."""
    panels = [answer_panel(answer, turn, urls) for turn, answer in enumerate(answers, 1)]
    if len(panels) < 2:
        return "".join(panels)
    newest, *earlier = reversed(panels)
    return f'{newest}<p class="earlier" id="earlier">Your earlier questions</p>{"".join(earlier)}'


def history(answers: Sequence[Answer]) -> tuple[Turn, ...]:
    """The conversation as the assistant takes it: masked questions and the answers as text."""
    return tuple(turn for answer in answers for turn in (Turn("user", answer.question), Turn("assistant", answer.text)))
