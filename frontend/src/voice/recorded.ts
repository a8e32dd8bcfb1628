/**
 * Speaks with recordings that come with the page, for a device that has no voice of its own. What was never recorded, as the
 * words of an own exercise, is a tone and the time to read the caption: the queue goes on as if it had been said.
 */

import { isRecorded, type Recordings, recordingsOf } from "./recordings";
import { readingMs } from "./sentences";
import type { Speaker, SpeechTaste } from "./speaker";

/** A player that is stuck, or a device that sleeps, holds up the queue no longer than this beyond the words themselves. */
const LONGEST_START_S = 2.5;
/** How long the first words wait for the recordings to come, and how long the next ones do when those came too late. */
const PATIENCE_S = 2.5;
const LESS_PATIENCE_S = 0.2;

/** The part of an audio element that is used here, so that tests need none. */
export interface AudioPlayer {
  src: string;
  volume: number;
  playbackRate: number;
  defaultPlaybackRate: number;
  onended: ((event: Event) => void) | null;
  onerror: ((event: Event | string) => void) | null;
  ontimeupdate: ((event: Event) => void) | null;
  play(): Promise<void>;
  pause(): void;
}

/** What the recordings are played with. */
export interface Studio {
  load(language: string): Promise<Pick<Recordings, "of">>;
  isRecorded(language: string): boolean;
  /** Null where this browser plays no sound. */
  player(): AudioPlayer | null;
  /** Something is to be read. */
  tone(): void;
}

export class RecordedSpeaker implements Speaker {
  private readonly player: AudioPlayer | null;
  private current: (() => void) | null = null;
  private timer = 0;
  private url: string | null = null;
  private late = false;
  /** The languages whose recordings could not be had. */
  private readonly out = new Set<string>();
  private readonly watching = new Set<() => void>();

  constructor(
    private readonly taste: () => SpeechTaste,
    private readonly language: () => string,
    private readonly studio: Studio,
  ) {
    this.player = studio.player();
  }

  get able(): boolean {
    const language = this.language();
    return this.player !== null && this.studio.isRecorded(language) && !this.out.has(language);
  }

  /** Fetch what will be needed, while there is still a network. */
  prepare(): void {
    if (this.able) void this.recordings();
  }

  say(text: string, done: () => void): void {
    this.stop();
    const end = (): void => {
      if (this.current !== end) return;
      this.current = null;
      this.fallSilent();
      done();
    };
    this.current = end;
    void this.play(text, end);
  }

  stop(): void {
    this.current?.();
  }

  /** It stops being able when the recordings turn out to be out of reach. */
  watch(changed: () => void): () => void {
    this.watching.add(changed);
    return () => this.watching.delete(changed);
  }

  private async play(text: string, end: () => void): Promise<void> {
    const recordings = await this.inTime();
    if (this.current !== end) return;
    const sound = recordings?.of(text) ?? null;
    const { player } = this;
    if (sound === null || player === null) {
      this.letRead(text, end);
      return;
    }
    const { rate } = this.taste();
    this.url = URL.createObjectURL(sound.audio);
    player.src = this.url;
    player.defaultPlaybackRate = rate;
    player.playbackRate = rate;
    this.setVolume();
    player.ontimeupdate = () => this.setVolume();
    player.onended = end;
    player.onerror = () => this.letRead(text, end);
    this.wait(end, (LONGEST_START_S + sound.seconds / rate) * 1000);
    try {
      await player.play();
    } catch {
      this.letRead(text, end); // the browser allows no sound yet, or not this one
    }
  }

  /** In the middle of a sentence too: somebody turns it down because it is too loud now. */
  private setVolume(): void {
    if (this.player) this.player.volume = this.taste().volume;
  }

  private letRead(text: string, end: () => void): void {
    if (this.current !== end) return;
    this.fallSilent();
    this.studio.tone();
    this.wait(end, readingMs(text));
  }

  private wait(end: () => void, ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(end, ms) as unknown as number;
  }

  private fallSilent(): void {
    clearTimeout(this.timer);
    const { player } = this;
    if (player) {
      player.onended = null;
      player.onerror = null;
      player.ontimeupdate = null;
      player.pause();
    }
    if (this.url !== null) URL.revokeObjectURL(this.url);
    this.url = null;
  }

  /** Null as well when they take too long: a session waits for what is said. */
  private async inTime(): Promise<Pick<Recordings, "of"> | null> {
    const patience_s = this.late ? LESS_PATIENCE_S : PATIENCE_S;
    let gone = 0;
    const late = new Promise<null>((resolve) => {
      gone = setTimeout(() => {
        this.late = true;
        resolve(null);
      }, patience_s * 1000) as unknown as number;
    });
    const recordings = await Promise.race([this.recordings(), late]);
    clearTimeout(gone);
    return recordings;
  }

  private async recordings(): Promise<Pick<Recordings, "of"> | null> {
    const language = this.language();
    try {
      return await this.studio.load(language);
    } catch {
      this.out.add(language);
      for (const changed of this.watching) changed();
      return null;
    }
  }
}

/** The page's own: its files, and the browser's player. */
export const ownStudio = (tone: () => void): Studio => ({
  load: recordingsOf,
  isRecorded,
  player: () => (typeof Audio === "undefined" ? null : new Audio()),
  tone,
});
