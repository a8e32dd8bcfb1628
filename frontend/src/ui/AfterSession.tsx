/** After a session: the worst pain and how hard it was, two taps; a third where no camera saw the shape. Any may be left out. */
import { useEffect, useRef, useState } from "preact/hooks";
import { idIn } from "../api/device";
import { record } from "../api/facts";
import { t } from "../words/words";
import { Scale } from "./Scale";

export interface AfterSessionProps {
  /** The session's id. */
  session: string;
  /** Whether to ask if the shape was kept: where the camera measured all of it, it knows. */
  shape: boolean;
  /** Called when both are answered, or the rest is left out. What was tapped has been recorded by then. */
  onDone(): void;
}

/** After the second answer, how long one may still change it before it is kept by itself. */
const CHANGE_MS = 6_000;

const SHAPES = ["yes", "mostly", "no"] as const;

export function AfterSession({ session, shape, onDone }: AfterSessionProps) {
  const [effort, setEffort] = useState<number | null>(null);
  const [worst, setWorst] = useState<number | null>(null);
  const [furtherDown, setFurtherDown] = useState(false);
  const [kept, setKept] = useState<(typeof SHAPES)[number] | null>(null);
  const nothing = effort === null && worst === null && kept === null && !furtherDown;
  const complete = effort !== null && worst !== null && (kept !== null || !shape);

  const keep = () => {
    if (effort !== null) record("effort-reported", { session, effort }, { id: idIn(session, "effort") });
    if (worst !== null || furtherDown) {
      const pain = { when: "after", nprs: worst, words: null, session, exercise: null, further_down_leg: furtherDown };
      record("pain-reported", pain, { id: idIn(session, "pain after") });
    }
    if (kept !== null) record("shape-reported", { session, exercise: null, kept }, { id: idIn(session, "shape") });
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
  }, [effort, worst, kept, furtherDown, keepsItself, touched]);

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
