/**
 * Runs any session script. It reads no clock, touches no screen and makes no sound: it is fed what happened and gives back
 * what to do. So a test cranks its time by hand, and a reload can take up where it was.
 *
 * A step is left when its time has passed and its words are said. A hold is left when its target is reached, by the coach's
 * count where the camera sees, else by the clock. From "start" to the last step nothing waits for a touch.
 */

import type {
  AskStep,
  CoachEvent,
  HoldStep,
  Message,
  Progress,
  RanOut,
  ReadyStep,
  SessionScript,
  Side,
  Step,
  Which,
} from "./script";
import { exerciseOf, HAND_KEPT, HAND_RAISED, TOLD_EVERY_S } from "./script";

export type Command = "pause" | "resume" | "skip" | "stop" | "hurts" | "again" | "enough";

export type Input =
  | { type: "tick"; t_s: number }
  | { type: "spoken"; id: number }
  /** why: the words that say why there is no camera, where it is not by the person's own hand. */
  | { type: "camera"; on: boolean; coming?: boolean; model?: string | null; why?: string }
  | { type: "coached-by"; coach: string }
  | { type: "line"; up: boolean }
  | { type: "coach"; event: CoachEvent }
  | { type: "progress"; progress: Progress }
  | { type: "command"; command: Command }
  | { type: "answered" };

export type Earcon = "ready" | "go" | "half" | "tap" | "waiting" | "switch" | "done" | "lost" | "stop" | "heard";

export type Effect =
  | { do: "say"; id: number; message: Message; urgent: boolean; stale_s: number }
  | { do: "hush" }
  | { do: "earcon"; sound: Earcon }
  | { do: "hum"; on: boolean }
  | { do: "open"; hold: HoldStep }
  | { do: "close" }
  | { do: "store"; type: string; body: Record<string, unknown> }
  | { do: "ask"; session: string; questions: string[]; which: Which | null; ranOut: RanOut[] }
  | { do: "finish"; how: Ending };

/** How the page should look now. Seconds are whole or fractional as the machine knows them; the page rounds. */
export interface View {
  step: Step;
  mood: "ready" | "counting" | "waiting" | "resting" | "paused" | "unseen" | "asking" | "over";
  credited_s: number;
  target_s: number;
  left_s: number;
  measured: boolean;
  /** Whether the coach of a measured hold is in reach: what it said last is of now. */
  reached: boolean;
  /** The camera waits for the person to be in position. */
  looking: boolean;
  fault: string | null;
  cue: Message | null;
  next: HoldStep | null;
  /** How the session ended, once its exercises are over. */
  how: Ending | null;
}

export type Ending = "finished" | "stopped" | "hurt";

export interface Snapshot {
  session: string;
  step: number;
  earned_s: number;
  left_out: string[];
  /** What tests have come to in this session, in seconds by exercise, and those that only the person knows of. */
  tests?: Record<string, number>;
  ran_out?: RanOut[];
  /** Some core work was held without the camera's measure. */
  unmeasured?: boolean;
  /** The steps of tests that were over at once, and are asked again. */
  slips?: number[];
}

const testName = ({ exercise, side }: { exercise: string; side: Side | null }): string =>
  side === null ? exercise : `${exercise} ${side}`;

const GRACE_EPSILON_S = 1e-6;
/** A cue or a prompt that could not be said by then is dropped: it is about a moment that has passed. */
const STALE_S = 2.5;
const LAST_S = 5;
/** A voice takes about so long for a prompt. */
const PROMPT_TAKES_S = 3;
/** How long words about what to change stay on show once nothing stands in the way. */
const CUE_STAYS_S = 4;
/** No tick for so long: the lid was closed, or the page out of sight. */
const ASLEEP_S = 2;
/** No word from the coach for so long: what it said last is not shown as if it were now. */
const SILENT_S = 1;
/** A line that was down for so long is told of: most drops are over before anybody would understand a word. */
const LINE_TOLD_S = 1.5;
/** A hand that goes on and stays up is told of within this. */
const KEPT_WITHIN_S = 8;
const CAMERA_WORDS_STALE_S = 5;
/** How long words may go on to somebody who is in position already. */
const READY_WORDS_S = 5;
/** More of a hold than this that the camera did not see, and it has not told of its shape. */
const UNSEEN_S = 0.5;

export class Player {
  private now_s = 0;
  private index = 0;
  private begun_s = 0;
  private paused_s: number | null = null;
  private pending = new Set<number>();
  private nextId = 1;
  private effects: Effect[] = [];
  private camera = false;
  /** The camera is allowed, and its model is still being loaded. */
  private coming = false;
  private over = false;
  private leftOut = new Set<string>();
  private hurt = false;

