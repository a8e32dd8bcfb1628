/** The guided break of about a minute: one thing after another, by voice and figure. Whoever gives it up has taken none. */
import { useEffect, useRef, useState } from "preact/hooks";
import { zone } from "../../api/device";
import { get, post } from "../../api/http";
import { today } from "../../api/load";
import type { DeskRest } from "../../api/types";
import { softSound, wakeSound } from "../../desk/tell";
import { watcher } from "../../desk/watcher";
import { Figure } from "../../figure/Figure";
import { spoken, t, written } from "../../words/words";
import { sentenceOf } from "../data/trouble";
import { hush, speakAfterSound, speaks } from "./spoken";

const TICK_MS = 200;
/** The one end of a break that the voice says as well. */
const DONE = "posture.break-done";

export function BreakCard({ done }: { done: () => void }) {
  const [rest, setRest] = useState<DeskRest | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const [place, setPlace] = useState({ step: 0, left_s: 0 });
  const heading = useRef<HTMLHeadingElement>(null);
  /** The button that began it is gone: what comes is read from its top. */
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    void wakeSound();
    watcher().pause(true);
    get<DeskRest>(`/api/desk/break?zone=${encodeURIComponent(zone())}`)
      .then(setRest)
      .catch((error: unknown) => {
        setTold(sentenceOf(error));
        watcher().pause(false);
      });
    return () => {
      hush();
      watcher().pause(false);
    };
  }, []);
  useEffect(() => {
    if (!rest) return;
    return runSteps(rest, (step, left_s) => {
      if (step < rest.steps.length) setPlace({ step, left_s });
      else void taken(rest).then(setTold);
    });
  }, [rest]);
  const step = told === null ? rest?.steps[place.step] : undefined;
  return (
    <section class="card desk-break">
      <h2 ref={heading} tabIndex={-1}>
        {t("ui.desk.break")}
      </h2>
      {step && rest ? <p class="quiet">{t("ui.desk.break.lasts", { seconds: rest.seconds })}</p> : null}
      {step ? (
        <>
          <p class="desk-pose" role={speaks() ? undefined : "status"}>
            {written(step.message)}
          </p>
          <p class="number desk-seconds" aria-hidden="true">
            {Math.ceil(place.left_s)}
          </p>
        </>
      ) : null}
      <p role={speaks() && told === t(DONE) ? undefined : "status"}>{told ?? ""}</p>
      <button type="button" class={told === null ? "button button-plain" : "button"} onClick={done}>
        {told === null ? t("ui.desk.break.stop") : t("ui.desk.back")}
      </button>
      {/* Last, for it may be taller than the window: whoever stands in a doorway does not scroll. */}
      {step?.exercise ? (
        <div class="desk-figure">
          <Figure exercise={step.exercise} rung={step.rung} side={step.side} mode="loop" />
        </div>
      ) : null}
    </section>
  );
}

/** The break is kept, and the watch goes on, whether anybody presses a button or not; gives what to say of it. */
export async function taken(rest: DeskRest): Promise<string> {
  const watch = watcher();
  const run = watch.profile.value === null ? null : watch.runId;
  try {
    await post("/api/desk/break", watch.from({ run, stretch: rest.stretch }));
    void today.load();
    speakAfterSound(t(DONE));
    return t(DONE);
  } catch (error) {
    softSound();
    return sentenceOf(error);
  } finally {
    watch.pause(false);
  }
}

/** Goes through the steps in time; the number of steps at the end. Gives what ends it early. */
function runSteps(rest: DeskRest, show: (step: number, left_s: number) => void): () => void {
  let step = -1;
  let until_ms = 0;
  const tick = () => {
    const left_s = (until_ms - performance.now()) / 1000;
    if (left_s > 0) {
      show(step, left_s);
      return;
    }
    step += 1;
    const next = rest.steps[step];
    if (!next) {
      clearInterval(timer);
      show(step, 0);
      return;
    }
    speakAfterSound(spoken(next.message));
    until_ms = performance.now() + next.seconds * 1000;
    show(step, next.seconds);
  };
  const timer = setInterval(tick, TICK_MS);
  return () => clearInterval(timer);
}
