/**
 * The line to the coach. Landmarks go out, events and credited seconds come back; pictures never leave the page.
 *
 * The server's coach is disposable: the running hold's frames are kept here and sent again after a drop, from wherever the
 * server says it lost them. A frame has a sequence number, so one that arrives twice counts once.
 */

import { addressed } from "../api/http";
import { type CoachEvent, HAND_KEPT, HAND_RAISED, type HoldStep, type Progress } from "../session/script";
import { encode, FRAME_BYTES, joined, type Landmarks } from "./frames";

export interface Listener {
  progress(progress: Progress): void;
  event(event: CoachEvent): void;
  /** The version of the coach on the other end. */
  coach(version: string): void;
  /** Whether the line is up: in a hold, whether the coach has answered. */
  line(up: boolean): void;
}

/** Something like a WebSocket, so that tests need none. */
export interface Wire {
  binaryType: string;
  readyState: number;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  onerror: (() => void) | null;
  send(data: string | ArrayBuffer): void;
  close(): void;
}

const OPEN = 1;
/** Frames of one hold that are kept: five minutes at 12 a second, under 2 MB. */
const MOST_FRAMES = Math.floor((2 * 1024 * 1024) / FRAME_BYTES);
const MOST_A_MESSAGE = 60;
const BATCH_MS = 90;
const RETRY_MS = [150, 400, 1000, 2000, 4000];

/** What is done where nothing is held: the exercise that is about to be held, or was, if there is one. */
export interface Between {
  exercise: string | null;
  rung: string | null;
}

interface OpenHold {
  /** The hold, or null between holds, where only a raised hand is watched for and nothing is kept. */
  step: HoldStep | null;
  between: Between;
  session: string;
  epoch: number;
  aspect: number;
  frames: ArrayBuffer[];
  first: number;
  next: number;
  sent: number;
  welcomed: boolean;
  /** What was heard: a coach that is told of the frames again tells its events again. */
  heard: Set<string>;
}

type Told = { type: string; next_seq?: number; progress?: Progress | null; coach?: string } & Record<string, unknown>;

export class LiveLine {
  private wire: Wire | null = null;
  private hold: OpenHold | null = null;
  /** The running hold, while a pause interrupts it. */
  private aside: OpenHold | null = null;
  private tries = 0;
  private retry = 0;
  private batch = 0;
  private closed = false;
  /** What the listener was last told. */
  private up = true;

  constructor(
    private readonly connect: () => Wire,
    private readonly listener: Listener,
  ) {}

  /** Begin a hold: what the camera sees from now on belongs to it. */
  open(session: string, step: HoldStep, aspect: number): void {
    this.aside = null;
    this.begin(begun(session, step, { exercise: step.exercise, rung: step.rung }, aspect));
  }

  /** Watch for a raised hand until a hold begins or goes on; a running hold is set aside and keeps its frames. */
  watch(session: string, between: Between, aspect: number): void {
    const now = this.hold;
    if (now?.step === null && now.between.exercise === between.exercise && now.between.rung === between.rung) return;
    if (now?.step) {
      this.flush();
      this.aside = now;
    }
    this.begin(begun(session, null, between, aspect));
  }

  /** The pause is over: back to the hold that was set aside, if there is one. */
  goOn(): void {
    const { aside } = this;
    if (!aside) return;
    this.aside = null;
    this.begin(aside);
  }

  /** The hold is over; the line stays up for the next one. */
  finish(): void {
    this.hold = null;
    this.aside = null;
    clearTimeout(this.batch);
    this.batch = 0;
  }

  private begin(hold: OpenHold): void {
    clearTimeout(this.batch);
    this.batch = 0;
    this.hold = hold;
    if (this.wire?.readyState === OPEN) this.hello();
    else this.dial();
  }

  /** One frame of the running hold. A turned device shows as another aspect, and is announced. */
  frame(t_s: number, aspect: number, landmarks: Landmarks): void {
    const hold = this.hold;
    if (!hold) return;
    if (Math.abs(aspect - hold.aspect) > 1e-3) {
      this.flush();
      // What was seen in the other shape cannot be sent again under this one; the server has it, unless it is gone too.
      hold.frames = [];
      hold.first = hold.next;
      hold.aspect = aspect;
      hold.epoch += 1;
      hold.welcomed = false;
      if (this.wire?.readyState === OPEN) this.hello();
    }
    hold.frames.push(encode(hold.next, t_s, landmarks));
    hold.next += 1;
    if (hold.frames.length > MOST_FRAMES) {
      hold.frames.shift();
      hold.first += 1;
    }
    if (this.batch === 0) this.batch = setTimeout(() => this.flush(), BATCH_MS) as unknown as number;
  }

