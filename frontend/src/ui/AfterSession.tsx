/**
 * After a session: the worst pain and how hard it was, two taps; a third where no camera saw the shape. Which exercise it was
 * is asked only where there was much of either, and how long a measured hold was only where nobody saw it. Any may be left out.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { idIn } from "../api/device";
import { record } from "../api/facts";
import { type RanOut, TOLD_EVERY_S, type Which } from "../session/script";
import { t } from "../words/words";
import { Scale } from "./Scale";

export interface Questions {
  /** Whether to ask if the shape was kept: where the camera measured all of it, it knows. */
  shape: boolean;
  which: Which | null;
  ranOut: RanOut[];
}

export interface AfterSessionProps {
  /** The session's id. */
  session: string;
  asked: Questions;
  /** Asked once more: what was tapped the first time, and kept when the page was left, is put right by these answers. */
  again: boolean;
  /** Called when both are answered, or the rest is left out. What was tapped has been recorded by then. */
  onDone(): void;
}

/** After the second answer, how long one may still change it before it is kept by itself. */
const CHANGE_MS = 6_000;

const SHAPES = ["yes", "mostly", "no"] as const;

const nameOf = ({ exercise, side }: RanOut): string => (side === null ? exercise : `${exercise} ${side}`);

export function AfterSession({ session, asked, again, onDone }: AfterSessionProps) {
  const { shape, which, ranOut } = asked;
  const [effort, setEffort] = useState<number | null>(null);
  const [worst, setWorst] = useState<number | null>(null);
  const [furtherDown, setFurtherDown] = useState(false);
  const [kept, setKept] = useState<(typeof SHAPES)[number] | null>(null);
  const [named, setNamed] = useState<string[]>([]);
  const [held, setHeld] = useState<Record<string, number>>({});
  const hard = which !== null && effort !== null && effort >= which.effort_from;
  const sore = which !== null && worst !== null && worst >= which.pain_from;
  const told = Object.keys(held).length;
  const nothing = effort === null && worst === null && kept === null && told === 0 && !furtherDown;
  const complete = effort !== null && worst !== null && (kept !== null || !shape) && told === ranOut.length;

  const tell = (name: string, type: string, body: Record<string, unknown>) => {
    const id = idIn(session, name);
    record(type, body, { id });
    if (again) record("amended", { fact: id, body });
  };
  const keep = () => {
    if (effort !== null) tell("effort", "effort-reported", { session, effort, exercises: hard ? named : [] });
    if (worst !== null || furtherDown) {
      const about = { session, exercise: null, exercises: sore ? named : [] };
      const pain = { when: "after", nprs: worst, words: null, ...about, further_down_leg: furtherDown };
      tell("pain after", "pain-reported", pain);
    }
    if (kept !== null) tell("shape", "shape-reported", { session, exercise: null, kept });
    for (const test of ranOut) {
      const held_s = held[nameOf(test)];
      if (held_s === undefined) continue;
      const body = { session, exercise: test.exercise, side: test.side, held_s };
      tell(`held ${nameOf(test)}`, "hold-told", body);
    }
  };
  const finish = () => {
    stored.current = true;
    keep();
    onDone();
  };
  // Whoever leaves without more ado keeps what they tapped.
  const stored = useRef(false);
  const latest = useRef(keep);
  latest.current = keep;
  useEffect(() => {
    const leave = () => {
      if (!stored.current) latest.current();
      stored.current = true;
    };
    addEventListener("pagehide", leave);
    return () => {
      removeEventListener("pagehide", leave);
      leave();
    };
  }, []);
  // Whoever goes by keyboard, or by a screen reader that acts as one, has all the time there is and keeps it themselves.
  const [unhurried, setUnhurried] = useState(false);
  const [touched, setTouched] = useState(0);
  const keepsItself = complete && !unhurried;
  useEffect(() => {
    if (!keepsItself) return;
    const timer = setTimeout(finish, CHANGE_MS);
    return () => clearTimeout(timer);
  }, [effort, worst, kept, furtherDown, keepsItself, touched, named, held]);

  return (
    <form
      class="after"
      onKeyDown={() => setUnhurried(true)}
      onPointerDown={() => setTouched((times) => times + 1)}
      onSubmit={(event) => {
        event.preventDefault();
        finish();
      }}
    >
      <div class="after-pain">
        <Scale
          legend={t("ui.after.pain")}
          low={t("ui.pain.low")}
          high={t("ui.pain.high")}
          value={worst}
          onPick={setWorst}
        />
        <label class="tick">
          <input
            type="checkbox"
            checked={furtherDown}
            onChange={(event) => setFurtherDown(event.currentTarget.checked)}
          />
          <span>{t("ui.after.further-down")}</span>
        </label>
      </div>
      <Scale
        legend={t("ui.after.effort")}
        low={t("ui.after.effort.low")}
        high={t("ui.after.effort.high")}
        value={effort}
        onPick={setEffort}
      />
      {which !== null && (hard || sore) && <WhichOne which={which} named={named} onNamed={setNamed} />}
      {ranOut.map((test, place) => (
        <HeldFor
          key={nameOf(test)}
          first={place === 0}
          test={test}
          value={held[nameOf(test)] ?? null}
          onPick={(held_s) => setHeld({ ...held, [nameOf(test)]: held_s })}
        />
      ))}
      {shape && (
        <fieldset class="after-shape">
          <legend class="scale-legend">{t("ui.after.shape")}</legend>
          <div class="after-shapes">
            {SHAPES.map((one) => (
              <button
                key={one}
                type="button"
                class="scale-step"
                aria-pressed={kept === one}
                onClick={() => setKept(one)}
              >
                {t(`ui.after.shape.${one}`)}
              </button>
            ))}
          </div>
        </fieldset>
      )}
      <div class="after-end">
        <p role="status">{keepsItself ? t("ui.after.keeping") : ""}</p>
        <button type="submit" class={nothing ? "button button-plain" : "button"}>
          {t(nothing ? "ui.after.skip" : "ui.after.keep")}
        </button>
      </div>
    </form>
  );
}

