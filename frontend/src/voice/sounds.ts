/**
 * Sounds without files: a soft mallet on wood in the key of D, and a quiet hum while seconds count. Never louder than -12 dBFS,
 * and the hum is lower while somebody speaks.
 */

import type { Earcon } from "../session/player";

const D4 = 293.66;
const E4 = 329.63;
const FS4 = 369.99;
const G4 = 392.0;
const A4 = 440.0;
const D3 = 146.83;

/** Notes of an earcon: pitch in hertz, when it is struck in seconds, loudness as a share, and where: -1 left to 1 right. */
const TUNES: Record<Earcon, [number, number, number, number][]> = {
  ready: [
    [D4, 0, 1, 0],
    [G4, 0.16, 1, 0],
  ],
  go: [[G4, 0, 1, 0]],
  half: [[A4 * 2, 0, 0.8, 0]],
  tap: [[D4 * 2, 0, 0.7, 0]],
  waiting: [[E4, 0, 0.9, 0]],
  switch: [
    [D4, 0, 1, -0.8],
    [FS4, 0.2, 1, 0.8],
  ],
  done: [
    [D4, 0, 1, 0],
    [FS4, 0.14, 1, 0],
    [A4, 0.28, 1, 0],
  ],
  lost: [
    [A4, 0, 0.8, 0],
    [D4, 0.18, 0.8, 0],
  ],
  stop: [[D3, 0, 1, 0]],
  heard: [
    [A4, 0, 0.9, 0],
    [D4 * 2, 0.1, 0.9, 0],
  ],
};

/** A note's strike and the most of its body; what rings on is quieter by more than ten decibels. */
const BODY_S = 0.1;

/** Sounds that answer somebody, or tell them that something has changed: they wait for no sentence. */
const URGENT: readonly Earcon[] = ["waiting", "lost", "stop", "heard", "done"];

/** Seconds after which a sound would tell of a moment that has passed. */
const STALE_S: Partial<Record<Earcon, number>> = { tap: 0.25, go: 1 };
const USUALLY_STALE_S = 2.5;

/** How an earcon takes its place among what is said. */
export function placeOf(earcon: Earcon): { urgent: boolean; stale_s: number; lasts_s: number } {
  const last_s = Math.max(...TUNES[earcon].map(([, at_s]) => at_s));
  return {
    urgent: URGENT.includes(earcon),
    stale_s: STALE_S[earcon] ?? USUALLY_STALE_S,
    lasts_s: last_s + BODY_S,
  };
}

const PEAK = 0.25; // -12 dBFS
const HUM = 0.045;
const DUCKED = 0.3;

export class Sounds {
  private context: AudioContext | null = null;
  private master: GainNode | null = null;
  /** What lies under all else, and steps back for a voice. Earcons do not: they are short, and say something. */
  private bed: GainNode | null = null;
  private humming: Hum | null = null;

  constructor(private readonly volume: () => number) {}

  /** Browsers allow sound only after a touch: call this from one. Without sound everything is still shown. */
  async wake(): Promise<void> {
    if (!("AudioContext" in window)) return;
    if (this.context === null) {
      this.context = new AudioContext();
      this.master = this.context.createGain();
      this.master.connect(this.context.destination);
      this.bed = this.context.createGain();
      this.bed.connect(this.master);
    }
    this.setLevel();
    if (this.context.state === "suspended") await this.context.resume().catch(() => undefined);
  }

  play(earcon: Earcon): void {
    this.setLevel();
    for (const [pitch_hz, at_s, loudness, where] of TUNES[earcon]) this.strike(pitch_hz, at_s, loudness, where);
  }

  /** A quiet D while seconds count. */
  hum(on: boolean): void {
    const { context, bed } = this;
    if (!context || !bed) return;
    this.setLevel();
    if (on && !this.humming) this.humming = startHum(context, bed);
    if (!on && this.humming) {
      const { gain, tones } = this.humming;
      this.humming = null;
      gain.gain.setTargetAtTime(0, context.currentTime, 0.12);
      // A tone that nobody stops sounds on for as long as the page is open, heard or not.
      for (const tone of tones) tone.stop(context.currentTime + 1);
      setTimeout(() => gain.disconnect(), 1000);
    }
  }

  /** The volume may have been changed since the last sound. */
  private setLevel(): void {
    if (this.master) this.master.gain.value = this.volume();
  }

  /** Let the hum step back while somebody speaks. */
  duck(on: boolean): void {
    const { context, bed } = this;
    if (context && bed) bed.gain.setTargetAtTime(on ? DUCKED : 1, context.currentTime, 0.05);
  }

  close(): void {
    this.hum(false);
    void this.context?.close().catch(() => undefined);
    this.context = null;
    this.master = null;
    this.bed = null;
  }

  private strike(pitch_hz: number, at_s: number, loudness: number, where: number): void {
    const { context, master } = this;
    if (!context || !master) return;
    const from = context.currentTime + at_s;
    const gain = context.createGain();
    const pan = context.createStereoPanner();
    pan.pan.value = where;
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(PEAK * loudness, from + 0.006);
    gain.gain.exponentialRampToValueAtTime(0.0005, from + 0.55);
    gain.connect(pan).connect(master);
    // A wooden bar: its tone, and a first overtone near four times as high that dies at once.
    for (const [ratio, share, last_s] of [
      [1, 0.8, 0.6],
      [3.93, 0.2, 0.12],
    ] as const) {
      const tone = context.createOscillator();
      const part = context.createGain();
      tone.frequency.value = pitch_hz * ratio;
      part.gain.setValueAtTime(share, from);
      part.gain.exponentialRampToValueAtTime(0.001, from + last_s);
      tone.connect(part).connect(gain);
      tone.start(from);
      tone.stop(from + last_s + 0.05);
    }
  }
}

interface Hum {
  gain: GainNode;
  tones: OscillatorNode[];
}

function startHum(context: AudioContext, bed: GainNode): Hum {
  const gain = context.createGain();
  gain.gain.value = 0;
  gain.gain.setTargetAtTime(HUM, context.currentTime, 0.3);
  gain.connect(bed);
  const parts: [number, number][] = [
    [D4, 1],
    [D3, 0.7],
  ];
  const tones = parts.map(([pitch_hz, share]) => {
    const tone = context.createOscillator();
    const part = context.createGain();
    tone.frequency.value = pitch_hz;
    part.gain.value = share;
    tone.connect(part).connect(gain);
    tone.start();
    return tone;
  });
  return { gain, tones };
}
