/** While everything rests no exercise is taught: what to do instead, and the way back, stand in its place. */
import { waiting, warningWaits } from "../../api/facts";
import type { Day } from "../../api/types";
import { t, written } from "../../words/words";
import { Call } from "../today/PausedPage";
import { warningIsOpen } from "../welcome/kept";

/** Whether everything rests: by the plan's word, or by a warning sign that it has not heard of yet. */
export const everythingRests = (day: Day | null): boolean =>
  day?.kind === "paused" || warningIsOpen() || (waiting.value > 0 && warningWaits());

export function PauseCard({ day }: { day: Day | null }) {
  const verdict = day?.kind === "paused" ? day.verdict : null;
  return (
    <section class="card holdback">
      <h2>{verdict?.title ? written(verdict.title) : t("ui.open-answer.title")}</h2>
      <p>{verdict ? written(verdict.text ?? day?.lead ?? null) : t("ui.waits.paused")}</p>
      {verdict?.card ? <Call card={verdict.card} /> : null}
      <a href="/">{t("ui.exercise.rests.more")}</a>
    </section>
  );
}
