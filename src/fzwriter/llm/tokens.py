"""Exact token counts, without a network: the o200k_base ranks travel with the package.

tiktoken itself downloads them and fails on a closed network. For a model with another tokenizer
(Qwen counts about a fifth fewer tokens on Chinese) the count errs on the safe side. The ranks come from
tiktoken (MIT licence); their hash is checked, a damaged copy is an error and never a wrong count.
"""

from __future__ import annotations

import base64
import gzip
import threading
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from fzwriter.errors import ConfigError
from fzwriter.llm.model import Message

if TYPE_CHECKING:
    from tiktoken import Encoding

_RANKS = "o200k_base.tiktoken.gz"
_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
_PATTERN = "|".join(
    (
        r"""[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?""",
        r"""[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?""",
        r"""\p{N}{1,3}""",
        r""" ?[^\s\p{L}\p{N}]+[\r\n/]*""",
        r"""\s*[\r\n]+""",
        r"""\s+(?!\S)""",
        r"""\s+""",
    )
)
_SPECIAL = {"<|endoftext|>": 199999, "<|endofprompt|>": 200018}
_PER_MESSAGE = 5  # role and separators
_FIXED = 8
_lock = threading.Lock()
_encoding: Encoding | None = None


def encoding() -> Encoding:
    """The o200k_base encoding, built once from the shipped ranks.

    Raises:
        ConfigError: the ranks are damaged.
    """
    global _encoding
    with _lock:
        if _encoding is None:
            _encoding = _build()
        return _encoding


def _build() -> Encoding:
    import tiktoken

    try:
        ranks = gzip.decompress((files("fzwriter.llm") / _RANKS).read_bytes())
    except (OSError, EOFError, ValueError) as error:
        raise _damaged() from error
    if sha256(ranks).hexdigest() != _SHA256:
        raise _damaged()
    table = {}
    for line in ranks.splitlines():
        token, _, rank = line.partition(b" ")
        table[base64.b64decode(token)] = int(rank)
    return tiktoken.Encoding(
        "o200k_base", pat_str=_PATTERN, mergeable_ranks=table, special_tokens=_SPECIAL
    )


def _damaged() -> ConfigError:
    return ConfigError("安装不完整：分词表 o200k_base 缺失或已损坏", remedy="请重新安装 fzwriter")


def count_tokens(text: str) -> int:
    """Tokens of a text; marks of special tokens in it count as plain text."""
    return len(encoding().encode_ordinary(text))


def count_messages(messages: Sequence[Message]) -> int:
    """Tokens of a conversation, with what each message adds."""
    return _FIXED + sum(_PER_MESSAGE + count_tokens(message.content) for message in messages)
