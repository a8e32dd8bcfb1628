/** A piece of a text, up to a full stop or a colon: the same as in `tools/voice/sentences.py`, which names the recordings. */
const SENTENCE = /\S.*?(?:[.!?…:]+(?=\s|$)|$)/g;

const READ_MS_PER_LETTER = 55;
const LEAST_READ_MS = 900;

/** How long a text that nobody speaks is shown: milliseconds that it takes to read. */
export const readingMs = (text: string): number => Math.max(LEAST_READ_MS, text.length * READ_MS_PER_LETTER);

/** The pieces that a text is recorded in, in their order. */
export const sentencesOf = (text: string): string[] => text.match(SENTENCE) ?? [];