  private opened = false;
  private measured = false;
  private base_s = 0;
  private settled = false;
  private ended: Ending | null = null;
  private progress: Progress | null = null;
  private timed_s = 0;
  private away_s: number | null = null;
  /** Since when no second counted, and since when the coach is out of reach. */
  private stuck_s = 0;
  /** Since when somebody is waited for: since the step began, or since they were asked to move something. */
  private placing_s = 0;
  private heard_s = 0;
  private lineDown_s: number | null = null;
  private lineTold = false;
  private fault: string | null = null;
  /** Whether some core work of this session was held without the camera's measure. */
  private unmeasured = false;
  /** What tests have come to, that of the shorter side; and those that ran out by the clock. */
  private tests: Record<string, number> = {};
  private ranOut: RanOut[] = [];
  private slips = new Set<number>();
  private faults: { id: string; from_s: number; to_s: number }[] = [];
  private standing = new Map<string, number>();
  private begun = 0;
  private cued = false;
  private cue: Message | null = null;
  private cue_s = 0;
  private told = new Set<string>();
  /** Until then nothing counts by the clock: somebody gets back into the hold that was interrupted. */
  private regain_s: number | null = null;
  private humming = false;
  /** When a raised hand was obeyed last; null once somebody has touched a key since. */
  private hand_s: number | null = null;

  /** What judged the holds, for the record: the coach's version and the pose model's fingerprint. */
  private coach: string | null = null;
  private model: string | null = null;

  constructor(readonly script: SessionScript) {}

  /** Begin, or take up a session where a snapshot left it. */
  start(t_s: number, from?: Snapshot): Effect[] {
    this.now_s = t_s;
    for (const exercise of from?.left_out ?? []) this.leftOut.add(exercise);
    this.tests = { ...from?.tests };
    this.ranOut = [...(from?.ran_out ?? [])];
    this.slips = new Set(from?.slips ?? []);
    this.unmeasured = from?.unmeasured ?? false;
    this.enter(from ? this.reentry(from.step) : 0);
    if (from) this.base_s = from.earned_s;
    if (from && from.earned_s > 0) this.endInterruptedTest(from);
    if (from && this.step.kind === "hold") this.regain();
    return this.drain();
  }

  /** A measured hold that a reload interrupted is as long as it was until then. */
  private endInterruptedTest(from: Snapshot): void {
    const hold = this.script.steps[from.step];
    if (hold?.kind !== "hold" || !hold.test) return;
    this.enter(from.step);
    this.base_s = from.earned_s;
    this.endTest();
  }

  /** Take one thing that happened. */
  feed(input: Input): Effect[] {
    if (this.over && input.type !== "tick") return [];
    switch (input.type) {
      case "tick":
        this.tick(input.t_s);
        break;
      case "spoken":
        this.pending.delete(input.id);
        this.advance();
        break;
      case "camera":
        this.coming = input.coming ?? false;
        this.model = input.model ?? this.model;
        this.setCamera(input.on, input.why);
        break;
      case "coached-by":
        this.coach = input.coach;
        break;
      case "line":
        this.lineDown_s = input.up ? null : (this.lineDown_s ?? this.now_s);
        if (input.up) this.tellOfLine();
        break;
      case "coach":
        if (input.event.event === HAND_RAISED) this.obeyHand();
        else if (input.event.event === HAND_KEPT) this.obeyKeptHand();
        else if (this.paused_s === null) this.hear(input.event);
        break;
      case "progress":
        if (this.paused_s === null) this.book(input.progress);
        break;
      case "command":
        this.hand_s = null;
        this.obey(input.command);
        break;
      case "answered":
        if (this.step.kind === "ask") this.enter(this.index + 1);
        break;
    }
    return this.drain();
  }

  /** What a reload needs to take the session up again. Whoever is getting back into a hold has what they earned in it. */
  snapshot(): Snapshot {
    const back = this.step.kind === "get-ready" && this.base_s > 0;
    return {
      session: this.script.session,
      step: back ? this.index + 1 : this.index,
      earned_s: this.step.kind === "hold" || back ? this.credited_s : 0,
      left_out: [...this.leftOut],
      tests: this.tests,
      ran_out: this.ranOut,
      unmeasured: this.unmeasured,
      slips: [...this.slips],
    };
  }

  /** What to show. */
  view(): View {
    const step = this.step;
    const target_s = step.kind === "hold" ? step.target_s : "seconds" in step ? step.seconds : 0;
    const credited_s = step.kind === "hold" ? this.credited_s : Math.min(this.elapsed_s, target_s);
    return {
      step,
      mood: this.mood(),
      credited_s,
      target_s,
      left_s: Math.max(0, target_s - credited_s),
      measured: this.measured,
      reached: !this.silent,
      looking: this.opened && step.kind === "get-ready",
      fault: this.fault,
      cue: this.cue,
      next: this.nextHold(),
      how: this.ended,
    };
  }

  private get step(): Step {
    return this.fitted(this.script.steps[Math.min(this.index, this.script.steps.length - 1)] as Step);
  }

