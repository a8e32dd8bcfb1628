/** A baseline in three poses: as usual first, before anybody has thought of how to sit. Only averages are kept. */
import { useEffect, useRef, useState } from "preact/hooks";
import { post } from "../../api/http";
import type { DeskState } from "../../api/types";
import { softSound, wakeSound } from "../../desk/tell";
import { type Points, watcher } from "../../desk/watcher";
import { say, t } from "../../words/words";
import { sentenceOf } from "../data/trouble";
import { hush, speak } from "./spoken";
import { CameraLight } from "./WatchCard";

const POSES = ["usual", "tall", "slump"] as const;
const TICK_MS = 200;

interface Stage {
  pose: number;
  holding: boolean;
  left_s: number;
}

export function Calibrate({ name, state, done }: { name: string; state: DeskState; done: () => void }) {
  const watch = watcher();
  const [stage, setStage] = useState<Stage | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const [kept, setKept] = useState(false);
  const seen = useRef<{ aspect: number; poses: Points[][] }>({ aspect: 1, poses: [[], [], []] });
  const live = useRef<Stage | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const camera = watch.camera.value;

  /** The button that began it is gone: what comes is read from its top. */
  useEffect(() => heading.current?.focus(), []);

  useEffect(() => {
    void wakeSound();
    void watch.borrow(state.captures_hz, ({ aspect, points }) => {
      seen.current.aspect = aspect;
      if (live.current?.holding) seen.current.poses[live.current.pose]?.push(points);
    });
    return () => {
      hush();
      watch.release();
    };
  }, [watch]);

  useEffect(() => {
    if (camera !== "on" || live.current) return;
    const send = async () => {
      const model = watch.model;
      watch.release();
      const [usual, tall, slump] = seen.current.poses;
      try {
        const body = { profile: name, model, aspect: seen.current.aspect, usual, tall, slump };
        await post("/api/desk/profiles", watch.from(body));
        setKept(true);
        setTold(t("ui.desk.calibrated", { name }));
      } catch (error) {
        setTold(sentenceOf(error));
      }
    };
    seen.current.poses = [[], [], []];
    const end = runPoses(state, (now) => {
      live.current = now;
      setStage(now);
      if (now === null) void send();
    });
    return () => {
      end();
      live.current = null; // a camera that goes away in the middle ends it, and begins anew when it is back
      setStage(null);
    };
  }, [camera === "on"]);

  return (
    <section class="card desk-calibrate">
      <h2 ref={heading} tabIndex={-1}>
        {t("ui.desk.calibrate.of", { name })}
      </h2>
      {told === null ? <p>{t("ui.desk.calibrate.text", { seconds: state.capture_s })}</p> : null}
      <CameraLight />
      {stage ? (
        <>
          <p class="desk-pose" role="status">
            {t(stage.holding ? "ui.desk.pose.hold" : "ui.desk.pose.ready", {
              pose: `@posture.pose.${POSES[stage.pose]}`,
            })}
          </p>
          <p class="number desk-seconds" aria-hidden="true">
            {Math.ceil(stage.left_s)}
          </p>
        </>
      ) : null}
      <p role="status">{told ?? ""}</p>
      <button type="button" class={kept ? "button" : "button button-plain"} onClick={done}>
        {kept ? t("ui.desk.back") : t("ui.desk.cancel")}
      </button>
    </section>
  );
}

/** Goes through the poses in time; null at the end. Gives what ends it early. */
function runPoses(state: DeskState, show: (stage: Stage | null) => void): () => void {
  let pose = 0;
  let holding = false;
  let until_ms = 0;
  const enter = () => {
    const params = { pose: `@posture.pose.${POSES[pose]}` };
    if (holding) softSound();
    else speak(say("ui.desk.pose.ready", params));
    until_ms = performance.now() + 1000 * (holding ? state.capture_s : state.get_ready_s);
  };
  const tick = () => {
    const left_s = (until_ms - performance.now()) / 1000;
    if (left_s > 0) {
      show({ pose, holding, left_s });
      return;
    }
    if (holding) pose += 1;
    holding = !holding;
    if (pose >= POSES.length) {
      clearInterval(timer);
      softSound();
      show(null);
    } else enter();
  };
  enter();
  const timer = setInterval(tick, TICK_MS);
  return () => clearInterval(timer);
}
