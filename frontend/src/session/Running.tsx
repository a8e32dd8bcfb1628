/** A session that runs: large shapes, one sentence, a few buttons. Voice and sound carry it; this is for whoever can look. */

import { useEffect, useState } from "preact/hooks";
import { forgetful } from "../api/kept";
import { Figure } from "../figure/Figure";
import { settings } from "../ui/settings";
import { t, written } from "../words/words";
import { After, goToToday } from "./After";
import { CameraView } from "./CameraView";
import type { Conductor } from "./conductor";
import { HandSign } from "./HandSign";
import { HoldArc } from "./HoldArc";
import { placing, unjudged } from "./looks";
import type { View } from "./player";
import { Elsewhere, useFocus } from "./Quiet";
import { SessionIcon } from "./SessionIcon";
import type { HoldStep, Side, Sign } from "./script";

function useTall(): boolean {
  const query = "(max-aspect-ratio: 1/1)";
  const [tall, setTall] = useState(matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const listen = (): void => setTall(media.matches);
    media.addEventListener("change", listen);
    return () => media.removeEventListener("change", listen);
  }, []);
  return tall;
}

function useKeys(conductor: Conductor): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || conductor.stage.asking.value) return;
      const onButton = event.target instanceof HTMLButtonElement;
      if (event.key === " " && !onButton) restOrPause(conductor);
      else if (event.key === "ArrowRight") conductor.command("skip");
      else if (event.key === "ArrowLeft") conductor.command("again");
      else if (event.key === "ArrowDown") conductor.command("hurts");
      else if (event.key === "Escape") conductor.command("stop");
      else return;
      event.preventDefault();
    };
    // A button that was clicked must not take the space bar, which pauses; one that was reached by Tab may.
    const letGo = (event: MouseEvent): void => {
      const button = document.activeElement;
      if (event.detail > 0 && button instanceof HTMLButtonElement) button.blur();
    };
    addEventListener("keydown", press);
    addEventListener("click", letGo);
    return () => {
      removeEventListener("keydown", press);
      removeEventListener("click", letGo);
    };
  }, [conductor]);
}

const togglePause = (conductor: Conductor): void =>
  conductor.command(conductor.stage.view.value.mood === "paused" ? "resume" : "pause");

const inTest = ({ step, mood }: View): boolean =>
  step.kind === "hold" && step.test && ["counting", "waiting", "unseen"].includes(mood);

/** Whoever ends a measured hold wants to rest, and not to stop the session's clock. */
function restOrPause(conductor: Conductor): void {
  if (inTest(conductor.stage.view.value)) conductor.command("enough");
  else togglePause(conductor);
}

export function Running({ conductor, onTakeOver }: { conductor: Conductor; onTakeOver(): void }) {
  const { view, asking, over, camera } = conductor.stage;
  const tall = useTall();
  useKeys(conductor);
  const ended = over.value;
  useEffect(() => {
    if (ended !== null && ended !== "elsewhere") void goToToday();
  }, [ended]);
  const now = view.value;
  if (ended === "elsewhere") return <Elsewhere onTakeOver={onTakeOver} />;
  if (asking.value || now.mood === "asking") {
    return (
      <After
        title={t(`session.after.${now.how ?? "finished"}`)}
        session={conductor.session}
        asked={conductor.stage.questions.value}
        onDone={() => conductor.answered()}
      />
    );
  }
  const seeing = ["loading", "on"].includes(camera.value);
  const place = camera.value === "on" && placing(now.step);
  return (
    <main
      class={`session session-${now.mood} ${seeing ? "session-seeing" : ""} ${place ? "session-placing" : ""}`}
      id="main"
    >
      <div class="session-glow" aria-hidden="true" />
      <HoldArc share={shareOf(now)} mood={arcMood(now)} tall={tall} measured={now.measured} />
      <div class="session-window">
        {seeing ? <CameraView conductor={conductor} veiled={now.step.kind === "hold"} /> : <Shown view={now} />}
      </div>
      <div class="session-horizon" aria-hidden="true" />
      <Name view={now} />
      <Next view={now} />
      <Clock view={now} seeing={camera.value === "on"} lineUp={conductor.stage.lineUp.value} />
      <Cue conductor={conductor} />
      <Notes conductor={conductor} />
      <Controls conductor={conductor} paused={now.mood === "paused"} test={inTest(now)} />
    </main>
  );
}

