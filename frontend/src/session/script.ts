/** A session as data, the way the server compiles it. */

export type Param = string | number;

export interface Message {
  id: string;
  params: Record<string, Param>;
}

export type Side = "left" | "right";

/** How a hand is held up to pause, and to go on. */
export type Sign = "arm" | "forearm";

interface Base {
  i: number;
  say: Message[];
  show: Message | null;
}

export interface TimedStep extends Base {
  kind: "sound-check" | "warm-up" | "rest";
  seconds: number;
}

export interface ExerciseStep extends Base {
  kind: "announce" | "switch-sides";
  exercise: string;
  rung: string;
  sign?: Sign;
  side: Side | null;
  seconds: number;
  /** Where the camera belongs, for whoever uses one. */
  camera: Message[];
}

export interface ChangeStep extends Base {
  kind: "change";
  exercise: string;
  seconds: number;
  transfer: "down" | "up" | null;
}

export interface ReadyStep extends Base {
  kind: "get-ready";
  exercise: string;
  rung: string;
  sign?: Sign;
  side: Side | null;
  seconds: number;
  wait_for_position_s: number;
}

export interface HoldStep extends Base {
  kind: "hold";
  exercise: string;
  rung: string;
  sign?: Sign;
  side: Side | null;
  set: number;
  sets: number;
  hold: number;
  holds: number;
  target_s: number;
  /** Held for as long as the form keeps, target_s at the most. */
  test: boolean;
  /** A test that ends before it is no measure at the first try, and is asked again. */
  least_s: number;
  /** Takes a share of what the test before it has come to, once that is known; target_s until then. */
  of_test: { share: number; round_s: number; half_from_s: number; last_five_from_s: number } | null;
  /** What is carried in it. */
  load_kg: number;
  judged: boolean;
  /** Core work: whether its shape was kept matters to the next dose. */
  core: boolean;
  /** One of a drill: it is called so, and nobody comes down from it to rest. */
  repetition: boolean;
  prompts: { at_s: number; message: Message }[];
  half: boolean;
  last_five: boolean;
}

export interface AskStep extends Base {
  kind: "ask";
  questions: string[];
  which: Which | null;
}

/** From so much effort or pain on, 0-10, it is asked which of these exercises it came from. */
export interface Which {
  exercises: string[];
  effort_from: number;
  pain_from: number;
}

/** In a test the seconds are told this often: whoever holds it without a camera remembers the last of them. */
export const TOLD_EVERY_S = 5;

/** A test that ran to its end by the clock: only the person knows how long they held. */
export interface RanOut {
  exercise: string;
  side: Side | null;
  target_s: number;
}

/** The questions after a session. which: when it is asked which exercise it was; ranOut: of which tests the person knows. */
export interface Asked {
  questions: string[];
  which: Which | null;
  ranOut: RanOut[];
}

export interface EndStep extends Base {
  kind: "end";
}

export type Step = TimedStep | ExerciseStep | ChangeStep | ReadyStep | HoldStep | AskStep | EndStep;

/** How long a hold that the camera measures is waited for, in seconds. */
export interface Patience {
  away_s: number;
  /** The standing fault after a cue that ends the hold. */
  faults_to_end: number;
  /** Without a second that counts. */
  stuck_s: number;
  /** Without a word from the coach. */
  line_down_s: number;
}

export interface SessionScript {
  format: "lumbar-session/1";
  session: string;
  on: string;
  programme: string;
  catalogue: string;
  minutes: number;
  patience: Patience;
  steps: Step[];
}

/** What the coach's books say, in seconds. */
export interface Progress {
  credited_s: number;
  in_position_s: number;
  unjudged_s: number;
  longest_hold_s: number;
  state: string | null;
  side: Side | null;
  faults: string[];
}

/** The coach's event of a hand that is held up: it is told in a pause and between holds as well. */
export const HAND_RAISED = "hand-raised";

/** The one of a hand that stays up: told of wherever a raised one is. */
export const HAND_KEPT = "hand-kept";

/** What the coach tells, by its kebab-case name. */
export interface CoachEvent {
  event: string;
  t_s: number;
  fault?: string;
  message?: Message;
  attempt?: number;
  credited_s?: number;
  side?: Side | null;
  /** Of who left the position: whether they were seen to. */
  seen?: boolean;
}

/** The exercise that a step belongs to, if any. */
export function exerciseOf(step: Step | undefined): string | null {
  return step && "exercise" in step ? step.exercise : null;
}
