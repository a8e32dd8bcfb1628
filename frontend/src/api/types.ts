/** The shapes of the server's answers. The server is the authority; see /api/openapi.json. */

export type Param = string | number | boolean | null;

export interface Message {
  id: string;
  params?: Record<string, Param>;
}

export type Side = "left" | "right";
export type Answer = "yes" | "no" | "not-sure" | "rather-not-say";
export type Answers = Record<string, Answer>;
export type Step = "hips" | "core" | "posture" | "move";

export interface Reason {
  message: Message;
  source?: string;
}

export interface Goal {
  sets?: number;
  hold_s: number;
  message?: Message | null;
}

/** Seconds by side; of a drill, how many times. */
export type Held = { left?: number; right?: number; both?: number; times?: number };

/** A change that the plan would make, and that waits for an expert's word. */
export interface Proposal {
  kind: "rung" | "load" | "exercise";
  rung: string;
  kg: number;
}

/** New forms, first weights and new exercises wait for an expert's word. by: who asked for it; null for the person. */
export interface Waits {
  since: string;
  by: string | null;
  profession: string | null;
}

export interface Item {
  exercise: string;
  rung: string;
  side_order: (Side | null)[];
  sets: number;
  hold_s: number;
  /** Whether the first hold is measured, test_s at the most: the very first such, another one of the first sessions, or one of a later week. */
  test: "none" | "first" | "again" | "later";
  test_s: number;
  load_kg: number;
  /** Of a drill, how many make a set; 1 for what is held. */
  repetitions: number;
  goal: Goal | null;
  state: "due" | "done" | "later" | "closed" | "optional";
  done_at: string | null;
  not_before: string | null;
  not_after: string | null;
  reasons: Reason[];
  held: Held | null;
  proposal: Proposal | null;
}

export interface DayStep {
  step: Step;
  state: "due" | "done" | "later" | "closed" | "not-today";
  message: Message | null;
  minutes: number;
  items: Item[];
}

/** An answer that may be taken back. */
export interface ToldAnswer {
  fact: string;
  on: string;
  at: string;
  message: Message;
}

/** The walk of a day, our addition. minutes: null before the usual comfortable walk is told. */
export interface DayWalk {
  state: "ask" | "due" | "done" | "optional" | "rests" | "closed";
  message: Message;
  minutes: number | null;
  walked_min: number;
  walks: { fact: string; at: string; minutes: number }[];
  week_days: number;
  over_days: number;
  goal_min: number;
  goal_days: number;
  choices: number[];
  reasons: Reason[];
}

export type Outcome = "pause" | "wait" | "start-gentle" | "start";

export interface WayBack {
  item: string | null;
  message: Message;
  needs: "clearance" | "answer" | "screen" | "review";
}

export interface Verdict {
  outcome: Outcome;
  card: "em" | "sd" | null;
  neck_only: boolean;
  modifications: string[];
  title?: Message;
  text?: Message;
  reasons: { item: string | null; message: Message }[];
  ways_back: WayBack[];
  open: string[];
}

export type Need = "screen" | "acknowledge" | "daily-check" | "morning-after" | "pain-before";

export interface Review {
  by: string;
  profession: string;
  on: string;
  decision: "go-on" | "with-changes" | "stop";
  /** Everything rests by it, until a later review. */
  stops: boolean;
  /** The day on which whoever said to stop wants to see the person again. It opens nothing by itself. */
  again_on: string | null;
  /** The last day before it is out of date. */
  until: string;
  note: string | null;
}

/** What an expert is shown, in words: the same lines that paper and file have. */
export interface Sheet {
  person: [string, string];
  screen_title: string;
  screen: string[];
  goal: string;
  review: string;
  lines: { exercise: string; name: string; dose: string; form: string; held: string; next: string }[];
  walk: string[] | null;
  /** Each with its name, its numbers and what is said of them. */
  scores: [string, string, string][];
  scores_none: string;
  past: string[];
  questions: string[];
  questions_none: string;
  /** How many exercises rest until a review with a tick for them; empty where none does. */
  rests: string;
  changed_title: string;
  changed: string[];
  rules: string[];
  /** Each with its newest value, what is said of it, and its shape in a square of 1 by 1 from the lower left; told: the
   * same in a sentence; days: the first and the last. */
  curves: {
    title: string;
    last: string;
    said: string;
    told: string;
    days: [string, string];
    shape: [number, number][];
  }[];
  /** Each with its day, what it was and what was advised. */
  events: [string, string, string][];
  events_none: string;
  events_left: string;
}

