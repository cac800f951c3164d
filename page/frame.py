"""The page before anything is asked: what it is, whom to call, the question box, and questions to start from.

Parts with `data-part` are exchanged when another language is chosen; the conversation and what is typed stay.
"""

from collections.abc import Sequence
from html import escape

from ingest.knowledge import Contact
from ingest.records import Source
from page.assets import head
from page.contact_box import linked, short_name
from page.texts import ENGLISH, LANGUAGE_NAMES, NAME, STARTERS, direction, label, tag

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' "
    "rx='8' fill='%230b4f62'/%3E%3Cpath d='M9 8h14v11H16l-5 5v-5H9z' fill='%23fff'/%3E%3C/svg%3E"
)
_GLOBE = (
    '<svg aria-hidden="true" viewBox="0 0 20 20" width="18" height="18" fill="none" stroke="currentColor" '
    'stroke-width="1.6"><circle cx="10" cy="10" r="8"/><ellipse cx="10" cy="10" rx="3.6" ry="8"/>'
    '<path d="M2 10h16"/></svg>'
)
_SIZES = (("1", "size_normal"), ("2", "size_large"), ("3", "size_largest"))
_COLORS = (("device", "colors_device"), ("light", "colors_light"), ("dark", "colors_dark"))
_CURRENT = ' aria-current="true"'
# What the script says by itself.
_SCRIPT_WORDS = (
    *(
        "searching",
        "checking",
        "checked_so_far",
        "still_working",
        "stop",
        "stopped",
        "no_connection",
        "cleared",
        "earlier",
    ),
    *("back", "close", "source_fault", "printed"),
)


def page(language: str, contact: Contact | None, sources: Sequence[Source], *, is_streamed: bool = False) -> str:
    """The whole page in a language; `is_streamed`: it shows the sentences of a chat model as they pass."""
    title = escape(f"{NAME}: {label('title', language)}")
    return (
        f'<!doctype html><html lang="{tag(language)}" dir="{direction(language)}" data-language="{language}" '
        'data-theme="light"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title>"
        f'<link rel="icon" href="{_ICON}">{head()}</head><body>'
        f"{_bar(language, contact)}"
        f'<div id="layout"><main>{_settings(language)}{_intro(language)}{_form(language, is_streamed)}'
        '<div id="status"></div>'
        f'{_starters(language)}<div id="conversation"></div></main>'
        '<dialog id="source" aria-labelledby="source-title"></dialog></div>'
        f"{_foot(language, sources)}"
        '<div id="announcer" class="visually-hidden" role="status" aria-live="polite" aria-atomic="true"></div>'
        f"{_script_words(language)}</body></html>"
    )


def _bar(language: str, contact: Contact | None) -> str:
    skip = f'<a class="skip" id="skip" data-part href="#question">{escape(label("skip", language))}</a>'
    notice = (
        f'<p class="bar-notice">{escape(label("computer_program", language))}'
        f"{escape(label('not_a_person', language))}.</p>"
    )
    return f'{skip}<header class="bar" id="bar" data-part>{notice}{_bar_call(language, contact)}</header>'


def _bar_call(language: str, contact: Contact | None) -> str:
    if contact is None:
        return ""
    who = f'<bdi class="who-short">{escape(short_name(contact))} </bdi>'
    words = f"{escape(label('talk_to_a_person', language))}: {who}"
    return f'<p class="bar-call">{linked(contact, words)}</p>'