/** Which exercises it came from; none picked means that it was all of them, or that nobody knows. */
function WhichOne({ which, named, onNamed }: { which: Which; named: string[]; onNamed(named: string[]): void }) {
  const toggle = (one: string): void =>
    onNamed(named.includes(one) ? named.filter((it) => it !== one) : [...named, one]);
  return (
    <fieldset class="after-shape">
      <legend class="scale-legend">{t("ui.after.which")}</legend>
      <p class="quiet">{t("ui.after.which.none")}</p>
      <div class="after-shapes">
        {which.exercises.map((one) => (
          <button
            key={one}
            type="button"
            class="scale-step"
            aria-pressed={named.includes(one)}
            onClick={() => toggle(one)}
          >
            {t(`${one}.name`)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

/** How long a measured hold was that no camera saw: the last number that was heard. */
interface HeldForProps {
  test: RanOut;
  /** What the number is asked for is said once, at the first of them. */
  first: boolean;
  value: number | null;
  onPick(held_s: number): void;
}

function HeldFor({ test, first, value, onPick }: HeldForProps) {
  const numbers = Array.from({ length: Math.floor(test.target_s / TOLD_EVERY_S) + 1 }, (_, i) => i * TOLD_EVERY_S);
  const exercise = `@${test.exercise}.name`;
  const name = test.side
    ? t("session.exercise-side", { exercise, side: `@side.${test.side}` })
    : t(`${test.exercise}.name`);
  return (
    <fieldset class="after-shape">
      <legend class="scale-legend">{t("ui.after.held", { exercise: name })}</legend>
      {first ? <p class="quiet">{t("ui.after.held.why")}</p> : null}
      <div class="after-numbers">
        {numbers.map((seconds) => (
          <button
            key={seconds}
            type="button"
            class="scale-step number"
            aria-pressed={value === seconds}
            onClick={() => onPick(seconds)}
          >
            {seconds === 0 ? t("ui.after.held.none") : seconds}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