export interface Packet {
  on: string;
  sheet: Sheet;
}

/** An outcome measure that may be answered now. */
export interface Due {
  instrument: string;
  occasion: "start" | "weekly" | "weeks" | "later";
  week: number;
  until: string;
}

export interface ScoreChange {
  first: number;
  now: number;
  gain: number;
  share: number | null;
  needed: number;
  needed_worse: number;
  direction: "better" | "not-clear" | "worse";
  recovered: boolean;
  blind: "better" | "worse" | null;
}

export interface Rated {
  name: string;
  rating: number;
}

export interface ScorePoint {
  on: string;
  score: number;
  parts: Rated[];
  change: ScoreChange | null;
}

export interface Instrument {
  id: string;
  kind: "rating" | "ticks" | "activities" | "choice";
  lowest: number;
  highest: number;
  better: "lower" | "higher";
  activities: number;
  /** The words of a published instrument, which nobody may change; null where the words are ours. */
  published: { language: string; citation: string; instruction: string; items: string[] } | null;
  /** The first score, and from where on a change matters; null where the range ends before that. */
  limits: { first: number; better_at: number | null; worse_at: number | null } | null;
  due: Due | null;
  series: ScorePoint[];
  says: Message[];
}

export interface Outcomes {
  on: string;
  instruments: Instrument[];
  walked: { on: string; minutes: number }[];
}

export interface Day {
  on: string;
  at: string;
  kind: "strength" | "stretch" | "rest" | "paused" | "first-run";
  title: Message;
  lead: Message;
  verdict: Verdict | null;
  needs: Need[];
  minutes: number;
  minutes_left: number;
  /** What could be done instead of all that is due, in less time. */
  short: { minutes: number; message: Message } | null;
  reviewed: Review | null;
  /** Whether changes that matter wait for an expert's word. */
  waits: Waits | null;
  /** Why a review is asked for; empty when none is. */
  book: Reason[];
  /** Since when there is a flare-up. */
  flare_since: string | null;
  flare_calm_pain: number | null;
  /** Everything rests for an illness that was told of today. */
  unwell: boolean;
  /** The facts of today that told of it: they may still be taken back. */
  flare_told_today: string[];
  /** What may be answered about how it goes, whenever it suits. */
  outcomes: Due[];
  /** Our addition; null before the first questions. */
  walk: DayWalk | null;
  steps: DayStep[];
  next: { at: string; message: Message } | null;
}

/** A number of a rule: what it is called, and it with its unit, or each of several. */
export interface RuleNumber {
  name: string;
  value: unknown;
  label: Message;
  says: Message[];
}

/** A reason, the rule that gives it with its numbers, where it comes from, and who has signed it off. */
export interface Because {
  message: Message;
  source: ExerciseSource;
  rule: { id: string; numbers: RuleNumber[][] } | null;
  signed_off: { by: string; profession: string; on: string } | null;
}

/** A day that a dose looked at. */
export interface Looked {
  on: string;
  holds: { count: number; seconds: number }[];
  measured_s: number | null;
  /** Who knows how long it was. */
  measured_by: "camera" | "clock" | "told" | null;
  before: number | null;
  worst: number | null;
  morning: string | null;
  effort: number | null;
  read_as: string | null;
  followed: Message | null;
}

export interface Why {
  on: string;
  /** As that day has it; null for the walk. */
  item: Item | null;
  because: Because[];
  looked: Looked[];
  /** The last days with a walk, where that was asked for. */
  walks: { on: string; minutes: number; morning: string | null }[];
}

/** A dose as a session's beginning showed it. */
export interface ShownDose {
  at: string;
  exercise: string;
  rung: string;
  sets: number;
  hold_s: number;
  /** Empty where the sides are not known any more. */
  side_order: Item["side_order"];
  test: Item["test"];
  load_kg: number;
  /** Of a drill, how many of its holds make up a set. */
  repetitions: number;
}

