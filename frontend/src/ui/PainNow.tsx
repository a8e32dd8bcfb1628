/** How much the back hurts at this moment: the number that is told before core work, and on any day of a flare-up. */
import { record } from "../api/facts";
import { t } from "../words/words";
import { Scale } from "./Scale";

export function PainNow({ value, onPick }: { value: number | null; onPick(nprs: number): void }) {
  return (
    <Scale
      legend={t("ui.pain.now")}
      quietLegend
      low={t("ui.pain.low")}
      high={t("ui.pain.high")}
      value={value}
      onPick={onPick}
    />
  );
}

export function recordPainNow(nprs: number): void {
  record("pain-reported", {
    when: "before",
    nprs,
    words: null,
    session: null,
    exercise: null,
    further_down_leg: false,
  });
}
