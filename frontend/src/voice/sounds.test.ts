import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Sounds } from "./sounds";

/** A gain, a pan or a frequency: takes whatever curve it is told. */
class Param {
  value = 1;
  setValueAtTime = (): void => undefined;
  setTargetAtTime = (): void => undefined;
  linearRampToValueAtTime = (): void => undefined;
  exponentialRampToValueAtTime = (): void => undefined;
}

class Node {
  gain = new Param();
  pan = new Param();
  frequency = new Param();
  started = false;
  /** When it is told to stop, in the context's seconds; null goes on for ever. */
  until_s: number | null = null;
  connect = (to: Node): Node => to;
  disconnect = (): void => undefined;
  start = (): void => {
    this.started = true;
  };
  stop = (at_s: number): void => {
    this.until_s = at_s;
  };
}

const made: { gains: Node[]; tones: Node[] } = { gains: [], tones: [] };

class FakeContext {
  currentTime = 0;
  state = "running";
  destination = new Node();
  createGain = (): Node => made.gains[made.gains.push(new Node()) - 1] as Node;
  createStereoPanner = (): Node => new Node();
  createOscillator = (): Node => made.tones[made.tones.push(new Node()) - 1] as Node;
  close = async (): Promise<void> => undefined;
}

beforeEach(() => {
  made.gains = [];
  made.tones = [];
  vi.useFakeTimers();
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("AudioContext", FakeContext);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("sounds", () => {
  it("are as loud as the volume is now, and not as it was when they began", async () => {
    let volume = 1;
    const sounds = new Sounds(() => volume);
    await sounds.wake();
    const [master] = made.gains;
    expect(master?.gain.value).toBe(1);
    volume = 0;
    sounds.play("ready");
    expect(master?.gain.value).toBe(0);
    volume = 0.5;
    sounds.hum(true);
    expect(master?.gain.value).toBe(0.5);
  });

  it("leave no tone running that is not heard", async () => {
    const sounds = new Sounds(() => 1);
    await sounds.wake();
    for (let i = 0; i < 40; i++) sounds.hum(i % 2 === 0);
    expect(made.tones).toHaveLength(40);
    expect(made.tones.every((tone) => tone.started)).toBe(true);
    expect(made.tones.filter((tone) => tone.until_s === null)).toEqual([]);
    sounds.hum(true);
    expect(made.tones.filter((tone) => tone.until_s === null)).toHaveLength(2);
    sounds.close();
    expect(made.tones.filter((tone) => tone.until_s === null)).toEqual([]);
  });
});
