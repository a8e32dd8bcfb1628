/** The session: large shapes, one sentence, three buttons. Voice and sound carry it; the page is for whoever can look. */

import { useEffect, useRef, useState } from "preact/hooks";
import { deviceId, moment, newId, zone } from "../api/device";
import { flush } from "../api/facts";
import { get, Problem, post } from "../api/http";
import { current as currentSource, today as todaySource } from "../api/load";
import { Figure } from "../figure/Figure";
import { AfterSession } from "../ui/AfterSession";
import { navigate } from "../ui/router";
import { t, written } from "../words/words";
import { CameraView } from "./CameraView";
import { Conductor, keptSession } from "./conductor";
import { HoldArc } from "./HoldArc";
import type { Snapshot, View } from "./player";
import { SessionIcon } from "./SessionIcon";
import type { HoldStep, SessionScript, Side } from "./script";
import "./session.css";

interface Running {
  script: SessionScript;
  started_at: string;
  device: string;
  done: { step: number; credited_s: number; outcome: string }[];
}

type Stage =
  | { at: "loading" }
  | { at: "carry-on"; script: SessionScript; from: Snapshot }
  | { at: "refused"; why: string; takeOver: boolean }
  | { at: "running"; conductor: Conductor };

export function SessionPage() {
  const [stage, setStage] = useState<Stage>({ at: "loading" });
  const running = useRef<Conductor | null>(null);
  const alive = useRef(true);
  const begin = (script: SessionScript, from: Snapshot | null): void => {
    const conductor = new Conductor(script);
    running.current = conductor;
    setStage({ at: "running", conductor });
    conductor.begin(from);
  };
  const open = (takeOver: boolean): void => {
    setStage({ at: "loading" });
    find(takeOver)
      .then(({ script, from }) => {
        if (!alive.current) return;
        // Sound needs a touch on this very page load: after a reload one is asked for.
        if (from && !navigator.userActivation?.hasBeenActive) setStage({ at: "carry-on", script, from });
        else begin(script, from);
      })
      .catch((error: unknown) => {
        const problem = error instanceof Problem;
        setStage({
          at: "refused",
          why: problem ? error.detail : t("ui.gone.text"),
          takeOver: problem && isTakeOver(error),
        });
      });
  };
  useEffect(() => {
    document.title = t("ui.title", { page: t("session.title") });
    open(false);
    return () => {
      alive.current = false;
      running.current?.leave();
    };
  }, []);

  if (stage.at === "loading") return <Quiet text={t("session.loading")} />;
  if (stage.at === "refused") {
    return (
      <Quiet title={t("session.cannot-start")} text={stage.why}>
        {stage.takeOver && (
          <button type="button" class="button" onClick={() => open(true)}>
            {t("session.take-over")}
          </button>
        )}
        <a class="button button-plain" href="/">
          {t("session.to-today")}
        </a>
      </Quiet>
    );
  }
  if (stage.at === "carry-on") {
    return (
      <Quiet title={t("session.title")} text={t("session.carry-on-text")}>
        <button type="button" class="session-start" onClick={() => begin(stage.script, stage.from)}>
          {t("session.carry-on")}
        </button>
        <a class="button button-plain" href="/">
          {t("session.to-today")}
        </a>
      </Quiet>
    );
  }
  return <Running conductor={stage.conductor} />;
}

/** Another device runs the session; the person may want it here. */
const isTakeOver = (problem: Problem): boolean => problem.problem?.id === "error.other-device";

/** The unfinished session of today, taken up where it was; else a new one. */
async function find(takeOver: boolean): Promise<{ script: SessionScript; from: Snapshot | null }> {
  await flush();
  const unfinished = await get<Running | null>("/api/sessions/current");
  const mine = unfinished?.device === deviceId();
  if (unfinished && mine) return { script: unfinished.script, from: whereItWas(unfinished) };
  const id = unfinished && takeOver ? unfinished.script.session : newId();
  const started = await post<{ script: SessionScript }>("/api/sessions", {
    id,
    at: moment(),
    zone: zone(),
    device: deviceId(),
    only: null,
    take_over: takeOver,
  });
  // Taken over from another device: it goes on here where the record knows that it was.
  const from = unfinished && takeOver ? whereItWas(unfinished) : null;
  return { script: started.script, from };
}

/** What this browser remembers, unless the record already knows of more. */
function whereItWas(running: Running): Snapshot {
  const kept = keptSession(running.script.session);
  const last = Math.max(-1, ...running.done.map((done) => done.step));
  const leftOut = exercisesLeftOut(running);
  if (kept && kept.step > last) return { ...kept, left_out: [...new Set([...kept.left_out, ...leftOut])] };
  return { session: running.script.session, step: last + 1, earned_s: 0, left_out: leftOut };
}

function exercisesLeftOut(running: Running): string[] {
  return running.done
    .filter((done) => done.outcome === "skipped" || done.outcome === "hurt")
    .map((done) => running.script.steps[done.step])
    .filter((step): step is HoldStep => step?.kind === "hold")
    .map((step) => step.exercise);
}