  /** A hold that takes a share of a test, once that is known. */
  private fitted(step: Step): Step {
    if (step.kind !== "hold" || step.of_test === null) return step;
    const test_s = this.testOf(step.exercise);
    if (test_s === null) return step;
    const { share, round_s, half_from_s, last_five_from_s } = step.of_test;
    const target_s = Math.max(step.target_s, Math.floor((test_s * share) / round_s) * round_s);
    return { ...step, target_s, half: target_s >= half_from_s, last_five: target_s >= last_five_from_s };
  }

  private get elapsed_s(): number {
    return (this.paused_s ?? this.now_s) - this.begun_s;
  }

  private get credited_s(): number {
    const step = this.step;
    const earned = this.base_s + (this.progress?.credited_s ?? 0) + this.timed_s;
    return step.kind === "hold" ? Math.min(earned, step.target_s) : earned;
  }

  private mood(): View["mood"] {
    const kind = this.step.kind;
    if (this.over) return "over";
    if (this.paused_s !== null) return "paused";
    if (kind === "ask") return "asking";
    if (kind === "hold") {
      if (this.regain_s !== null) return "ready";
      if (!this.measured) return "counting";
      if (this.silent || this.progress?.state === "cannot-judge") return "unseen";
      const well = this.progress?.state === "good" || this.progress?.state === "acceptable";
      return well && this.fault === null ? "counting" : "waiting";
    }
    return kind === "rest" || kind === "change" || kind === "switch-sides" ? "resting" : "ready";
  }

  /** Nothing is heard of the coach of a measured hold. */
  private get silent(): boolean {
    if (!this.measured || this.paused_s !== null) return false;
    return this.progress === null ? this.lineDown_s !== null : this.now_s - this.heard_s > SILENT_S;
  }

  private nextHold(): HoldStep | null {
    const here = this.step;
    const same = (step: HoldStep) => here.kind === "hold" && step.exercise === here.exercise && step.side === here.side;
    for (const step of this.script.steps.slice(this.index + 1)) {
      if (step.kind === "hold" && !this.leftOut.has(step.exercise) && !same(step)) return step;
    }
    return null;
  }

  private drain(): Effect[] {
    this.hum();
    const effects = this.effects;
    this.effects = [];
    return effects;
  }

  private hum(): void {
    const on = this.step.kind === "hold" && this.mood() === "counting";
    if (on !== this.humming) {
      this.humming = on;
      this.effects.push({ do: "hum", on });
    }
  }

  private say(message: Message, options: { urgent?: boolean; stale_s?: number } = {}): void {
    const id = this.nextId++;
    this.pending.add(id);
    this.effects.push({
      do: "say",
      id,
      message,
      urgent: options.urgent ?? false,
      stale_s: options.stale_s ?? Number.POSITIVE_INFINITY,
    });
  }

  private note(id: string, options: { urgent?: boolean; stale_s?: number } = {}): void {
    this.say({ id, params: {} }, options);
  }

  private earcon(sound: Earcon): void {
    this.effects.push({ do: "earcon", sound });
  }

  private hush(): void {
    this.pending.clear();
    this.effects.push({ do: "hush" });
  }

  /** The step at which a session is taken up: a hold begins with its own get-ready. */
  private reentry(step: number): number {
    const steps = this.script.steps;
    const index = Math.min(Math.max(0, step), steps.length - 1);
    const before = steps[index - 1];
    return steps[index]?.kind === "hold" && before?.kind === "get-ready" ? index - 1 : index;
  }

  private enter(index: number): void {
    let to = index;
    const steps = this.script.steps;
    while (to < steps.length - 1 && (this.isLeftOut(steps[to] as Step) || this.isIdle(to))) to += 1;
    const fromReady = this.step.kind === "get-ready" && to === this.index + 1;
    this.index = Math.min(to, steps.length - 1);
    this.begun_s = this.now_s;
    this.paused_s = null;
    const step = this.step;
    if (step.kind === "hold") {
      this.beginHold(step, fromReady);
      return;
    }
    this.resetHold();
    // A sound comes before the words that it announces, and never under them.
    if (step.kind === "switch-sides") this.earcon("switch");
    else if (step.kind === "sound-check" || this.soundsReady(step)) this.earcon("ready");
    this.sayStep(step);
    if (step.kind === "get-ready") this.beginReady(step);
    else if (step.kind === "ask") this.beginAsk(step);
    else if (step.kind === "end") this.finish(this.hurt ? "hurt" : "finished");
  }

  /** Its words, and where the camera belongs for whoever uses one. */
  private sayStep(step: Step): void {
    for (const message of step.say) this.say(message);
    if ("camera" in step && (this.camera || this.coming)) for (const message of step.camera) this.say(message);
  }

  private isLeftOut(step: Step): boolean {
    const exercise = exerciseOf(step);
    return exercise !== null && this.leftOut.has(exercise);
  }

  /** A rest before a round of which everything is left out. */
  private isIdle(index: number): boolean {
    if (this.script.steps[index]?.kind !== "rest") return false;
    const after = this.script.steps.slice(index + 1).map(exerciseOf);
    const end = after.indexOf(null);
    const round = end < 0 ? after : after.slice(0, end);
    return round.length > 0 && round.every((exercise) => exercise !== null && this.leftOut.has(exercise));
  }

