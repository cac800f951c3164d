"""LangChain on both sides: its chat models by name for us, our retriever and assistant as its parts for others.

The only module that uses LangChain. A chat model needs its provider's package, for example langchain-ollama.
"""

from typing import Annotated, Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import ConfigDict, SkipValidation

from assistant.answer import Answer, Role, Turn
from assistant.pipeline import Assistant
from assistant.privacy import mask
from assistant.retrieve import retrieve
from assistant.understand import understand
from ingest.errors import ModelUnavailable
from ingest.records import Hit

# A reply is a few sentences; a model that takes longer is not waited for while a caller is on the line.
TIMEOUT_SECONDS = 30
MAX_REPLY_TOKENS = 800


class LangChainModel:
    """A chat model by LangChain's name ("ollama:llama3.2", "openai:gpt-4.1-mini"); keys come from the environment."""

    def __init__(self, name: str, base_url: str = "") -> None:
        from langchain.chat_models import init_chat_model

        options: dict[str, Any] = {"temperature": 0, "timeout": TIMEOUT_SECONDS, "max_tokens": MAX_REPLY_TOKENS}
        if name.startswith("ollama:"):
            options = {"temperature": 0, "num_predict": MAX_REPLY_TOKENS, "client_kwargs": {"timeout": TIMEOUT_SECONDS}}
        if base_url:
            options["base_url"] = base_url
        try:
            self._model: Any = init_chat_model(name, **options)
        except Exception as fault:
            # Each provider has its own exceptions for a missing package, key or name.
            raise ModelUnavailable(
                f"the chat model {name!r} can't be set up: {fault}; check DUALS_NAVIGATOR_CHAT_MODEL, "
                "or leave it empty to answer with quotes"
            ) from fault

    def complete(self, system: str, user: str) -> str:
        """The model's reply; raises ModelUnavailable when it does not come."""
        try:
            return str(self._model.invoke([("system", system), ("human", user)]).text)
        except Exception as fault:
            # Providers raise their own kinds; the words of the fault may hold the question, so only its kind is kept.
            raise ModelUnavailable(f"the chat model failed ({type(fault).__name__})") from fault


class CorpusRetriever(BaseRetriever):
    """Passages for a question as LangChain documents, best first; identifiers are masked before the search."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    assistant: Annotated[Assistant, SkipValidation]
    count: int = 5

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        asked = understand(mask(query).text, (), self.assistant.index.knowledge, self.assistant.library.glossary)
        hits = retrieve(asked, self.assistant.index, self.assistant.library).hits
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
