/**
 * Something that can say one sentence. The device's own voice where there is one that works without a network, else, or for
 * whom it pleases more, lumbar's own; tests put their own in its place before the page starts.
 */

import { ownStudio, RecordedSpeaker, type Studio } from "./recorded";
import { Sounds } from "./sounds";

export interface Speaker {
  /** Whether it can be heard at all. */
  readonly able: boolean;
  /** Say it; done is called once, when it ends, fails or is cut off. */
  say(text: string, done: () => void): void;
  /** Be silent at once. */
  stop(): void;
  /** Call `changed` whenever it may have become able, or no longer be; gives what ends that. */
  watch?(changed: () => void): () => void;
}

export interface SpeechTaste {
  volume: number;
  rate: number;
  voiceUri: string | null;
  /** Whose voice is heard, where there is one of each. */
  voiceOf: "device" | "lumbar";
}

declare global {
  interface Window {
    /** Set before the page starts by somebody who wants to speak in its stead. */
    lumbarSpeaker?: Speaker;
  }
}

/** Browsers now and then forget to say that a sentence has ended: this long a letter is longer than any voice takes. */
const LONGEST_S_PER_LETTER = 0.14;
const LONGEST_START_S = 2.5;

class DeviceSpeaker implements Speaker {
  private current: (() => void) | null = null;
  private overdue = 0;

  constructor(
    private readonly synthesis: SpeechSynthesis,
    private readonly taste: () => SpeechTaste,
    private readonly language: () => string,
  ) {}

  get able(): boolean {
    return this.voice() !== null;
  }

  say(text: string, done: () => void): void {
    this.stop();
    const voice = this.voice();
    if (voice === null) {
      done();
      return;
    }
    const taste = this.taste();
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.volume = taste.volume;
    utterance.rate = taste.rate;
    const end = (): void => {
      if (this.current !== end) return;
      this.current = null;
      clearTimeout(this.overdue);
      done();
    };
    this.current = end;
    utterance.onend = end;
    utterance.onerror = end;
    const longest_s = LONGEST_START_S + (text.length * LONGEST_S_PER_LETTER) / Math.max(taste.rate, 0.5);
    this.overdue = window.setTimeout(end, longest_s * 1000);
    this.synthesis.speak(utterance);
  }

  stop(): void {
    this.synthesis.cancel();
    this.current?.(); // browsers tell of it later, or not at all
  }

  /** Some browsers find their voices long after the page has begun. */
  watch(changed: () => void): () => void {
    this.synthesis.addEventListener("voiceschanged", changed);
    return () => this.synthesis.removeEventListener("voiceschanged", changed);
  }

  /** A voice that is on this device: others would send what is said to somebody else. */
  private voice(): SpeechSynthesisVoice | null {
    const local = this.synthesis.getVoices().filter((voice) => voice.localService);
    const { voiceUri } = this.taste();
    const spoken = local.filter((voice) => voice.lang.toLowerCase().startsWith(this.language()));
    // A voice that was chosen for another language would read this one's words as if they were its own.
    return (
      spoken.find((voice) => voice.voiceURI === voiceUri) ?? spoken.find((voice) => voice.default) ?? spoken[0] ?? null
    );
  }
}

class Silent implements Speaker {
  readonly able = false;

  say(_text: string, done: () => void): void {
    done();
  }

  stop(): void {
    // There is nothing to silence.
  }
}

/** One of two voices, whichever is wanted and can be heard at that moment: some devices find theirs late, or lose it. */
class EitherSpeaker implements Speaker {
  constructor(
    private readonly device: Speaker,
    private readonly recorded: RecordedSpeaker,
    private readonly taste: () => SpeechTaste,
  ) {}

  get able(): boolean {
    return this.device.able || this.recorded.able;
  }

  say(text: string, done: () => void): void {
    this.stop();
    (this.recordedSpeaks ? this.recorded : this.device).say(text, done);
  }

  stop(): void {
    this.device.stop();
    this.recorded.stop();
  }

  /** Whoever waits to hear of it is about to speak: what that takes is fetched now. */
  watch(changed: () => void): () => void {
    const ends = [this.device.watch?.(changed), this.recorded.watch(changed)];
    if (this.recordedSpeaks) this.recorded.prepare();
    return () => {
      for (const end of ends) end?.();
    };
  }

  private get recordedSpeaks(): boolean {
    return this.recorded.able && (this.taste().voiceOf === "lumbar" || !this.device.able);
  }
}

let sounds: Sounds | null = null;

/** Words that nobody says are on the screen: one note says so. */
function tone(volume: () => number): void {
  sounds ??= new Sounds(volume);
  void sounds.wake().then(() => sounds?.play("waiting"));
}

/** The speaker of this page. */
export function speakerOf(taste: () => SpeechTaste, language: () => string, studio?: Studio): Speaker {
  if (window.lumbarSpeaker) return window.lumbarSpeaker;
  const device =
    "speechSynthesis" in window ? new DeviceSpeaker(window.speechSynthesis, taste, language) : new Silent();
  const own = studio ?? ownStudio(() => tone(() => taste().volume));
  return new EitherSpeaker(device, new RecordedSpeaker(taste, language, own), taste);
}
