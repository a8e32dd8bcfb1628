/** The watch: off until somebody starts it, with the camera's light in words, and what the page cannot know. */
import type { Ref } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { DeskProfile, DeskStanding, DeskState } from "../../api/types";
import type { CameraState } from "../../camera/camera";
import { type Quiet as QuietSpan, quiet as quietNow } from "../../desk/shown";
import { askForNotices, notices, notify, softSound, wakeSound } from "../../desk/tell";
import { isOn, WITHOUT, watcher } from "../../desk/watcher";
import { Icon } from "../../ui/Icon";
import { clock, dateOf } from "../../words/when";
import { t, written } from "../../words/words";
import { sentenceOf } from "../data/trouble";

const SECOND_MS = 1000;

/** There is no camera to switch off, and there was none, or there is none any more. */
const FAILED: ReadonlySet<CameraState> = new Set<CameraState>(["refused", "absent", "busy", "unable", "gone"]);

interface WatchProps {
  state: DeskState;
  rest: () => void;
  calibrate: (name: string) => void;
}

export function WatchCard({ state, rest, calibrate }: WatchProps) {
  const watch = watcher();
  const newest = state.profiles.at(-1);
  const [chosen, setChosen] = useState<string | null>(null);
  const [told, setTold] = useState("");
  const profile = state.profiles.find((one) => one.name === chosen) ?? newest;
  const on = watch.profile.value !== null;
  const asked = Boolean(watch.standing.value?.waiting);
  const heading = useRef<HTMLHeadingElement>(null);
  const was = useRef(on);
  const again = useRef<HTMLButtonElement>(null);
  /** The button that was pressed is gone: what begins, or is over, is read from its top. */
  useEffect(() => {
    if (was.current === on) return;
    was.current = on;
    heading.current?.focus();
  }, [on]);
  const begin = (name: string) => {
    void wakeSound();
    void askForNotices();
    setTold("");
    watch.said = (waiting) => {
      softSound();
      notify(t("posture.title"), written(waiting.message), "lumbar-desk");
    };
    watch.watch(name);
  };
  const quiet = async (span: "while" | "today") => {
    setTold("");
    try {
      await watch.snooze(span);
      requestAnimationFrame(() => again.current?.focus()); // the button that was pressed is gone
    } catch (error) {
      setTold(sentenceOf(error));
    }
  };
  const speakAgain = async () => {
    try {
      await watch.speakAgain();
      setTold(t("posture.speaks-again"));
      heading.current?.focus(); // the button that was pressed is gone
    } catch (error) {
      setTold(sentenceOf(error));
    }
  };
  const without = () => {
    watch.stop();
    begin(WITHOUT);
  };
  const answer = (how: "dismiss" | "moved") => {
    setTold("");
    watch[how]().catch((error: unknown) => setTold(sentenceOf(error)));
  };
  return (
    <section class="card desk-watch">
      <h2 ref={heading} tabIndex={-1}>
        {t("ui.desk.watch")}
      </h2>
      {on ? <Live rest={rest} answer={answer} without={without} /> : null}
      {on || !profile ? null : (
        <Begin profiles={state.profiles} profile={profile} pick={setChosen} begin={() => begin(profile.name)} />
      )}
      {on || profile ? null : (
        <>
          <p>{t("ui.desk.first")}</p>
          <button type="button" class="button" onClick={() => calibrate(t("ui.desk.profile.usual"))}>
            {t("ui.desk.calibrate")}
          </button>
        </>
      )}
      {on ? null : (
        <>
          <p>{t("ui.desk.without")}</p>
          <button type="button" class="button button-plain" onClick={() => begin(WITHOUT)}>
            {t("ui.desk.begin-without")}
          </button>
        </>
      )}
      <p role="alert">{watch.trouble.value ?? ""}</p>
      <p role="status">{told}</p>
      {asked ? null : (
        <button type="button" class="button button-plain" onClick={rest}>
          {t("ui.desk.break.now")}
        </button>
      )}
      <Quiet
        minutes={state.snooze_min}
        ask={(span) => void quiet(span)}
        speakAgain={() => void speakAgain()}
        again={again}
      />
      {on && !watch.hasCamera ? (
        <button type="button" class="button button-plain" onClick={() => watch.stop()}>
          {t("ui.desk.end-without")}
        </button>
      ) : null}
      <Unknown />
    </section>
  );
}

