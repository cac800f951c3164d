"""Which encoders search: the one sentence-transformers model, and the multilingual one where it can run."""

import sys
from collections.abc import Sequence

from ingest.embed import Encoder, SentenceTransformerEncoder
from ingest.errors import ModelUnavailable
from ingest.multilingual import E5Encoder
from ingest.settings import Settings


def load_encoders(settings: Settings) -> Sequence[Encoder]:
    """Both encoders; without the multilingual one (it runs on Linux, x86-64) there is a warning and one encoder."""
    encoders: list[Encoder] = [SentenceTransformerEncoder(settings.sentence_encoder)]
    try:
        encoders.append(E5Encoder())
    except ModelUnavailable as fault:
        print(
            f"warning: {fault}; questions in languages other than English will be answered less well", file=sys.stderr
        )
    return encoders