  /** What an exercise's test has come to, on the shorter side; null until that of every side is known. */
  private testOf(exercise: string): number | null {
    const sides = this.script.steps.filter((step) => step.kind === "hold" && step.test && step.exercise === exercise);
    const known = sides.map((step) => this.tests[testName(step as HoldStep)]);
    return known.length > 0 && known.every((seconds) => seconds !== undefined)
      ? Math.min(...(known as number[]))
      : null;
  }

  private resetHold(): void {
    this.measured = false;
    this.opened = false;
    this.base_s = 0;
    this.settled = false;
    this.progress = null;
    this.timed_s = 0;
    this.away_s = null;
    this.fault = null;
    this.faults = [];
    this.standing.clear();
    this.begun = 0;
    this.cued = false;
    this.cue = null;
    this.told.clear();
    this.regain_s = null;
  }

  /** The way into a repetition has its own words; a sound as well, sixteen times, would be too much. */
  private soundsReady(step: Step): boolean {
    const hold = this.script.steps[this.index + 1];
    return step.kind === "get-ready" && (hold?.kind !== "hold" || !hold.repetition);
  }

  private beginReady(step: ReadyStep): void {
    const hold = this.script.steps[this.index + 1];
    this.placing_s = this.now_s;
    if (this.camera && hold?.kind === "hold" && hold.judged && step.wait_for_position_s > 0) this.open(hold);
  }

  private open(hold: HoldStep): void {
    this.opened = true;
    this.effects.push({ do: "open", hold: this.fitted(hold) as HoldStep });
  }

  private close(): void {
    if (this.opened) this.effects.push({ do: "close" });
    this.opened = false;
  }

  private beginHold(step: HoldStep, fromReady: boolean): void {
    const seen = fromReady && this.opened && this.progress !== null && this.progress.state !== "cannot-judge";
    const kept = { base: this.base_s, settled: this.settled, progress: this.progress, opened: this.opened };
    this.resetHold();
    this.base_s = kept.base;
    this.settled = kept.settled;
    this.opened = kept.opened;
    this.measured = seen;
    this.stuck_s = this.now_s;
    this.heard_s = this.now_s;
    if (seen) this.progress = kept.progress;
    else this.close();
    // Holds that follow one another have no get-ready of their own: the coach waits for the position itself.
    if (!fromReady && this.camera && step.judged) {
      this.open(step);
      this.measured = true;
    }
    this.earcon("go");
    if (step.target_s > LAST_S) this.note("session.go", { stale_s: STALE_S });
  }

  private beginAsk({ questions, which }: AskStep): void {
    // The exercises are over: whether the questions are answered or not, the session has ended.
    this.storeEnd(this.hurt ? "hurt" : "finished");
    if (questions.length === 0) {
      this.enter(this.index + 1);
      return;
    }
    // Where the camera measured, it has told of the shape already.
    const open = questions.filter((question) => question !== "shape" || this.unmeasured);
    this.effects.push({ do: "ask", session: this.script.session, questions: open, which, ranOut: this.ranOut });
  }

  private finish(how: Ending): void {
    this.over = true;
    this.close();
    this.storeEnd(how);
    this.effects.push({ do: "finish", how });
  }

  private storeEnd(how: Ending): void {
    if (this.ended) return;
    this.ended = how;
    this.effects.push({ do: "store", type: "session-ended", body: { session: this.script.session, how } });
  }

  private tick(t_s: number): void {
    const passed_s = Math.max(0, t_s - this.now_s);
    this.now_s = Math.max(this.now_s, t_s);
    if (passed_s >= ASLEEP_S) this.forgive(passed_s);
    if (this.over || this.paused_s !== null) return;
    const step = this.step;
    if (step.kind === "hold") {
      if (this.regain_s !== null && !this.regained()) return;
      // A closed lid is no hold: only time that was really watched counts by the clock.
      if (!this.measured && passed_s < ASLEEP_S) this.timed_s += passed_s;
      this.watchHold(step);
    } else if (step.kind === "get-ready") {
      this.watchReady(step);
    } else {
      this.advance();
    }
  }

  /** Leave a step whose time has passed and whose words are said. */
  private advance(): void {
    const step = this.step;
    if (this.over || this.paused_s !== null) return;
    if (step.kind === "hold" || step.kind === "get-ready" || step.kind === "ask" || step.kind === "end") return;
    if (this.pending.size === 0 && this.elapsed_s >= step.seconds - GRACE_EPSILON_S) this.enter(this.index + 1);
  }