export interface DayAsShown {
  day: Day;
  shown: ShownDose[];
  same_rules: boolean;
  /** Of the past: nothing of it is due any more. */
  over: boolean;
}

/** What a person has said of themselves; null where nothing was said. */
export interface Myself {
  body_mass_kg: number | null;
  birth_year: number | null;
  helper: boolean | null;
  equipment: string[] | null;
  /** As they are to stand on what an expert reads. */
  name: string | null;
  goal: string | null;
  /** What nobody has to have: something else stands in for it. */
  comforts: string[];
  /** The least and the most that may be told of it. */
  body_mass_limits_kg: [number, number];
}

export interface DetailOption {
  id: string;
  text: string;
}

/** A further question behind an item, asked when the item is answered yes or not sure. */
export interface Detail {
  id: string;
  text: string;
  kind: "choice";
  options: DetailOption[];
}

export interface ScreenItem {
  id: string;
  tier: "A" | "B" | "C";
  short: string;
  full: string;
  details: Detail[];
  /** Once it was cleared, a later screen may say that it is over. */
  ends: boolean;
}

export interface ScreenCard {
  id: string;
  title: string;
  items: ScreenItem[];
}

export interface DailyTick {
  id: string;
  text: Message;
  opens: string[];
}

export interface Form {
  version: number | string;
  cards: ScreenCard[];
  /** Numbers to call, where they are known; urgent: the line for what cannot wait and is no emergency. */
  emergency: { number: string | null; urgent: string | null; country: string | null };
  daily: DailyTick[];
  acknowledge: { text: string; version: number };
  changed_since: Record<string, string>;
  standing?: Verdict | null;
}

export interface RunningSession {
  script: { session: string; minutes: number };
  started_at: string;
  device: string;
  done: { step: number; credited_s: number; outcome: string }[];
}

export interface HistorySet {
  exercise: string;
  rung: string;
  side: Side | null;
  target_s: number;
  credited_s: number;
  measured: boolean;
  /** Its seconds are what the person said: nobody saw them. */
  told: boolean;
  outcome: "done" | "skipped" | "stopped" | "hurt";
  at: string;
  repetition: boolean;
}

export interface HistoryPain {
  when: "before" | "after" | "morning-after" | "during" | "week" | "now";
  nprs: number | null;
  words: "same-or-better" | "a-bit-worse" | "clearly-worse" | null;
  at: string;
}

export interface HistoryDay {
  on: string;
  rest: boolean;
  /** Core work was due and nothing was begun. */
  missed: boolean;
  kept: boolean;
  sets: HistorySet[];
  pain: HistoryPain[];
  effort: { session: string; effort: number; at: string }[];
}

export interface HistoryExercise {
  exercise: string;
  goal_s: number;
  /** Of a drill, how many repetitions are the goal; else 0. */
  goal_times: number;
  /** In the form that the goal is for. */
  best: Held;
  /** In the easier form that was held last, where there is none in that of the goal yet. */
  easier: Held;
  form: string | null;
  last: (Held & { on: string }) | null;
}

/** What changed in the plan on a day. exercise: null where it is about walks or about all of it. */
export interface Turn {
  on: string;
  exercise: string | null;
  what: Message;
  why: Message | null;
}

export interface History {
  days: HistoryDay[];
  exercises: HistoryExercise[];
  /** The latest first. */
  changes: Turn[];
}

/** Where a number comes from. title: a publication, empty for what is ours; what it says are the words `source.<id>`. */
export interface ExerciseSource {
  id: string;
  title: string;
  url: string | null;
  status: "brief" | "checked" | "from-memory" | "design" | "review";
}

export interface ExerciseRung {
  id: string;
  goal_form: boolean;
  first: boolean;
  position: string;
  camera_sees: boolean;
  equipment: string[];
  /** Ids of what is shown of this form. */
  set_up: string[];
  feel: string;
  stop: string;
  /** Null where no camera looks at it. */
  camera: string | null;
  hear: string[];
  /** What its picture points at: words, and the number of one landmark, or of two with it half way between. */
  callouts: { message: string; at: number[] }[];
}

