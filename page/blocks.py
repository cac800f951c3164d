"""The page's controls and what happens when they are used. The only module that uses Gradio."""

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from fastapi import FastAPI

from assistant.answer import Answer, Role
from page import texts
from page.answer_panel import message_panel
from page.conversation import conversation_panel
from page.respond import KEPT, Assistant, respond

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
# Gradio sums up its last 10,000 events with pandas after each event, for a page that we don't serve.
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**12)

import gradio as gr  # noqa: E402  (it reads the variables above)

# The script in page.js is told when new HTML stands in the page.
_ANSWERED = "watch('value', () => window.dualsNavigator.answered())"
_SAID = "watch('value', () => window.dualsNavigator.said())"
_SYSTEM_FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")

_Conversation = tuple[Answer, ...]


def mount_page(app: FastAPI, assistant: Assistant) -> None:
    """Put the page at "/" of the app; nothing that people type leaves the memory of their session."""
    theme = gr.themes.Base(font=_SYSTEM_FONTS, font_mono=("monospace",))
    gr.mount_gradio_app(
        app,
        _blocks(assistant),
        path="/",
        theme=theme,
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
    )


def _blocks(assistant: Assistant) -> gr.Blocks:
    blocks = gr.Blocks(title=texts.NAME, analytics_enabled=False, fill_width=True)
    with blocks:
        answers = gr.State(())
        _html(f"<h1>{texts.NAME}</h1><p>{texts.LEAD}</p>", "intro")
        box = gr.Textbox(label=texts.QUESTION_LABEL, lines=1, max_lines=8, elem_id="question")
        _html(f'<p id="question-hint">{texts.PRIVACY_HINT}</p>', "hint")
        with gr.Row(elem_id="buttons"):
            ask = gr.Button(texts.ASK, variant="primary", elem_id="ask")
            over = gr.Button(texts.START_OVER, elem_id="start-over")
        role = gr.Radio(list(texts.ROLES), value=Role.BENEFICIARY.value, label=texts.ROLE_LABEL, elem_id="role")
        status = _live("status")
        with gr.Column(elem_id="starters") as starters:
            _html(f"<h2>{texts.STARTERS_TITLE}</h2>", "starters-title")
            starter_buttons = [gr.Button(words, elem_classes="starter") for words in texts.STARTERS]
        conversation = _html("", "conversation", on_load=_ANSWERED)

        urls = {source_id: document.source.url for source_id, document in assistant.index.documents.items()}
        outputs = [box, ask, status, starters, conversation, answers]
        events: dict[str, Any] = {
            "fn": partial(_ask, assistant, urls),
            "outputs": outputs,
            "show_progress": "hidden",
            "concurrency_limit": None,
            "api_visibility": "private",
        }
        gr.on([box.submit, ask.click], inputs=[box, role, answers], **events)
        for button in starter_buttons:
            button.click(inputs=[button, role, answers], **events)
        over.click(_start_over, outputs=outputs, show_progress="hidden", queue=False, api_visibility="private")
    return blocks


def _ask(
    assistant: Assistant, urls: Mapping[str, str], message: str, role: str, answers: _Conversation
) -> Iterator[Sequence[Any]]:
    """Updates of the outputs: first that the search is on; then the answer, or a message and the box as it was."""
    keep = gr.skip()
    yield keep, gr.update(interactive=False), f"<p>{texts.SEARCHING}</p>", keep, keep, keep
    answer = respond(assistant, message, answers, Role(role))
    ready = gr.update(interactive=True)
    if answer.status in KEPT:
        yield message, ready, message_panel(answer), keep, keep, keep
        return
    answers = (*answers, answer)
    said = f'<p class="visually-hidden">{texts.READY}</p>'
    yield "", ready, said, gr.update(visible=False), conversation_panel(answers, urls), answers


def _start_over() -> Sequence[Any]:
    return "", gr.update(interactive=True), "", gr.update(visible=True), "", ()


def _html(value: str, name: str, on_load: str = "") -> gr.HTML:
    return gr.HTML(value, elem_id=name, js_on_load=on_load or None, apply_default_css=False)


def _live(name: str) -> gr.HTML:
    """A part whose changes screen readers speak; its frame stays in the page while its words change."""
    frame = '<div role="status" aria-live="polite">${value}</div>'
    return gr.HTML("", elem_id=name, html_template=frame, js_on_load=_SAID, apply_default_css=False)