function shareOf(view: View): number {
  return view.step.kind === "hold" && view.target_s > 0 ? view.credited_s / view.target_s : 0;
}

function arcMood(view: View): "counting" | "waiting" | "still" {
  if (view.mood === "counting") return "counting";
  return view.mood === "waiting" || view.mood === "unseen" || view.mood === "paused" ? "waiting" : "still";
}

/** The exercise that is on, or that comes next. */
function shown(view: View): { exercise: string; rung: string; side: Side | null } | null {
  if ("rung" in view.step) return view.step;
  return view.next;
}

function Shown({ view }: { view: View }) {
  const what = shown(view);
  // Nobody should kneel down while the voice says to walk on the spot.
  if (!what || view.step.kind === "sound-check" || view.step.kind === "warm-up") return null;
  const mode = view.step.kind === "announce" || view.step.kind === "get-ready" ? "loop" : "still";
  return (
    <div class="session-figure">
      <Figure exercise={what.exercise} rung={what.rung} side={what.side} mode={mode} line wide />
    </div>
  );
}

function nameOf(step: { exercise: string; side: Side | null }): string {
  const exercise = `@${step.exercise}.name`;
  if (step.side === null) return written({ id: `${step.exercise}.name`, params: {} });
  return t("session.exercise-side", { exercise, side: `@side.${step.side}` });
}

/** A name of more letters has smaller ones, so that it keeps to its corner beside the arch. */
const LONG_NAME = 30;

function Name({ view }: { view: View }) {
  const what = "side" in view.step ? view.step : null;
  const name = what ? nameOf(what) : t(`session.part.${view.step.kind}`);
  const heading = useFocus(true);
  return (
    <div class="session-name">
      <h1 ref={heading} tabIndex={-1} data-length={name.length > LONG_NAME ? "long" : "short"}>
        {name}
      </h1>
      {view.step.kind === "hold" && <p>{setWords(view.step)}</p>}
    </div>
  );
}

function setWords(step: HoldStep): string {
  const { set, sets, hold, holds } = step;
  if (step.repetition) return t("session.set-and-repetition", { set, sets, hold, holds });
  if (holds > 1 && sets > 1) return t("session.set-and-hold", { set, sets, hold, holds });
  if (holds > 1) return t("session.hold", { hold, holds });
  return sets > 1 ? t("session.set", { set, sets }) : "";
}

function Next({ view }: { view: View }) {
  const next = view.next;
  if (!next) return null;
  return (
    <div class="session-next">
      <span>{t("session.then")}</span>
      <strong>{nameOf(next)}</strong>
      <div class="session-next-figure">
        <Figure exercise={next.exercise} rung={next.rung} side={next.side} line />
      </div>
    </div>
  );
}

const HELPERS: Record<Exclude<View["mood"], "ready">, string> = {
  counting: "session.seconds-to-go",
  waiting: "session.waiting-for-you",
  unseen: "session.cannot-see",
  resting: "session.rest",
  paused: "session.paused-short",
  asking: "session.done-short",
  over: "session.done-short",
};

const READY: Partial<Record<View["step"]["kind"], string>> = {
  "sound-check": "session.listen",
  "warm-up": "session.warm-up",
  announce: "session.coming-up",
};

interface Seen {
  view: View;
  seeing: boolean;
  lineUp: boolean;
}

function helper({ view, seeing, lineUp }: Seen): string {
  if (view.mood === "counting" && unjudged(view, seeing)) return t("session.seconds-by-the-clock");
  if (view.mood === "unseen" && !view.reached) return t(lineUp ? "session.one-moment" : "session.connection-dropped");
  if (view.looking) return t("session.starts-when-in-position");
  if (view.mood !== "ready") return t(HELPERS[view.mood]);
  return t(READY[view.step.kind] ?? "session.get-ready");
}

function Clock(seen: Seen) {
  const { view } = seen;
  if (inTest(view)) return <Held {...seen} />;
  const seconds = Math.ceil(view.left_s - 0.05);
  const timed = view.target_s > 0 && !view.looking;
  return (
    <div class="session-clock">
      <p class="session-helper">{helper(seen)}</p>
      {timed && (
        <p class="session-seconds" role="timer" aria-label={t("session.clock-label", { seconds })}>
          {Math.max(0, seconds)}
        </p>
      )}
    </div>
  );
}

