import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AudioPlayer, Studio } from "./recorded";
import { type SpeechTaste, speakerOf } from "./speaker";

interface Utterance {
  text: string;
  voice: { voiceURI: string } | null;
  onend: (() => void) | null;
  onerror: (() => void) | null;
}

const voice = (voiceURI: string, lang: string, more: Partial<SpeechSynthesisVoice> = {}): SpeechSynthesisVoice => ({
  ...{ voiceURI, name: voiceURI, lang, localService: true, default: false },
  ...more,
});

/** A device's speech, which says when it is told to end. */
class Synthesis extends EventTarget {
  voices: SpeechSynthesisVoice[] = [];
  readonly spoken: Utterance[] = [];
  cancelled = 0;
  getVoices = () => this.voices;
  speak = (utterance: Utterance) => this.spoken.push(utterance);
  cancel = () => {
    this.cancelled += 1;
  };
}

let synthesis: Synthesis;
const taste: SpeechTaste = { volume: 1, rate: 1, voiceUri: null, voiceOf: "device" };

beforeEach(() => {
  vi.useFakeTimers();
  synthesis = new Synthesis();
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("speechSynthesis", synthesis);
  vi.stubGlobal(
    "SpeechSynthesisUtterance",
    class {
      constructor(readonly text: string) {}
    },
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the device's voice", () => {
  it("is one of the device itself, in the language, and the person's own choice first", () => {
    const speaker = speakerOf(
      () => taste,
      () => "en",
    );
    expect(speaker.able).toBe(false);
    synthesis.voices = [voice("far", "en-GB", { localService: false, default: true }), voice("de", "de-DE")];
    expect(speaker.able).toBe(false);
    synthesis.voices.push(voice("en", "en-US"));
    speaker.say("one", () => undefined);
    expect(synthesis.spoken.at(-1)?.voice?.voiceURI).toBe("en");
    synthesis.voices.push(voice("other", "en-GB"));
    const own = speakerOf(
      () => ({ ...taste, voiceUri: "other" }),
      () => "en",
    );
    own.say("two", () => undefined);
    expect(synthesis.spoken.at(-1)?.voice?.voiceURI).toBe("other");
  });

  it("is never one of another language, whatever was chosen before", () => {
    synthesis.voices = [voice("en", "en-US"), voice("es", "es-MX")];
    const speaker = speakerOf(
      () => ({ ...taste, voiceUri: "en" }),
      () => "es",
    );
    speaker.say("uno", () => undefined);
    expect(synthesis.spoken.at(-1)?.voice?.voiceURI).toBe("es");
  });

  it("says when it may have become able", () => {
    const speaker = speakerOf(
      () => taste,
      () => "en",
    );
    const changed = vi.fn();
    const unwatch = speaker.watch?.(changed);
    synthesis.dispatchEvent(new Event("voiceschanged"));
    unwatch?.();
    synthesis.dispatchEvent(new Event("voiceschanged"));
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it("tells the end of each sentence once: said, failed, cut off or forgotten by the browser", () => {
    synthesis.voices = [voice("en", "en-US")];
    const speaker = speakerOf(
      () => taste,
      () => "en",
    );
    const done = vi.fn();
    speaker.say("said", done);
    synthesis.spoken[0]?.onend?.();
    synthesis.spoken[0]?.onend?.();
    expect(done).toHaveBeenCalledTimes(1);
    speaker.say("failed", done);
    synthesis.spoken[1]?.onerror?.();
    expect(done).toHaveBeenCalledTimes(2);
    speaker.say("cut off", done);
    speaker.stop();
    synthesis.spoken[2]?.onend?.();
    expect(done).toHaveBeenCalledTimes(3);
    speaker.say("forgotten", done);
    vi.advanceTimersByTime(2_000);
    expect(done).toHaveBeenCalledTimes(3);
    vi.advanceTimersByTime(3_000);
    expect(done).toHaveBeenCalledTimes(4);
  });
});

/** Recordings of a few words, and a player that ends when it is told. */
function studio() {
  const player = {
    ...{ src: "", volume: 0, playbackRate: 0, defaultPlaybackRate: 0, plays: 0, pauses: 0, allowed: true },
    ...{ onended: null, onerror: null, ontimeupdate: null },
    async play() {
      this.plays += 1;
      if (!this.allowed) throw new Error("not before a touch");
    },
    pause() {
      this.pauses += 1;
    },
  };
  const log: string[] = [];
  const known = ["one", "two", "three"];
  const made: Studio = {
    load: async (language) => {
      log.push(`load ${language}`);
      return { of: (text) => (known.includes(text) ? { audio: new Blob([text]), seconds: 1 } : null) };
    },
    isRecorded: (language) => language === "en",
    player: () => player as AudioPlayer,
    tone: () => log.push("tone"),
  };
  const end = () => (player as AudioPlayer).onended?.(new Event("ended"));
  return { player, log, made, end, known };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe("the recorded voice", () => {
  let urls: string[];

  beforeEach(() => {
    urls = [];
    vi.spyOn(URL, "createObjectURL").mockImplementation(() => {
      urls.push(`blob:${urls.length}`);
      return urls.at(-1) as string;
    });
    vi.spyOn(URL, "revokeObjectURL").mockImplementation((url) => {
      urls.splice(urls.indexOf(url), 1);
    });
  });

  afterEach(() => vi.restoreAllMocks());

  it("speaks where the device has no voice in the language, and is silent again once the device has one", async () => {
    const { player, made, end } = studio();
    synthesis.voices = [voice("de", "de-DE"), voice("far", "en-GB", { localService: false })];
    const speaker = speakerOf(
      () => taste,
      () => "en",
      made,
    );
    expect(speaker.able).toBe(true);
    const done = vi.fn();
    speaker.say("one", done);
    await settle();
    expect(player.plays).toBe(1);
    expect(done).not.toHaveBeenCalled();
    end();
    expect(done).toHaveBeenCalledTimes(1);
    synthesis.voices = [voice("en", "en-US")];
    speaker.say("two", done);
    await settle();
    expect([player.plays, synthesis.spoken.length]).toEqual([1, 1]);
  });

  it("speaks for whom it pleases more, and never together with the device's", async () => {
    const { player, made } = studio();
    synthesis.voices = [voice("en", "en-US")];
    let voiceOf: SpeechTaste["voiceOf"] = "device";
    const speaker = speakerOf(
      () => ({ ...taste, voiceOf }),
      () => "en",
      made,
    );
    speaker.say("one", () => undefined);
    voiceOf = "lumbar";
    const before = synthesis.cancelled;
    speaker.say("two", () => undefined);
    await settle();
    expect(synthesis.cancelled).toBeGreaterThan(before);
    expect([player.plays, synthesis.spoken.length]).toEqual([1, 1]);
  });

  it("is not there in a language that nobody recorded", () => {
    const speaker = speakerOf(
      () => taste,
      () => "fr",
      studio().made,
    );
    expect(speaker.able).toBe(false);
  });

  it("never plays two things, and forgets what was cut off before it began", async () => {
    const { player, made, end, log } = studio();
    const speaker = speakerOf(
      () => taste,
      () => "en",
      made,
    );
    const done: string[] = [];
    speaker.say("one", () => done.push("one"));
    speaker.say("two", () => done.push("two")); // before the first was fetched
    await settle();
    expect([player.plays, done]).toEqual([1, ["one"]]);
    const first = player.src;
    speaker.stop();
    expect(player.pauses).toBeGreaterThan(0);
    expect(done).toEqual(["one", "two"]);
    expect(urls).toEqual([]);
    speaker.say("three", () => done.push("three"));
    await settle();
    expect(player.plays).toBe(2);
    expect(first).toBe("blob:0");
    end();
    end();
    expect(done).toEqual(["one", "two", "three"]);
    expect(log).not.toContain("tone");
  });

  it("has the volume of the moment, and the pace", async () => {
    const { player, made } = studio();
    let volume = 0.4;
    const speaker = speakerOf(
      () => ({ ...taste, volume, rate: 1.3 }),
      () => "en",
      made,
    );
    speaker.say("one", () => undefined);
    await settle();
    expect([player.volume, player.playbackRate, player.defaultPlaybackRate]).toEqual([0.4, 1.3, 1.3]);
    volume = 0.1;
    (player as AudioPlayer).ontimeupdate?.(new Event("timeupdate"));
    expect(player.volume).toBe(0.1);
  });

  it("gives a tone and time to read where there is no recording, or none may be played", async () => {
    const { player, made, log } = studio();
    const speaker = speakerOf(
      () => taste,
      () => "en",
      made,
    );
    const done = vi.fn();
    speaker.say("words of an own exercise", done);
    await settle();
    expect([log, player.plays]).toEqual([["load en", "tone"], 0]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(done).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(done).toHaveBeenCalledTimes(1);
    player.allowed = false;
    speaker.say("one", done);
    await settle();
    expect(log.at(-1)).toBe("tone");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(done).toHaveBeenCalledTimes(2);
  });

  it("is stopped in the middle of what is only read", async () => {
    const { made } = studio();
    const speaker = speakerOf(
      () => taste,
      () => "en",
      made,
    );
    const done = vi.fn();
    speaker.say("words of an own exercise", done);
    await settle();
    speaker.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(done).toHaveBeenCalledTimes(1);
  });

  it("holds up nothing when the player never ends", async () => {
    const { made } = studio();
    const speaker = speakerOf(
      () => taste,
      () => "en",
      made,
    );
    const done = vi.fn();
    speaker.say("one", done);
    await vi.advanceTimersByTimeAsync(3_400);
    expect(done).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(done).toHaveBeenCalledTimes(1);
  });

  it("is fetched for whoever waits to speak, and says so when it cannot be had", async () => {
    const { made, log } = studio();
    const speaker = speakerOf(
      () => taste,
      () => "en",
      made,
    );
    const changed = vi.fn();
    speaker.watch?.(changed);
    await settle();
    expect([log, changed.mock.calls.length]).toEqual([["load en"], 0]);
    const gone = speakerOf(
      () => taste,
      () => "en",
      { ...made, load: () => Promise.reject(new Error("no network")) },
    );
    const unwatch = gone.watch?.(changed);
    await settle();
    expect([changed.mock.calls.length, gone.able]).toEqual([1, false]);
    unwatch?.();
  });

  it("lets nobody wait for recordings that do not come", async () => {
    const { made, log, player } = studio();
    let arrive: (() => void) | null = null;
    const slow = new Promise<Awaited<ReturnType<Studio["load"]>>>((resolve) => {
      arrive = () => void made.load("en").then(resolve);
    });
    const speaker = speakerOf(
      () => taste,
      () => "en",
      { ...made, load: () => slow },
    );
    const done = vi.fn();
    speaker.say("one", done);
    await vi.advanceTimersByTimeAsync(2_400);
    expect(log).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_100);
    expect([log, done.mock.calls.length]).toEqual([["tone"], 1]);
    speaker.say("two", done);
    await vi.advanceTimersByTimeAsync(1_200);
    expect([log, done.mock.calls.length]).toEqual([["tone", "tone"], 2]);
    (arrive as (() => void) | null)?.();
    await settle();
    speaker.say("three", done);
    await settle();
    expect(player.plays).toBe(1);
  });

  it("is not fetched where the device speaks", async () => {
    const { made, log } = studio();
    synthesis.voices = [voice("en", "en-US")];
    speakerOf(
      () => taste,
      () => "en",
      made,
    ).watch?.(() => undefined);
    await settle();
    expect(log).toEqual([]);
  });
});
