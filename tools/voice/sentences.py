"""A text is recorded piece by piece, up to a full stop or a colon: many share some, and a pause is there anyway."""

import re

from lumbar.catalog.words import Words
from voice.repertoire import shipped_repertoire, texts

_SENTENCE = re.compile(r"\S.*?(?:[.!?…:]+(?=\s|$)|$)")
"""The same as in `frontend/src/voice/sentences.ts`."""


def sentences(text: str) -> list[str]:
    """The pieces of a text, in their order. What has no mark at its end is one as well."""
    return _SENTENCE.findall(text)


def needed(words: Words) -> frozenset[str]:
    """Every sentence that may be said aloud in a language. Raises NotFound where words or parameters are missing."""
    said = (text for message in shipped_repertoire(words) for text in texts(message, words))
    return frozenset(sentence for text in said for sentence in sentences(text))
