/**
 * Something that can say one sentence. The device's own voice where there is one that works without a network; tests put
 * their own in its place before the page starts.
 */

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

/** The speaker of this page. */
export function speakerOf(taste: () => SpeechTaste, language: () => string): Speaker {
  if (window.lumbarSpeaker) return window.lumbarSpeaker;
  return "speechSynthesis" in window ? new DeviceSpeaker(window.speechSynthesis, taste, language) : new Silent();
}
