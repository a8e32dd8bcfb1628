import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { speakerOf } from "./speaker";

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
const taste = { volume: 1, rate: 1, voiceUri: null as string | null };

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
