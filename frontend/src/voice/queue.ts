/**
 * One voice, one sentence at a time. What matters now goes first; what is about a moment that has passed is dropped. It reads
 * no clock: the time is given, and a test cranks it.
 */

export interface Line {
  id: number;
  text: string;
  urgent: boolean;
  /** Seconds after which it is no longer worth saying. */
  stale_s: number;
}

interface Waiting extends Line {
  at_s: number;
}

export interface Mouth {
  say(text: string, done: () => void): void;
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

  /** Whether something is being said. */
  get busy(): boolean {
    return this.speaking !== null;
  }

  add(line: Line): void {
    const entry = { ...line, at_s: this.now_s() };
    if (!line.urgent) {
      this.waiting.push(entry);
    } else {
      // What matters now goes before all that does not, and cuts short nothing but what can wait.
      const place = this.waiting.findIndex((other) => !other.urgent);
      this.waiting.splice(place < 0 ? this.waiting.length : place, 0, entry);
      if (this.speaking !== null && !this.speaking.urgent) this.cut();
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
    for (const line of cut ? [cut, ...dropped] : dropped) this.on.ended(line, false);
  }

  private cut(): void {
    const cut = this.speaking;
    this.speaking = null;
    this.turn += 1;
    this.mouth.stop();
    if (cut) this.on.ended(cut, false);
  }

  private next(): void {
    while (this.speaking === null) {
      const line = this.waiting.shift();
      if (!line) return;
      if (this.now_s() - line.at_s > line.stale_s) {
        this.on.ended(line, false);
        continue;
      }
      this.begin(line);
    }
  }

  private begin(line: Waiting): void {
    this.speaking = line;
    this.turn += 1;
    const turn = this.turn;
    this.on.begun(line);
    this.mouth.say(line.text, () => {
      if (turn !== this.turn || this.speaking !== line) return;
      this.speaking = null;
      this.on.ended(line, true);
      this.next();
    });
  }
}
