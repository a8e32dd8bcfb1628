/**
 * One voice, one sentence at a time, and no sound under it. What matters now goes first; what is about a moment that has
 * passed is dropped. It reads no clock: the time is given, and a test cranks it.
 */

interface Entry {
  urgent: boolean;
  /** Seconds after which it is no longer worth saying. */
  stale_s: number;
}

export interface Line extends Entry {
  id: number;
  text: string;
}

/** A short sound that has its own place between the sentences. */
export interface Note extends Entry {
  play(): void;
  /** Seconds that it has to itself: what rings on after them is no louder than a breath. */
  lasts_s: number;
}

type Waiting = (Line | Note) & { at_s: number };

const isLine = (entry: Waiting): entry is Line & { at_s: number } => "text" in entry;

export interface Mouth {
  say(text: string, done: () => void): void;
  /** Say nothing for so many seconds. */
  wait(seconds: number, done: () => void): void;
  /** Be silent at once, and wait no longer. */
  stop(): void;
}

export class SpeechQueue {
  private waiting: Waiting[] = [];
  private speaking: Waiting | null = null;
  private turn = 0;

  constructor(
    private readonly mouth: Mouth,
    private readonly now_s: () => number,
    private readonly on: { begun(line: Line): void; ended(line: Line, said: boolean): void },
  ) {}

  /** Whether something is being said, or a sound has its moment. */
  get busy(): boolean {
    return this.speaking !== null;
  }

  add(entry: Line | Note): void {
    const waiting = { ...entry, at_s: this.now_s() };
    if (!entry.urgent) {
      this.waiting.push(waiting);
    } else {
      // What matters now goes before all that does not, and cuts short nothing but what can wait.
      const place = this.waiting.findIndex((other) => !other.urgent);
      this.waiting.splice(place < 0 ? this.waiting.length : place, 0, waiting);
      if (this.speaking !== null && !this.speaking.urgent && isLine(this.speaking)) this.cut();
    }
    this.next();
  }

  /** Forget everything and be silent. */
  hush(): void {
    const dropped = this.waiting;
    this.waiting = [];
    const cut = this.speaking;
    this.speaking = null;
    this.turn += 1;
    this.mouth.stop();
    for (const entry of cut ? [cut, ...dropped] : dropped) this.end(entry, false);
  }

  private cut(): void {
    const cut = this.speaking;
    this.speaking = null;
    this.turn += 1;
    this.mouth.stop();
    if (cut) this.end(cut, false);
  }

  private end(entry: Waiting, said: boolean): void {
    if (isLine(entry)) this.on.ended(entry, said);
  }

  private next(): void {
    while (this.speaking === null) {
      const entry = this.waiting.shift();
      if (!entry) return;
      if (this.now_s() - entry.at_s > entry.stale_s) {
        this.end(entry, false);
        continue;
      }
      this.begin(entry);
    }
  }

  private begin(entry: Waiting): void {
    this.speaking = entry;
    this.turn += 1;
    const turn = this.turn;
    const done = (): void => {
      if (turn !== this.turn || this.speaking !== entry) return;
      this.speaking = null;
      this.end(entry, true);
      this.next();
    };
    if (isLine(entry)) {
      this.on.begun(entry);
      this.mouth.say(entry.text, done);
    } else {
      entry.play();
      this.mouth.wait(entry.lasts_s, done);
    }
  }
}