  private watchReady(step: ReadyStep): void {
    if (this.cue !== null && this.now_s - this.cue_s > CUE_STAYS_S) this.cue = null;
    const longEnough = this.elapsed_s >= step.seconds && this.pending.size === 0;
    if (!this.opened) {
      const worthWaiting = this.coming && this.nextIsJudged() && this.elapsed_s < step.wait_for_position_s;
      if (longEnough && !worthWaiting) this.enter(this.index + 1);
      return;
    }
    const inPosition = this.progress !== null && ["good", "acceptable", "fault"].includes(this.progress.state ?? "");
    // The coach counts from the first good moment, so letting the words end costs nobody a second.
    const heard = this.pending.size === 0 || this.elapsed_s >= READY_WORDS_S;
    if (inPosition && heard && this.elapsed_s >= 1) {
      this.hush();
      this.enter(this.index + 1);
    } else if (this.now_s - this.placing_s >= step.wait_for_position_s && this.pending.size === 0) {
      // Nobody in position for a long while: go on by the clock, and say so.
      this.close();
      this.note(this.lineDown_s === null ? "session.by-the-clock" : "session.line-down-clock", { stale_s: STALE_S });
      this.enter(this.index + 1);
    }
  }

  /** Back into a hold that was interrupted: as long as it takes to get ready for it, where the clock alone counts. */
  private regain(): void {
    if (this.measured) return; // the coach waits for the position itself
    const ready = this.script.steps.slice(0, this.index).findLast((step) => step.kind === "get-ready");
    this.regain_s = this.now_s + (ready?.seconds ?? 0);
    this.earcon("ready");
  }

  private regained(): boolean {
    if (this.regain_s === null || this.now_s < this.regain_s || this.pending.size > 0) return false;
    this.regain_s = null;
    this.earcon("go");
    this.note("session.go", { stale_s: STALE_S });
    return true;
  }

  private nextIsJudged(): boolean {
    const hold = this.script.steps[this.index + 1];
    return hold?.kind === "hold" && hold.judged;
  }

  private watchHold(step: HoldStep): void {
    const done = this.credited_s;
    for (const [number, prompt] of step.prompts.entries()) {
      if (done >= prompt.at_s && !this.keptClear(step, done)) this.once(`prompt-${number}`, prompt.message);
    }
    if (step.half && done >= step.target_s / 2 && !this.told.has("half")) {
      this.earcon("half");
      this.once("half", { id: "session.half", params: {} });
    }
    if (step.last_five) this.countDown(step.target_s - done);
    if (step.test) this.countUp(done);
    if (done >= step.target_s - GRACE_EPSILON_S) this.endHold("done");
    else if (this.measured) this.watchPatience(step);
    if (this.cue !== null && this.now_s - this.cue_s > CUE_STAYS_S && this.fault === null) this.cue = null;
  }

  /** What is said here would run into the bell of the half or the last five taps, which are about their very moment. */
  private keptClear(step: HoldStep, done_s: number): boolean {
    const half_s = step.half && !this.told.has("half") ? step.target_s / 2 : Number.POSITIVE_INFINITY;
    const before = (mark_s: number): boolean => done_s >= mark_s - PROMPT_TAKES_S;
    return before(half_s) || before(step.target_s - LAST_S);
  }

  /** Time in which nothing could happen is nobody's fault. */
  private forgive(slept_s: number): void {
    if (this.away_s !== null) this.away_s += slept_s;
    if (this.lineDown_s !== null) this.lineDown_s += slept_s;
    this.stuck_s += slept_s;
    this.placing_s += slept_s;
    this.heard_s += slept_s;
  }

  /** Nobody can touch the screen: a measured hold in which nothing happens any more goes on by itself. */
  private watchPatience(step: HoldStep): void {
    const { away_s, stuck_s, line_down_s } = this.script.patience;
    const passed_s = (since_s: number | null): number => (since_s === null ? 0 : this.now_s - since_s);
    const silent = this.progress !== null && passed_s(this.heard_s) >= line_down_s;
    const lineDown_s = passed_s(this.lineDown_s);
    if (lineDown_s >= line_down_s) this.byTheClock("line");
    else if (silent) this.byTheClock(this.lineDown_s === null ? "silence" : "line");
    else if (this.lineDown_s !== null) {
      if (lineDown_s >= LINE_TOLD_S) this.tellOfLine();
    } else if (passed_s(this.away_s) >= away_s) {
      this.note("session.away", { urgent: true });
      this.endHold("stopped");
    } else if (passed_s(this.stuck_s) >= stuck_s) {
      this.enough(step);
    }
  }

  /** The hold is over before its target. */
  private enough(step: HoldStep): void {
    this.note(step.repetition ? "session.enough-for-this-one" : "session.enough-for-this-set", { urgent: true });
    this.endHold("stopped");
  }

  private countDown(left_s: number): void {
    const tap = Math.ceil(left_s - GRACE_EPSILON_S);
    if (left_s <= LAST_S && tap >= 1 && !this.told.has(`tap-${tap}`)) {
      this.told.add(`tap-${tap}`);
      this.earcon("tap");
    }
    if (left_s <= LAST_S && !this.told.has("last")) {
      this.told.add("last");
      this.note("session.last-five", { stale_s: 1 });
    }
  }

