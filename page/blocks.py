"""The workbench: one question and all that the answer was made of. The only module that uses Gradio.

For maintainers: what was found, what spoke for a refusal, how long it took, and which answers helped.
"""

import os
from functools import partial
from time import perf_counter
from typing import Any

from fastapi import FastAPI

from assistant.answer import Role
from page.helpful import Helpful
from page.respond import Asked, Assistant, respond
from page.texts import ENGLISH, LANGUAGE_NAMES, NAME
from page.workbench import counts_table, report

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
# Gradio sums up its last 10,000 events with pandas after each event, for a page that we don't serve.
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**12)

import gradio as gr  # noqa: E402  (it reads the variables above)

WORKBENCH = "/workbench"
_SYSTEM_FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")
_SAME = "the question's own"
_STYLE = """
.gradio-container table { width: 100%; border-collapse: collapse; margin: 0 0 1.5rem; font-size: 1rem; }
.gradio-container caption { text-align: start; font-weight: 700; padding: .4rem 0; }
.gradio-container th, .gradio-container td { text-align: start; vertical-align: top; padding: .4rem .6rem;
  border: 1px solid currentColor; overflow-wrap: anywhere; }
.gradio-container button.primary { background: #0b4f62; color: #fff; opacity: 1; transition: none; }
.gradio-container td:first-child { white-space: nowrap; }
.gradio-container label span, .gradio-container caption, .gradio-container p { color: inherit; }
"""


def mount_workbench(app: FastAPI, assistant: Assistant, helpful: Helpful) -> None:
    """Put the workbench beside the page; nothing that people type leaves the memory of their session."""
    theme = gr.themes.Base(font=_SYSTEM_FONTS, font_mono=("monospace",))
    gr.mount_gradio_app(
        app,
        _blocks(assistant, helpful),
        path=WORKBENCH,
        theme=theme,
        css=_STYLE,
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
    )


def _blocks(assistant: Assistant, helpful: Helpful) -> gr.Blocks:
    blocks = gr.Blocks(title=f"{NAME}: workbench", analytics_enabled=False, fill_width=True)
    with blocks:
        gr.HTML("<h1>Workbench</h1><p>One question, and all that its answer was made of. Nothing is kept.</p>")
        question = gr.Textbox(label="Question", lines=1, max_lines=6, elem_id="question")
        with gr.Row():
            role = gr.Radio([each.value for each in Role], value=Role.BENEFICIARY.value, label="Answer for")
            language = gr.Radio([_SAME, *LANGUAGE_NAMES], value=_SAME, label="Language")
        ask = gr.Button("Ask", variant="primary", elem_id="ask")
        shown = gr.HTML("", elem_id="report")
        events: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        gr.on(
            [question.submit, ask.click],
            partial(_report, assistant),
            inputs=[question, role, language],
            outputs=shown,
            concurrency_limit=None,
            **events,
        )
        count = gr.Button("Show which answers helped", elem_id="count")
        counts = gr.HTML("", elem_id="counts")
        count.click(lambda: counts_table(helpful.counts), outputs=counts, **events)
    return blocks


def _report(assistant: Assistant, message: str, role: str, language: str) -> str:
    """The answer as tables; in a language only if one was chosen."""
    began = perf_counter()
    chosen = language if language in LANGUAGE_NAMES else ""
    answer = respond(assistant, Asked(message, (), chosen or ENGLISH, bool(chosen), Role(role)))
    return report(answer, perf_counter() - began)
