/** After a session: how hard it was and the worst pain, two taps. Either may be left out. */
import { useState } from "preact/hooks";
import { record } from "../api/facts";
import { t } from "../words/words";
import { Scale } from "./Scale";

export interface AfterSessionProps {
  /** The session's id. */
  session: string;
  /** Called when both are answered, or the rest is left out. What was tapped has been recorded by then. */
  onDone(): void;
}

export function AfterSession({ session, onDone }: AfterSessionProps) {
  const [effort, setEffort] = useState<number | null>(null);
  const [worst, setWorst] = useState<number | null>(null);
  const [furtherDown, setFurtherDown] = useState(false);

  const finish = () => {
    if (effort !== null) record("effort-reported", { session, effort });
    if (worst !== null || furtherDown) {
      record("pain-reported", {
        when: "after",
        nprs: worst,
        words: null,
        session,
        exercise: null,
        further_down_leg: furtherDown,
      });
    }
    onDone();
  };

  return (
    <form
      class="after"
      onSubmit={(event) => {
        event.preventDefault();
        finish();
      }}
    >
      <Scale
        legend={t("ui.after.effort")}
        low={t("ui.after.effort.low")}
        high={t("ui.after.effort.high")}
        value={effort}
        onPick={setEffort}
      />
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
      <div class="after-end">
        <button type="submit" class="button">
          {effort === null && worst === null && !furtherDown ? t("ui.after.leave-out") : t("ui.after.save")}
        </button>
      </div>
    </form>
  );
}