  private countUp(held_s: number): void {
    const seconds = Math.floor(held_s / TOLD_EVERY_S) * TOLD_EVERY_S;
    if (seconds > 0) this.once(`seconds-${seconds}`, { id: "session.seconds", params: { seconds } });
  }

  private once(key: string, message: Message): boolean {
    if (this.told.has(key)) return false;
    this.told.add(key);
    this.say(message, { stale_s: STALE_S });
    return true;
  }

  /** A measured hold stands still while its line is down: say so once, and once when it is back. */
  private tellOfLine(): void {
    const waits = this.step.kind === "hold" && this.measured && this.paused_s === null;
    if (this.lineDown_s === null) {
      if (this.lineTold && waits) this.note("session.line-back", { stale_s: STALE_S });
      this.lineTold = false;
    } else if (waits && !this.lineTold) {
      this.lineTold = true;
      this.note("session.line-moment", { urgent: true, stale_s: STALE_S });
    }
  }

  private setCamera(on: boolean, why?: string): void {
    const before = this.camera;
    this.camera = on;
    const step = this.step;
    if (on && !before && step.kind === "get-ready" && !this.opened) {
      const hold = this.script.steps[this.index + 1];
      if (hold?.kind === "hold" && hold.judged) this.open(hold);
    }
    const judged = step.kind === "hold" && this.measured;
    if (!on && this.opened) {
      if (judged) this.byTheClock(why ? "camera" : "hand");
      else this.close();
    }
    if (why) this.note(why, { urgent: judged, stale_s: CAMERA_WORDS_STALE_S });
  }

  /** Something is in the way of being judged: say what would mend it, and give the time to. */
  private hearPlacement(event: CoachEvent): void {
    if (!event.message) return;
    this.cue = event.message;
    this.cue_s = this.now_s;
    this.placing_s = this.now_s;
    this.say(event.message, { urgent: true, stale_s: STALE_S });
  }

  /** The camera says itself why it is gone; and only what was tried and not seen was not seen well enough. */
  private byTheClock(reason: "sight" | "line" | "silence" | "camera" | "hand", placement?: Message): void {
    this.base_s += this.progress?.credited_s ?? 0;
    this.progress = null;
    this.measured = false;
    this.away_s = null;
    this.fault = null;
    this.cue = null;
    this.close();
    this.earcon("lost");
    // Words about a camera are of no use to somebody whose connection is gone.
    if (placement?.id.startsWith("placement.")) this.say(placement, { stale_s: STALE_S });
    const words = { sight: "by-the-clock", line: "line-down-clock", silence: "clock-now", hand: "clock-now" };
    if (reason !== "camera") this.note(`session.${words[reason]}`, { stale_s: STALE_S });
  }

  private book(progress: Progress): void {
    if (!this.opened) return;
    if (progress.credited_s > (this.progress?.credited_s ?? 0)) this.stuck_s = this.now_s;
    this.heard_s = this.now_s;
    this.progress = this.withBase(progress);
    const step = this.step;
    if (step.kind === "get-ready") this.watchReady(step);
    else if (step.kind === "hold") this.watchHold(step);
  }

  /**
   * After a reload the server's coach may know of some of the seconds that we carry ourselves: count them once. A coach that is told of the
   * hold again begins at nothing, and what was earned is not lost while it catches up.
   */
  private withBase(progress: Progress): Progress {
    if (!this.settled) this.base_s = Math.max(0, this.base_s - progress.credited_s);
    this.settled = true;
    return { ...progress, credited_s: Math.max(progress.credited_s, this.progress?.credited_s ?? 0) };
  }

  private hear(event: CoachEvent): void {
    if (event.event === "placement-asked" && this.opened) this.hearPlacement(event);
    if (!this.opened || this.step.kind !== "hold" || !this.measured) return;
    const handlers: Record<string, (event: CoachEvent) => void> = {
      cue: (e) => this.hearCue(e),
      praise: (e) => this.hearWords(e),
      tiring: (e) => this.hearWords(e),
      nudged: (e) => this.hearWords(e),
      "offer-easier": () => this.note("session.easier", { stale_s: STALE_S }),
      "fault-began": (e) => this.faultBegan(e),
      "fault-ended": (e) => this.faultEnded(e),
      "left-position": (e) => {
        // Somebody out of sight may still be holding it.
        if (this.testIsOver() && e.seen === true) this.endTest();
        else this.away_s ??= this.now_s;
      },
      "in-position": () => {
        this.away_s = null;
      },
      "tracking-lost": (e) => this.byTheClock("sight", e.message),
      done: (e) => {
        // The books come after the event.
        if (this.progress && e.credited_s !== undefined) {
          this.progress = { ...this.progress, credited_s: Math.max(this.progress.credited_s, e.credited_s) };
        }
        this.endHold("done");
      },
    };
    handlers[event.event]?.(event);
  }

  /** Whoever comes down has held their test, once there is anything of it. */
  private testIsOver(): boolean {
    return this.step.kind === "hold" && this.step.test && this.credited_s > 0;
  }