export interface ExerciseInfo {
  id: string;
  step: Step;
  position: string;
  sides: "none" | "each";
  judged: boolean;
  equipment: string[];
  camera: {
    view: "side" | "front";
    whole_body: boolean;
    height_m: [number, number];
    distance_m: [number, number];
    source: string;
  };
  dose: {
    target_s: number;
    sets: number;
    every_days: number | null;
    times_per_day: number[];
    gap_h: number | null;
    /** Of a drill, on how many days of the week; else 0. */
    days_per_week: number;
    repetitions: number;
    source: string;
  };
  loads: { id: string; first_kg: number | null; source: string }[];
  rungs: ExerciseRung[];
  prompts: { message: string; at_s: number }[];
  sources: ExerciseSource[];
  checks: { id: string; cue: string; source: string }[];
}

/** A measured value with its 95 % interval; null where nothing was measured, or no interval can be given. */
export interface Measure {
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
  clusters?: number;
}

export interface Promised {
  id: string;
  limit: number;
  at_least: boolean;
  unit: "share" | "deg" | "s";
  figure: Measure;
  met: boolean | null;
  sure: boolean;
}

export interface Clock {
  clip: string;
  view: string;
  owed_s: number;
  credited_s: number;
  starts_s: number[];
  ends_s: number[];
}

export interface MeasuredExercise {
  exercise: string;
  rung: string;
  as_shown: boolean;
  judged: boolean;
  /** Whether it is still judged by the numbers that were measured. */
  current: boolean;
  checks: string[];
  stills: { caught: Measure; false: Measure };
  by_check: { stills: Record<string, { told_when_there: Measure; told_when_not: Measure }> };
  views: Record<string, { right: boolean }>;
  clocks: Clock[];
}

/** Planks that people had labelled: what was answered (inside) of what is so (outside). */
export interface LabelledPlanks {
  macro_f1: Measure;
  confusion: Record<"C" | "H" | "L", Record<"C" | "H" | "L" | "-", number>>;
}

export interface Trust {
  version: string;
  evidence: Record<"people" | "stills" | "clips" | "frames" | "labelled" | "labelled_groups", number>;
  goals: Promised[];
  exercises: MeasuredExercise[];
  planks: LabelledPlanks;
}

/** What a file holds beside the record, and whether it came in. */
export interface Brought {
  facts: number;
  new: number;
  known: number;
  differing: number;
  types: Record<string, number>;
  first: string | null;
  last: string | null;
  other_person: boolean;
  taken: boolean;
}

export interface Backup {
  name: string;
  at: string;
  size: number;
  automatic: boolean;
}

export interface Erased {
  facts: number;
  backups: number;
  left: Message[];
}

/** A day at the desk. shares: of the time that could be judged. */
export interface DeskPicture {
  on: string;
  watched_s: number;
  judged_s: number;
  shares: { tall: number; usual: number; slumped: number } | null;
  /** The shares in whole percent, which add up to a hundred. */
  percents: { tall: number; usual: number; slumped: number } | null;
  longest_still_s: number;
  changes: number;
  breaks: number;
  nudges: number;
}

export interface DeskProfile {
  name: string;
  model: string;
  view: "front" | "side";
  kept_on: string;
  old: boolean;
}

export interface DeskChoice {
  interval_min: number;
  quiet_from_h: number;
  quiet_to_h: number;
}

export interface DeskState {
  open: boolean;
  screened: boolean;
  days: DeskPicture[];
  profiles: DeskProfile[];
  choice: DeskChoice & { shortest_interval_min: number; longest_interval_min: number };
  snooze_min: number;
  /** It is quiet by the person's wish until then. */
  snoozed_until: string | null;
  /** That is to the end of this day. */
  snoozed_today: boolean;
  capture_s: number;
  get_ready_s: number;
  captures_hz: number;
  worth_telling_s: number;
  shades: number[];
}

/** How the watch stands after a look. waiting: what was said and wants an answer. */
export interface DeskStanding {
  present: boolean;
  still_s: number;
  state: "tall" | "usual" | "slumped" | "cannot-judge";
  doubt: string | null;
  silence: string | null;
  snoozed_until: string | null;
  snoozed_today: boolean;
  waiting: { at: string; kind: "still" | "drift"; message: Message } | null;
  rests_s: number | null;
  unknown: string[];
}

export interface DeskRest {
  seconds: number;
  stretch: string | null;
  steps: { message: Message; seconds: number; exercise: string | null; rung: string | null; side: Side | null }[];
}