function Quiet({ title, text, children }: { title?: string; text: string; children?: preact.ComponentChildren }) {
  return (
    <main class="session session-quiet" id="main">
      {title ? <h1>{title}</h1> : <h1 class="unseen">{t("session.title")}</h1>}
      <p role="status">{text}</p>
      <div class="session-quiet-ways">{children}</div>
    </main>
  );
}

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
      if (event.key === " " && !onButton) togglePause(conductor);
      else if (event.key === "ArrowRight") conductor.command("skip");
      else if (event.key === "h" || event.key === "H") conductor.command("hurts");
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

function Running({ conductor }: { conductor: Conductor }) {
  const { view, asking, over, camera } = conductor.stage;
  const tall = useTall();
  useKeys(conductor);
  const ended = over.value;
  useEffect(() => {
    if (ended === null) return;
    void flush().then(() => {
      void todaySource.load();
      void currentSource.load();
      navigate("/", { replace: true });
    });
  }, [ended]);
  const now = view.value;
  if (asking.value || now.mood === "asking") {
    return (
      <main class="session session-after" id="main">
        <h1>{t("session.done-short")}</h1>
        <AfterSession session={now.step.kind === "ask" ? conductor.session : ""} onDone={() => conductor.answered()} />
      </main>
    );
  }
  const seeing = ["loading", "on"].includes(camera.value);
  return (
    <main class={`session session-${now.mood} ${seeing ? "session-seeing" : ""}`} id="main">
      <div class="session-glow" aria-hidden="true" />
      <HoldArc share={shareOf(now)} mood={arcMood(now)} tall={tall} />
      <div class="session-window">
        {seeing ? <CameraView conductor={conductor} placing={now.step.kind !== "hold"} /> : <Shown view={now} />}
      </div>
      <div class="session-horizon" aria-hidden="true" />
      <Name view={now} />
      <Next view={now} />
      <Clock view={now} />
      <p class="session-cue" role="status" aria-live="polite" data-length={lengthOf(sentence(conductor))}>
        {sentence(conductor)}
      </p>
      <Notes conductor={conductor} />
      <Controls conductor={conductor} paused={now.mood === "paused"} />
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

function Name({ view }: { view: View }) {
  const what = "side" in view.step ? view.step : null;
  return (
    <div class="session-name">
      <h1>{what ? nameOf(what) : t(`session.part.${view.step.kind}`)}</h1>
      {view.step.kind === "hold" && <p>{setWords(view.step)}</p>}
    </div>
  );
}

function setWords(step: HoldStep): string {
  const { set, sets, hold, holds } = step;
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

function helper(view: View): string {
  if (view.looking) return t("session.starts-when-in-position");
  if (view.mood !== "ready") return t(HELPERS[view.mood]);
  return t(READY[view.step.kind] ?? "session.get-ready");
}

function Clock({ view }: { view: View }) {
  const seconds = Math.ceil(view.left_s - 0.05);
  const timed = view.target_s > 0 && !view.looking;
  return (
    <div class="session-clock">
      <p class="session-helper">{helper(view)}</p>
      {timed && (
        <p class="session-seconds" role="timer" aria-label={t("session.clock-label", { seconds })}>
          {Math.max(0, seconds)}
        </p>
      )}
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
  return conductor.stage.caption.value;
}

function Notes({ conductor }: { conductor: Conductor }) {
  const { camera, model, lineUp, view } = conductor.stage;
  const notes: string[] = [];
  if (!lineUp.value) notes.push(t("session.line-down"));
  if (camera.value !== "on" && camera.value !== "off") notes.push(t(`session.camera.${camera.value}`));
  if (camera.value === "on" && model.value === "lite") notes.push(t("session.camera.lite"));
  if (camera.value === "on" && view.value.step.kind !== "hold") notes.push(t("session.camera.estimate"));
  if (conductor.voiceless) notes.push(t("session.no-voice"));
  if (notes.length === 0) return null;
  return <p class="session-notes">{notes[0]}</p>;
}

function Controls({ conductor, paused }: { conductor: Conductor; paused: boolean }) {
  const on = ["asking", "loading", "on"].includes(conductor.stage.camera.value);
  return (
    <>
      <div class="session-controls">
        <button type="button" class="session-round" onClick={() => togglePause(conductor)} aria-keyshortcuts="Space">
          <SessionIcon name={paused ? "play" : "pause"} />
          <span class="unseen">{t(paused ? "session.go-on" : "session.pause")}</span>
        </button>
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
        <button type="button" class="session-round" onClick={() => conductor.toggleCamera()} aria-pressed={on}>
          <SessionIcon name={on ? "camera" : "camera-off"} />
          <span class="unseen">{t(on ? "session.camera-off" : "session.camera-on")}</span>
        </button>
      </div>
      <button type="button" class="session-hurts" onClick={() => conductor.command("hurts")} aria-keyshortcuts="H">
        <SessionIcon name="hand" />
        {t("session.it-hurts")}
      </button>
    </>
  );
}