  private hearCue(event: CoachEvent): void {
    if (!event.message) return;
    // A test goes on until the form slips after one cue.
    if (this.cued && this.testIsOver()) {
      this.endTest();
      return;
    }
    this.cued = true;
    this.cue = event.message;
    this.cue_s = this.now_s;
    this.earcon("waiting");
    this.say(event.message, { urgent: true, stale_s: STALE_S });
  }

  private hearWords(event: CoachEvent): void {
    if (!event.message) return;
    this.cue = event.message;
    this.cue_s = this.now_s;
    this.say(event.message, { stale_s: STALE_S });
  }

  private faultBegan(event: CoachEvent): void {
    if (!event.fault) return;
    this.fault = event.fault;
    this.standing.set(event.fault, event.t_s);
    if (this.cued) this.begun += 1;
    else this.begun = 1;
    if (this.cued && this.testIsOver()) {
      this.endTest();
    } else if (this.begun >= this.script.patience.faults_to_end && this.cued) {
      if (this.step.kind === "hold") this.enough(this.step);
    }
  }

  private faultEnded(event: CoachEvent): void {
    if (!event.fault) return;
    const from_s = this.standing.get(event.fault);
    if (from_s !== undefined) this.faults.push({ id: event.fault, from_s, to_s: event.t_s });
    this.standing.delete(event.fault);
    this.fault = [...this.standing.keys()][0] ?? null;
    if (this.fault === null) this.cue = null;
  }

  /** A test ends where the form or the strength does: that is its measure. */
  private endTest(): void {
    this.hush();
    if (this.isSlip()) {
      this.askAgain();
      return;
    }
    const count = Math.floor(this.credited_s);
    this.say({ id: "session.measured", params: { count } }, { urgent: true });
    this.endHold("stopped");
  }

  /** Over within a few seconds, at the first try: a key pressed too soon, and no measure. */
  private isSlip(): boolean {
    const step = this.step;
    return step.kind === "hold" && this.credited_s < step.least_s && !this.slips.has(step.i);
  }

  /** From getting ready on, as if it had not been begun. A second try is what it comes to. */
  private askAgain(): void {
    this.slips.add(this.step.i);
    this.close();
    this.base_s = 0;
    this.note("session.measured-again", { urgent: true });
    this.enter(this.reentry(this.index));
  }

  private endHold(outcome: "done" | "skipped" | "stopped" | "hurt"): void {
    const step = this.step;
    if (step.kind === "hold" && step.test && (outcome === "done" || outcome === "stopped"))
      this.keepTest(step, outcome);
    this.storeHold(outcome);
    this.close();
    if (outcome === "done") this.earcon("done");
    if (outcome === "done" || outcome === "stopped") this.enter(this.index + 1);
  }

  private keepTest(step: HoldStep, outcome: "done" | "stopped"): void {
    const { exercise, side, target_s } = step;
    if (outcome === "done") this.note("session.measured-whole", { urgent: true });
    if (outcome === "done" && !this.measured) this.ranOut.push({ exercise, side, target_s });
    else this.tests[testName(step)] = this.credited_s;
  }

  private seen_s(): number {
    return this.measured ? (this.progress?.in_position_s ?? 0) : 0;
  }

  private storeHold(outcome: "done" | "skipped" | "stopped" | "hurt"): void {
    const at = this.index;
    const next = this.script.steps[at + 1];
    const step = this.step.kind === "get-ready" && next ? this.fitted(next) : this.step;
    if (step.kind !== "hold") return;
    const earned = Math.min(this.credited_s, step.target_s);
    // Nobody can tell the shape of what was not held; nor can the camera of what it did not see, as before a pause.
    if (step.core && outcome !== "skipped" && earned > this.seen_s() + UNSEEN_S) this.unmeasured = true;
    const open = [...this.standing].map(([id, from_s]) => ({ id, from_s, to_s: from_s }));
    this.effects.push({
      do: "store",
      type: "set-done",
      body: {
        session: this.script.session,
        step: step.i,
        exercise: step.exercise,
        rung: step.rung,
        side: (step.side ?? null) as Side | null,
        set: step.set,
        hold: step.hold,
        target_s: step.target_s,
        credited_s: Math.round(earned * 1000) / 1000,
        outcome,
        test: step.test,
        again: this.slips.has(step.i),
        load_kg: step.load_kg || null,
        measured: this.measured,
        in_position_s: this.measured ? (this.progress?.in_position_s ?? null) : null,
        unjudged_s: this.measured ? (this.progress?.unjudged_s ?? null) : null,
        faults: [...this.faults, ...open],
        coach: this.measured ? this.coach : null,
        model: this.measured ? this.model : null,
      },
    });
  }

