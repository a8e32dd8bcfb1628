/** A piece of a text, up to a full stop or a colon: the same as in `tools/voice/sentences.py`, which names the recordings. */
const SENTENCE = /\S.*?(?:[.!?…:]+(?=\s|$)|$)/g;

/** The pieces that a text is recorded in, in their order. */
export const sentencesOf = (text: string): string[] => text.match(SENTENCE) ?? [];
