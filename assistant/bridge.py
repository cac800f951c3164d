"""LangChain on both sides: its chat models by name for us, our retriever and assistant as its parts for others.

The only module that uses LangChain. A chat model needs its provider's package, for example langchain-ollama.
"""

from collections.abc import Iterator
from typing import Annotated, Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.exceptions import ModelTimeoutError
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda, RunnableSequence
from pydantic import BaseModel, ConfigDict, SkipValidation

from assistant.answer import Answer, Role, Turn
from assistant.model import MAX_REPLY_TOKENS, ModelBusy, Piece, Prompt
from assistant.pipeline import Assistant
from assistant.privacy import mask
from assistant.retrieve import retrieve
from assistant.understand import understand
from ingest.errors import ModelUnavailable
from ingest.records import Hit

# Until the first words of a reply and between two pieces of it; the whole has its own limit.
TIMEOUT_SECONDS = 15.0
# What servers say that do not know how to shape a reply.
_CANT_SHAPE = (400, 415, 422, 501)


class LangChainModel:
    """A chat model by LangChain's name ("ollama:llama3.2", "openai:gpt-4.1-mini"); keys come from the environment.

    Replies are shaped by the provider (`with_structured_output`) where it can, else by the prompt alone.
    """

    def __init__(self, name: str, base_url: str = "", *, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        from langchain.chat_models import init_chat_model

        try:
            self._model: Any = init_chat_model(name, **_options(name, base_url, timeout_seconds))
        except Exception as fault:
            # Each provider has its own exceptions for a missing package, key or name.
            raise ModelUnavailable(
                f"the chat model {name!r} can't be set up: {fault}; check DUALS_NAVIGATOR_CHAT_MODEL, "
                "or leave it empty to answer without one"
            ) from fault
        self._can_shape = True

    def stream(self, prompt: Prompt) -> Iterator[Piece]:
        """The reply in pieces; raises ModelBusy for what may pass (429, 5xx, no connection), else ModelUnavailable."""
        asked = [("system", prompt.system), ("human", prompt.user)]
        try:
            yield from self._shaped(prompt, asked) if self._can_shape else _pieces(self._model, asked)
        except Exception as fault:
            raise _as_ours(fault) from fault

    def _shaped(self, prompt: Prompt, asked: list[tuple[str, str]]) -> Iterator[Piece]:
        try:
            yield from _pieces(_shaping(self._model, prompt.shape), asked)
            return
        except Exception as fault:
            if _status(fault) not in _CANT_SHAPE and not isinstance(fault, NotImplementedError):
                raise
            self._can_shape = False
        yield from _pieces(self._model, asked)


def _options(name: str, base_url: str, timeout_seconds: float) -> dict[str, Any]:
    # Our own retries know what may pass and how long a caller waits.
    options: dict[str, Any] = {
        "temperature": 0,
        "timeout": timeout_seconds,
        "max_tokens": MAX_REPLY_TOKENS,
        "max_retries": 0,
    }
    if name.startswith("ollama:"):
        options = {"temperature": 0, "num_predict": MAX_REPLY_TOKENS, "client_kwargs": {"timeout": timeout_seconds}}
    return options | ({"base_url": base_url} if base_url else {})


def _shaping(model: Any, shape: type[BaseModel]) -> Any:
    """The model told to reply in that shape. Its own reader is left out: it completes what was cut off."""
    chain = model.with_structured_output(shape.model_json_schema())
    if not isinstance(chain, RunnableSequence):
        raise NotImplementedError
    return chain.first


def _pieces(model: Any, asked: list[tuple[str, str]]) -> Iterator[Piece]:
    read, written = 0, 0
    for chunk in model.stream(asked):
        # Of shaped replies langchain-openai tells the count here and not there.
        usage, counted = chunk.usage_metadata or {}, chunk.response_metadata.get("token_usage") or {}
        read = max(read, usage.get("input_tokens", 0), counted.get("prompt_tokens", 0))
        written = max(written, usage.get("output_tokens", 0), counted.get("completion_tokens", 0))
        # A shape may be asked for as the arguments of a tool; these too come in pieces.
        arguments = "".join(call["args"] or "" for call in chunk.tool_call_chunks)
        yield Piece(str(chunk.text) or arguments, read + written)


def _status(fault: Exception) -> int:
    status = getattr(fault, "status_code", 0)
    return status if isinstance(status, int) else 0


def _as_ours(fault: Exception) -> ModelUnavailable:
    """Providers raise their own kinds; the words of the fault may hold the question, so only its kind is kept."""
    words = f"the chat model failed ({type(fault).__name__})"
    causes = list(_causes(fault))
    if any(isinstance(each, (TimeoutError, ModelTimeoutError)) for each in causes):
        return ModelUnavailable(words)
    status = _status(fault)
    may_pass = getattr(fault, "is_retryable", False) or any(isinstance(each, ConnectionError) for each in causes)
    return (ModelBusy if may_pass or status == 429 or status >= 500 else ModelUnavailable)(words)


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    """The fault and what it came of: some providers leave the connection's own fault below several others."""
    while fault:
        yield fault
        fault = fault.__cause__ or fault.__context__


class CorpusRetriever(BaseRetriever):
    """Passages for a question as LangChain documents, best first; identifiers are masked before the search."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    assistant: Annotated[Assistant, SkipValidation]
    count: int = 5

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        asked = understand(mask(query).text, (), self.assistant.index.knowledge, self.assistant.library.spelling)
        hits = retrieve(asked, self.assistant.index, self.assistant.library, self.assistant.reranker).hits
        return [_as_document(self.assistant, hit) for hit in hits[: self.count]]


def as_runnable(assistant: Assistant) -> Runnable[Any, Answer]:
    """The assistant as a Runnable: takes a question, or {"question", "history", "role"}; gives an Answer.

    history is a list of {"role": "user" or "assistant", "content": ...}.
    """

    def ask(given: str | dict[str, Any]) -> Answer:
        request: dict[str, Any] = {"question": given} if isinstance(given, str) else given
        turns = tuple(Turn(turn["role"], turn["content"]) for turn in request.get("history", ()))
        return assistant.answer(request["question"], turns, role=Role(request.get("role", Role.BENEFICIARY)))

    return RunnableLambda(ask, name="duals-navigator")


def _as_document(assistant: Assistant, hit: Hit) -> LangChainDocument:
    document = assistant.index.documents[hit.passage.source_id]
    source = document.source
    metadata = {
        "source": source.file,
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "page": document.page_at(hit.passage.start),
        "score": hit.score,
    }
    return LangChainDocument(page_content=hit.passage.text, metadata=metadata, id=hit.passage.id)