  private obey(command: Command): void {
    if (command === "pause") this.pause();
    else if (command === "resume") this.resume();
    else if (command === "again") this.sayStep(this.step);
    else if (command === "enough") this.endByTouch();
    else if (command === "skip") this.leaveOut("skipped");
    else if (command === "hurts") this.leaveOut("hurt");
    else if (command === "stop") {
      this.hush();
      // Whoever stops the session in a measured hold has not measured anything.
      const test = this.step.kind === "hold" && this.step.test;
      if (this.step.kind === "hold" || (this.step.kind === "get-ready" && this.base_s > 0)) {
        this.storeHold(test ? "skipped" : "stopped");
      }
      this.close();
      this.earcon("stop");
      this.note("session.stopped", { urgent: true });
      const ask = this.script.steps.findIndex((step) => step.kind === "ask");
      this.storeEnd("stopped");
      if (ask > this.index && this.anythingDone()) this.enter(ask);
      else this.finish("stopped");
    }
  }

  /** The person ends a test by a touch. */
  private endByTouch(): void {
    if (this.paused_s === null && this.regain_s === null && this.testIsOver()) this.endTest();
  }

  private anythingDone(): boolean {
    return this.script.steps.slice(0, this.index + 1).some((step) => step.kind === "hold");
  }

  /** A hand that is held up pauses, and goes on. Two notes tell that it was seen, before the words do. */
  private obeyHand(): void {
    if (this.step.kind === "ask" || this.step.kind === "end") return;
    this.earcon("heard");
    this.hand_s = this.now_s;
    if (this.paused_s === null) this.pause("session.paused-by-hand");
    else this.resume();
  }

  /**
   * The hand that paused, or that has just gone on, stays up: it hurts. At any other time an arm that is up for long says
   * nothing.
   */
  private obeyKeptHand(): void {
    if (this.hand_s === null) return;
    const justNow = this.now_s - this.hand_s <= KEPT_WITHIN_S;
    if (this.paused_s === null && !justNow) return;
    this.hand_s = null;
    this.earcon("heard");
    this.leaveOut("hurt");
  }

  private pause(words = "session.paused"): void {
    if (this.paused_s !== null || this.step.kind === "ask") return;
    // Two efforts with a pause between them are no measure.
    if (this.testIsOver()) this.endTest();
    this.paused_s = this.now_s;
    this.hush();
    this.note(words, { urgent: true });
  }

  private resume(): void {
    if (this.paused_s === null) return;
    this.begun_s += this.now_s - this.paused_s;
    if (this.away_s !== null) this.away_s += this.now_s - this.paused_s;
    if (this.lineDown_s !== null) this.lineDown_s += this.now_s - this.paused_s;
    this.stuck_s += this.now_s - this.paused_s;
    this.placing_s += this.now_s - this.paused_s;
    this.heard_s += this.now_s - this.paused_s;
    this.paused_s = null;
    this.pending.clear();
    this.note("session.resumed", { urgent: true });
    if (this.step.kind === "hold") this.regain();
    else this.sayStep(this.step);
  }

  /** Leave the exercise out for the rest of the session: skipped, or because it hurts. */
  private leaveOut(why: "skipped" | "hurt"): void {
    const exercise = this.exerciseMeant(why);
    this.paused_s = null;
    this.hush();
    if (exercise === null) {
      if (why === "skipped") this.enter(this.index + 1);
      else this.hurtBefore();
      return;
    }
    if (this.step.kind === "hold" || this.step.kind === "get-ready") this.storeHold(why);
    if (why === "hurt") this.storeHurt(exercise);
    this.leftOut.add(exercise);
    this.close();
    this.earcon("stop");
    this.note(why === "hurt" ? "session.hurt" : "session.skipped", { urgent: true });
    this.enter(this.nextWithout(exercise));
  }

  /** It hurts before anything was held, as in the warm-up: noted, and the session is over. */
  private hurtBefore(): void {
    this.storeHurt(null);
    this.close();
    this.earcon("stop");
    this.note("session.hurt-before", { urgent: true });
    this.storeEnd("stopped");
    this.finish("stopped");
  }

  /** In a rest or on the way it hurts from what was held last; what is left out on the way is what comes. */
  private exerciseMeant(why: "skipped" | "hurt"): string | null {
    const here = exerciseOf(this.step);
    if (here !== null && !(this.step.kind === "change" && why === "hurt")) return here;
    const before = this.script.steps.slice(0, this.index).filter((step) => step.kind === "hold");
    return exerciseOf(before.at(-1)) ?? null;
  }

  private storeHurt(exercise: string | null): void {
    this.hurt = true;
    this.effects.push({
      do: "store",
      type: "pain-reported",
      body: {
        when: "during",
        nprs: null,
        words: null,
        session: this.script.session,
        exercise,
        further_down_leg: false,
      },
    });
  }

  /** Where to go on without an exercise: past its steps, and past the rests that stand between them. */
  private nextWithout(exercise: string): number {
    const steps = this.script.steps;
    let index = this.index;
    while (index < steps.length - 1) {
      const step = steps[index] as Step;
      const of = exerciseOf(step);
      if ((of !== null && of !== exercise) || step.kind === "ask" || step.kind === "end") return index;
      index += 1;
    }
    return index;
  }
}