function Begin({
  profiles,
  profile,
  pick,
  begin,
}: {
  profiles: DeskProfile[];
  profile: DeskProfile;
  pick: (name: string) => void;
  begin: () => void;
}) {
  return (
    <>
      <p>{t("ui.desk.off")}</p>
      <label class="field">
        <span>{t("ui.desk.profile")}</span>
        <select value={profile.name} onChange={(event) => pick(event.currentTarget.value)}>
          {profiles.map((one) => (
            <option key={one.name} value={one.name}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      {profile.old ? <p class="quiet">{t("ui.desk.profile.old")}</p> : null}
      <button type="button" class="button" onClick={begin}>
        {t("ui.desk.begin")}
      </button>
    </>
  );
}

interface QuietProps {
  minutes: number;
  ask: (span: "while" | "today") => void;
  speakAgain: () => void;
  again: Ref<HTMLButtonElement>;
}

/**
 * Until when it is quiet, wherever that was asked for, and the way to take it back; it goes when the time is over. What would ask for
 * no more than there is already is not offered.
 */
function Quiet({ minutes, ask, speakAgain, again }: QuietProps) {
  const stands = useQuiet();
  return (
    <div class="desk-quiet">
      <p role="status">{stands ? untilWhen(stands) : ""}</p>
      <p class={stands ? "data-buttons" : "data-buttons desk-quiet-asks"}>
        {stands ? (
          <button type="button" class="button button-plain" ref={again} onClick={speakAgain}>
            {t("ui.desk.speak-again")}
          </button>
        ) : (
          <button type="button" class="button button-quiet" onClick={() => ask("while")}>
            {t("ui.desk.snooze", { minutes })}
          </button>
        )}
        {stands?.today ? null : (
          <button type="button" class="button button-quiet" onClick={() => ask("today")}>
            {t("ui.desk.snooze.today")}
          </button>
        )}
      </p>
    </div>
  );
}

/** The quiet that stands; null once its time is over. */
function useQuiet(): QuietSpan | null {
  const asked = quietNow.value;
  const [now_ms, look] = useState(Date.now());
  useEffect(() => {
    look(Date.now());
    if (asked === null) return;
    const timer = setInterval(() => look(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [asked?.until]);
  return asked !== null && new Date(asked.until).getTime() > now_ms ? asked : null;
}

const untilWhen = ({ until, today }: QuietSpan): string => {
  const sameDate = dateOf(until) === dateOf(new Date().toISOString());
  const name = sameDate ? "posture.quiet-until" : "posture.quiet-until-tomorrow";
  return t(today ? "posture.quiet-today" : name, { until: clock(until) });
};

interface LiveProps {
  rest: () => void;
  answer: (how: "dismiss" | "moved") => void;
  /** Goes on by the clock alone. */
  without: () => void;
}

function Live({ rest, answer, without }: LiveProps) {
  const watch = watcher();
  const failed = FAILED.has(watch.camera.value);
  const standing = watch.standing.value;
  const waiting = standing?.waiting;
  return (
    <>
      {watch.hasCamera ? <CameraLight /> : <p>{t("ui.desk.without")}</p>}
      {waiting ? (
        <div class="desk-nudge" role="alert">
          <p>{written(waiting.message)}</p>
          <p class="data-buttons">
            <button type="button" class="button" onClick={rest}>
              {t("ui.desk.break.now")}
            </button>
            <button type="button" class="button button-plain" onClick={() => answer("dismiss")}>
              {t("ui.desk.not-now")}
            </button>
          </p>
        </div>
      ) : null}
      {standing ? <Sees standing={standing} judges={watch.hasCamera} /> : null}
      {watch.hasCamera ? null : (
        <button type="button" class="button" onClick={() => answer("moved")}>
          {t("ui.desk.moved")}
        </button>
      )}
      {watch.hasCamera && failed ? (
        <button type="button" class="button" onClick={without}>
          {t("ui.desk.begin-without")}
        </button>
      ) : null}
      {watch.hasCamera ? (
        <button type="button" class={failed ? "button button-plain" : "button"} onClick={() => watch.stop()}>
          {t(failed ? "ui.desk.end-without" : "ui.desk.end")}
        </button>
      ) : null}
    </>
  );
}

/** What the camera does, in words that cannot be overlooked, and its picture. */
export function CameraLight() {
  const watch = watcher();
  const { value: camera } = watch.camera;
  const { value: resting } = watch.resting;
  return (
    <>
      <p class="desk-light" role="status" data-camera={isOn(camera) ? "on" : "off"}>
        <Icon name="camera" size={22} />
        <strong>{t(`ui.desk.camera.${isOn(camera) ? camera : (resting ?? camera)}`)}</strong>
      </p>
      {isOn(camera) ? <Mirror /> : null}
    </>
  );
}

/** The camera's own picture, as a mirror. */
function Mirror() {
  const { video } = watcher();
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  useEffect(() => {
    if (!frame) return;
    video.setAttribute("aria-label", t("session.video-label"));
    video.className = "desk-video";
    frame.append(video);
    void video.play().catch(() => undefined); // a video that is moved in the page stops in some browsers
    return () => video.remove();
  }, [frame, video]);
  return <div class="desk-mirror" ref={setFrame} />;
}

function Sees({ standing, judges }: { standing: DeskStanding; judges: boolean }) {
  const minutes = Math.floor(standing.still_s / 60);
  return (
    <dl class="desk-sees">
      {judges ? (
        <div>
          <dt>{t("ui.desk.sees")}</dt>
          <dd>{standing.doubt ? t(`ui.desk.doubt.${standing.doubt}`) : t(`posture.state.${standing.state}`)}</dd>
        </div>
      ) : null}
      <div>
        <dt>{t("ui.desk.still")}</dt>
        <dd>{t("ui.desk.minutes", { count: minutes })}</dd>
      </div>
      {standing.silence && standing.silence !== "away" && !standing.waiting ? (
        <div>
          <dt>{t("ui.desk.silent")}</dt>
          <dd>{t(`posture.silence.${standing.silence}`)}</dd>
        </div>
      ) : null}
    </dl>
  );
}

function Unknown() {
  return (
    <details>
      <summary>
        {t("ui.desk.unknown")}
        <Icon name="next" size={18} />
      </summary>
      <p>{t("ui.desk.unknown.text")}</p>
      <p>{t("ui.desk.window.text")}</p>
      <p>
        <button
          type="button"
          class="button button-plain"
          onClick={() => open("/desk", "lumbar-desk", "popup,width=460,height=760")}
        >
          {t("ui.desk.window")}
        </button>
      </p>
      {notices() === "granted" ? null : <p>{t("ui.desk.notices.none")}</p>}
      <p class="quiet">{t("cli.posture.estimate")}</p>
    </details>
  );
}
