"""LangChain on both sides, over real HTTP on this machine."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from langchain_core.runnables import RunnableLambda

from assistant.answer import Answer, Status
from assistant.bridge import CorpusRetriever, LangChainModel, as_runnable
from assistant.pipeline import Assistant
from ingest.errors import ModelUnavailable

pytest_plugins = ["assistant_fixtures"]


@contextmanager
def chat_server(reply: str, status: int = 200) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The address of a chat server of the OpenAI kind that always says `reply`, and the requests it got."""
    requests: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": reply}}
            body = json.dumps({"id": "1", "object": "chat.completion", "model": "m", "choices": [choice]}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", requests
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(autouse=True)
def _a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "not-a-real-key")


def test_a_model_is_called_by_name_at_the_address_given() -> None:
    with chat_server("Good day.") as (address, requests):
        said = LangChainModel("openai:some-model", address).complete("Be kind.", "Hello")

    assert said == "Good day."
    assert requests[0]["model"] == "some-model"
    assert [(each["role"], each["content"]) for each in requests[0]["messages"]] == [
        ("system", "Be kind."),
        ("user", "Hello"),
    ]


def test_a_server_that_fails_is_a_fault_without_the_question_in_it() -> None:
    with chat_server("", status=400) as (address, _), pytest.raises(ModelUnavailable) as fault:
        LangChainModel("openai:some-model", address).complete("", "my private question")

    assert "the chat model failed" in str(fault.value)
    assert "private" not in str(fault.value)


def test_a_provider_that_is_not_installed_names_the_setting() -> None:
    with pytest.raises(ModelUnavailable, match="check DUALS_NAVIGATOR_CHAT_MODEL"):
        LangChainModel("no-such-provider:x")


def test_when_the_server_is_gone_the_quotes_answer(assistant: Assistant) -> None:
    with chat_server("") as (address, _):
        gone = LangChainModel("openai:some-model", address)
    with_model = replace(assistant, model=gone)

    assert with_model.answer("is IHSS carved out").sentences == assistant.answer("is IHSS carved out").sentences


def test_the_assistant_composes_as_a_runnable(assistant: Assistant) -> None:
    chain = as_runnable(assistant) | RunnableLambda(lambda answer: answer.status)
    history = [{"role": "user", "content": "what extras did Health Net Cal MediConnect give in Los Angeles?"}]

    assert chain.batch(["is IHSS carved out", "how long do you steam tamales"]) == [Status.ANSWERED, Status.OFF_TOPIC]
    answer: Answer = as_runnable(assistant).invoke(
        {"question": "and in San Diego?", "history": history, "role": "staff"}
    )
    assert any("In San Diego" in citation.quote for citation in answer.citations)


def test_the_retriever_gives_langchain_documents_with_their_place(assistant: Assistant) -> None:
    found = CorpusRetriever(assistant=assistant, count=3).invoke("is IHSS carved out")

    assert len(found) == 3
    for each in found:
        document = next(d for d in assistant.index.documents.values() if d.source.file == each.metadata["source"])
        assert document.text[each.metadata["start"] : each.metadata["end"]] == each.page_content
