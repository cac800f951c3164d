"""A place in a document -> the citation that people see, and the sentence that quotes it."""

from collections.abc import Mapping, Sequence

from assistant.answer import Citation, Sentence
from assistant.understand import named_programs
from ingest.knowledge import Knowledge, Program
from ingest.records import Document, Span, Statement


def cite(document: Document, span: Span, knowledge: Knowledge) -> Citation:
    """The citation of document.text[span]."""
    quote = document.text[span.start : span.end]
    source = document.source
    return Citation(
        source.id,
        source.file,
        source.title,
        source.publisher,
        source.label or source.title,
        quote,
        span.start,
        span.end,
        document.page_at(span.start),
        _heading(document, span),
        source.date,
        "; ".join(f"{program.name} ended on {program.ended}" for program in ended_programs(document, quote, knowledge)),
    )


def ended_programs(document: Document, quote: str, knowledge: Knowledge) -> list[Program]:
    """The ended programs that the words are about: those they name, or the ones a document is wholly about."""
    named = named_programs(quote, knowledge)
    return list(dict.fromkeys(each for each in (*named, *_wholly_about(document, knowledge)) if each.status == "ended"))


def ended_in(sentence: Sentence, documents: Mapping[str, Document], knowledge: Knowledge) -> list[Program]:
    """The ended programs that a sentence is about: those it names, or those a document it rests on is wholly about."""
    named = named_programs(f"{sentence.text} {sentence.english}", knowledge)
    cited = [documents[source_id] for source_id in dict.fromkeys(each.source_id for each in sentence.citations)]
    about = [program for document in cited for program in _wholly_about(document, knowledge)]
    return list(dict.fromkeys(program for program in (*named, *about) if program.status == "ended"))


def _wholly_about(document: Document, knowledge: Knowledge) -> list[Program]:
    about = [program for program in map(knowledge.program, document.source.programs) if program]
    return about if about and all(program.status == "ended" for program in about) else []


def quote_sentence(document: Document, statements: Sequence[Statement], knowledge: Knowledge) -> Sentence:
    """Statements that hang on the same list heads, quoted as one; an ellipsis marks what is left out between them."""
    leads = statements[0].leads
    spans = [*leads, *(Span(statement.start, statement.end) for statement in statements)]
    text = document.text[spans[0].start : spans[0].end]
    for before, span in zip(spans, spans[1:], strict=False):
        text += _between(document, before, span) + document.text[span.start : span.end]
    return Sentence(text, "quote", tuple(cite(document, span, knowledge) for span in spans))


def _between(document: Document, before: Span, span: Span) -> str:
    """A bullet or blank where the two stand side by side, else an ellipsis."""
    gap = document.text[before.end : span.start]
    if any(character.isalnum() for character in gap):
        return " … "
    return " • " if "\n" in gap else " "


def _heading(document: Document, span: Span) -> str:
    block = next((block for block in document.blocks if block.start <= span.start < block.end), None)
    return block.headings[-1] if block and block.headings else ""