def _settings(language: str) -> str:
    languages = "".join(
        f'<li><a id="language-{code}" href="?lang={code}" data-language="{code}" lang="{tag(code)}" '
        f'hreflang="{tag(code)}" dir="{direction(code)}"{_CURRENT if code == language else ""}>{escape(name)}</a></li>'
        for code, name in LANGUAGE_NAMES.items()
    )
    # In its own words, and in those that most people who can't read this page may know.
    second = "es" if language == ENGLISH else ENGLISH
    title = f'{escape(label("language", language))} · <span lang="{second}">{escape(label("language", second))}</span>'
    return (
        '<div class="settings" id="settings" data-part>'
        f'<details name="settings" id="languages"><summary id="languages-title">{_GLOBE}<span>{title}</span></summary>'
        f"<ul>{languages}</ul></details>"
        f'<details name="settings" id="display"><summary id="display-title"><b aria-hidden="true">Aa</b> '
        f"<span>{escape(label('display', language))}</span></summary>"
        f"{_choice('size', 'text_size', _SIZES, language)}{_choice('theme', 'colors', _COLORS, language)}"
        "</details></div>"
    )


def _choice(name: str, title: str, options: Sequence[tuple[str, str]], language: str) -> str:
    rows = "".join(
        f'<label><input type="radio" id="{name}-{value}" name="{name}" value="{value}"> '
        f"{escape(label(key, language))}</label>"
        for value, key in options
    )
    return f"<fieldset><legend>{escape(label(title, language))}</legend><div>{rows}</div></fieldset>"


def _intro(language: str) -> str:
    return (
        f'<div id="intro" data-part><h1>{NAME}</h1><p class="lead">{escape(label("lead", language))}</p>'
        f'<p class="limits">{escape(label("limits", language))}</p>'
        f"<noscript><p><strong>{escape(label('needs_script', language))}</strong></p></noscript></div>"
    )


def _form(language: str, is_streamed: bool) -> str:
    words = {key: escape(label(key, language)) for key in ("question_label", "privacy_hint", "ask", "start_over")}
    return (
        f'<form id="ask" method="dialog"{" data-streamed" if is_streamed else ""}>'
        f'<label for="question" id="question-label" data-part>{words["question_label"]}</label>'
        '<textarea id="question" name="q" rows="2" dir="auto" autocomplete="off" enterkeyhint="send" '
        'aria-describedby="question-hint"></textarea>'
        f'<p id="question-hint" data-part>{words["privacy_hint"]}</p>'
        f'<div class="buttons"><button type="submit" id="send" data-part>{words["ask"]}</button>'
        f'<button type="button" id="start-over" data-part hidden>{words["start_over"]}</button></div></form>'
    )


def _starters(language: str) -> str:
    topics = "".join(_topic(topic, asks, language) for topic, asks in STARTERS.items())
    title = escape(label("starters_title", language))
    return (
        f'<div id="starters" lang="{tag(language)}" data-part><h2>{title}</h2><div class="topics">{topics}</div></div>'
    )


def _topic(topic: str, asks: Sequence[str], language: str) -> str:
    buttons = "".join(
        f'<li><button type="button" class="ask-this" data-starter="{key}">{escape(label(key, language))}</button></li>'
        for key in asks
    )
    return f"<section><h3>{escape(label(topic, language))}</h3><ul>{buttons}</ul></section>"


def _foot(language: str, sources: Sequence[Source]) -> str:
    rows = "".join(f'<li lang="en" dir="ltr">{_source_line(source)}</li>' for source in sources)
    kept = label("kept", language, start_over=label("start_over", language))
    return (
        '<footer class="foot" id="foot" data-part>'
        f"<h2>{escape(label('kept_title', language))}</h2><p>{escape(kept)}</p>"
        f"<details><summary>{escape(label('documents_title', language))}</summary>"
        f'<p>{escape(label("documents_lead", language))}</p><ul class="sources">{rows}</ul></details></footer>'
    )


def _source_line(source: Source) -> str:
    details = escape(", ".join(part for part in (source.publisher, source.date) if part))
    return f"<b>{escape(source.title)}</b><br>{details}"


def _script_words(language: str) -> str:
    words = "".join(f' data-{key.replace("_", "-")}="{escape(label(key, language))}"' for key in _SCRIPT_WORDS)
    return f'<div id="words" hidden data-part{words}></div>'