  /** Hang up for good. */
  close(): void {
    this.closed = true;
    clearTimeout(this.retry);
    this.finish();
    this.wire?.close();
    this.wire = null;
  }

  private dial(): void {
    if (this.closed || (this.wire && this.wire.readyState < 2)) return;
    const wire = this.connect();
    this.wire = wire;
    wire.binaryType = "arraybuffer";
    wire.onopen = () => {
      // A server may take a call and still not answer, again and again: in a hold only its answer counts.
      if (!this.hold) this.works();
      this.hello();
    };
    wire.onmessage = (event) => this.hear(event.data);
    wire.onclose = () => this.dropped(wire);
    wire.onerror = () => undefined; // a close always follows
  }

  private dropped(wire: Wire): void {
    if (this.wire !== wire) return;
    this.wire = null;
    if (this.hold) this.hold.welcomed = false;
    if (this.closed) return;
    this.tell(false);
    const wait_ms = RETRY_MS[Math.min(this.tries, RETRY_MS.length - 1)] ?? 4000;
    this.tries += 1;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.dial(), wait_ms) as unknown as number;
  }

  private works(): void {
    this.tries = 0;
    this.tell(true);
  }

  private tell(up: boolean): void {
    if (up === this.up) return;
    this.up = up;
    this.listener.line(up);
  }

  private hello(): void {
    const { hold, wire } = this;
    if (!hold || !wire) return;
    hold.welcomed = false;
    wire.send(
      JSON.stringify({
        type: "hello",
        session: hold.session,
        epoch: hold.epoch,
        aspect: hold.aspect,
        exercise: hold.between.exercise,
        rung: hold.between.rung,
        ...(hold.step
          ? { step: hold.step.i, side: hold.step.side, target_s: hold.step.target_s }
          : { watch: true, side: null }),
      }),
    );
  }

  private hear(data: unknown): void {
    if (typeof data !== "string") return;
    const told = JSON.parse(data) as Told;
    if (told.type === "welcome") {
      if (told.coach) this.listener.coach(told.coach);
      this.welcomed(told.next_seq ?? 0, told.progress ?? undefined);
    } else if (told.type === "ack") {
      this.works();
      // Nobody keeps books between holds, and those of a hold that was left are of no use to what came after.
      if (told.progress && this.hold?.step) this.listener.progress(told.progress);
    } else if (told.type === "problem") this.refused();
    else if (told.type === "event") this.hearEvent(told as unknown as CoachEvent);
  }

  /** The server cannot use what it was told, and hangs up after this. It is asked again, ever more seldom. */
  private refused(): void {
    const wire = this.wire;
    if (!wire) return;
    wire.close();
    this.dropped(wire);
  }

  private hearEvent(event: CoachEvent): void {
    const heard = this.hold?.heard;
    const name = `${event.t_s} ${event.event} ${event.fault ?? ""}`;
    if (!heard || heard.has(name)) return;
    // What a hold that was left still tells is over.
    if (!this.hold?.step && ![HAND_RAISED, HAND_KEPT].includes(event.event)) return;
    heard.add(name);
    this.listener.event(event);
  }

  private welcomed(nextSeq: number, progress: Progress | undefined): void {
    const hold = this.hold;
    if (!hold) return;
    // After a reload the server knows frames that this page has never had: go on counting from there.
    if (nextSeq > hold.next) {
      hold.frames = [];
      hold.first = nextSeq;
      hold.next = nextSeq;
    }
    hold.welcomed = true;
    hold.sent = Math.max(nextSeq, hold.first);
    if (progress) this.listener.progress(progress);
    if (hold.sent === hold.next) this.works(); // nothing to ask the coach about
    this.flush();
  }

  private flush(): void {
    clearTimeout(this.batch);
    this.batch = 0;
    const { hold, wire } = this;
    if (!hold?.welcomed || wire?.readyState !== OPEN) return;
    while (hold.sent < hold.next) {
      const from = hold.sent - hold.first;
      const some = hold.frames.slice(from, from + MOST_A_MESSAGE);
      if (some.length === 0) return;
      wire.send(joined(some));
      hold.sent += some.length;
    }
    if (hold.step) return;
    hold.frames = [];
    hold.first = hold.next;
  }
}

function begun(session: string, step: HoldStep | null, between: Between, aspect: number): OpenHold {
  return {
    step,
    between,
    session,
    epoch: 0,
    aspect,
    frames: [],
    first: 0,
    next: 0,
    sent: 0,
    welcomed: false,
    heard: new Set(),
  };
}

/** The socket of this page's own server. */
export function ownSocket(): Wire {
  const address = new URL(addressed("/api/live"), location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(address) as unknown as Wire;
}
