/**
 * lumbar's own voice: what was recorded of a language, as one file of sound and an index of where each sentence lies in it.
 * Both are files of the page. Nothing is fetched before somebody is to be heard.
 */

import { sentencesOf } from "./sentences";

const SOUNDS = import.meta.glob<string>("./recordings/*.mp3", { query: "?url", import: "default", eager: true });
const INDEXES = import.meta.glob<string>("./recordings/*.json", { query: "?url", import: "default", eager: true });

/** Kilobits a second of the recordings, and so how many bytes a second takes. */
const BYTES_PER_S = 24_000 / 8;

/** Where each sentence begins, and how long it is, in bytes. */
type Places = Record<string, [number, number]>;

/** A text as it is heard. */
export interface Sound {
  audio: Blob;
  seconds: number;
}

export class Recordings {
  constructor(
    private readonly places: Places,
    private readonly sound: ArrayBuffer,
  ) {}

  /** A text, sentence by sentence; null where some of it was never recorded: half a sentence misleads. */
  of(text: string): Sound | null {
    const pieces: ArrayBuffer[] = [];
    for (const sentence of sentencesOf(text)) {
      const place = Object.hasOwn(this.places, sentence) ? this.places[sentence] : undefined;
      if (!place) return null;
      const [from, size] = place;
      pieces.push(this.sound.slice(from, from + size));
    }
    const audio = new Blob(pieces, { type: "audio/mpeg" });
    return audio.size > 0 ? { audio, seconds: audio.size / BYTES_PER_S } : null;
  }
}

const loaded = new Map<string, Promise<Recordings>>();

/** Whether there are recordings in a language. */
export const isRecorded = (language: string): boolean => urlOf(SOUNDS, language, "mp3") !== undefined;

/** The recordings of a language, fetched once. Rejects where they cannot be had; the next call tries again. */
export function recordingsOf(language: string): Promise<Recordings> {
  const known = loaded.get(language);
  if (known) return known;
  const fetched = fetchAll(language);
  loaded.set(language, fetched);
  fetched.catch(() => loaded.delete(language));
  return fetched;
}

async function fetchAll(language: string): Promise<Recordings> {
  const [index, sound] = await Promise.all([
    fetchOne(urlOf(INDEXES, language, "json")),
    fetchOne(urlOf(SOUNDS, language, "mp3")),
  ]);
  const { sentences } = (await index.json()) as { sentences: Places };
  return new Recordings(sentences, await sound.arrayBuffer());
}

async function fetchOne(url: string | undefined): Promise<Response> {
  if (url === undefined) throw new Error("there are no recordings");
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer;
}

const urlOf = (urls: Record<string, string>, language: string, kind: string): string | undefined =>
  urls[`./recordings/${language}.${kind}`];