/** A measured hold counts up. */
function Held(seen: Seen) {
  const { view } = seen;
  const seconds = Math.floor(view.credited_s);
  return (
    <div class="session-clock">
      <p class="session-helper">{view.mood === "counting" ? t("session.seconds-held") : helper(seen)}</p>
      <p class="session-seconds" role="timer" aria-label={t("session.clock-held", { seconds })}>
        {seconds}
      </p>
    </div>
  );
}

/** Two lines hold a short sentence; see the style sheet for what the others get. */
function lengthOf(text: string): "short" | "long" | "longer" {
  if (text.length <= 44) return "short";
  return text.length <= 90 ? "long" : "longer";
}

function sentence(conductor: Conductor): string {
  const view = conductor.stage.view.value;
  if (view.cue) return written(view.cue);
  const caption = conductor.stage.caption.value;
  return caption === "" && inTest(view) ? t("session.test-hint") : caption;
}

/** What is said, to read. A screen reader says it only where the session's own voice does not. */
function Cue({ conductor }: { conductor: Conductor }) {
  const text = sentence(conductor);
  const speaks = settings.value.voice && !conductor.stage.voiceless.value;
  return (
    <p class="session-cue" role={speaks ? undefined : "status"} data-length={lengthOf(text)}>
      {text}
    </p>
  );
}

function Notes({ conductor }: { conductor: Conductor }) {
  const { camera, model, lineUp, view, voiceless } = conductor.stage;
  const notes: string[] = [];
  if (!lineUp.value) notes.push(t(view.value.measured ? "session.line-down" : "session.line-down-clock"));
  if (unjudged(view.value, camera.value === "on")) notes.push(t("session.unjudged"));
  if (camera.value !== "on" && camera.value !== "off") notes.push(t(`session.camera.${camera.value}`));
  if (camera.value === "on" && model.value === "lite") notes.push(t("session.camera.lite"));
  const sign = camera.value === "on" ? signNow(view.value) : null;
  if (sign && notes.length === 0) {
    return (
      <p class="session-notes session-notes-sign">
        <HandSign sign={sign} /> {t(`session.sign-hint.${sign}`)}
      </p>
    );
  }
  if (camera.value === "on" && view.value.step.kind !== "hold") notes.push(t("session.camera.estimate"));
  if (forgetful.value) notes.push(t("session.forgetful"));
  if (voiceless.value) notes.push(t("session.no-voice"));
  if (notes.length === 0) return null;
  return <p class="session-notes">{notes[0]}</p>;
}

/** The sign of the hand that is worth showing now: where it is told of, and in a pause. */
function signNow({ step, mood }: View): Sign | null {
  if (mood !== "paused" && step.kind !== "announce") return null;
  return ("sign" in step ? step.sign : null) ?? "arm";
}

function Controls({ conductor, paused, test }: { conductor: Conductor; paused: boolean; test: boolean }) {
  const on = ["asking", "loading", "on"].includes(conductor.stage.camera.value);
  return (
    <>
      <div class="session-controls">
        {test ? (
          <button
            type="button"
            class="session-round session-enough"
            onClick={() => conductor.command("enough")}
            aria-keyshortcuts="Space"
          >
            <SessionIcon name="check" />
            <span class="unseen">{t("session.enough")}</span>
          </button>
        ) : (
          <button type="button" class="session-round" onClick={() => togglePause(conductor)} aria-keyshortcuts="Space">
            <SessionIcon name={paused ? "play" : "pause"} />
            <span class="unseen">{t(paused ? "session.go-on" : "session.pause")}</span>
          </button>
        )}
        <button
          type="button"
          class="session-round"
          onClick={() => conductor.command("skip")}
          aria-keyshortcuts="ArrowRight"
        >
          <SessionIcon name="skip" />
          <span class="unseen">{t("session.skip")}</span>
        </button>
        <button
          type="button"
          class="session-round"
          onClick={() => conductor.command("stop")}
          aria-keyshortcuts="Escape"
        >
          <SessionIcon name="stop" />
          <span class="unseen">{t("session.stop")}</span>
        </button>
        <button type="button" class="session-round" onClick={() => conductor.toggleCamera()}>
          <SessionIcon name={on ? "camera" : "camera-off"} />
          <span class="unseen">{t(on ? "session.camera-off" : "session.camera-on")}</span>
        </button>
      </div>
      <button
        type="button"
        class="session-hurts"
        onClick={() => conductor.command("hurts")}
        aria-keyshortcuts="ArrowDown"
      >
        <SessionIcon name="hand" />
        {t("session.it-hurts")}
      </button>
    </>
  );
}
