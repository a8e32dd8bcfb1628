/** What rests until a review: each has a tick of its own, and what is not ticked rests on. */
import type { Day } from "../../api/types";
import { t } from "../../words/words";
import { resting } from "./resting";

export function Resting({ day }: { day: Day }) {
  const found = resting(day);
  if (found.length === 0) return null;
  return (
    <fieldset class="review-row">
      <legend>{t("ui.reviewed.rests")}</legend>
      <p class="quiet">{t("ui.reviewed.rests.note")}</p>
      {found.map((exercise) => (
        <label key={exercise} class="tick">
          <input type="checkbox" name="go_on" value={exercise} />
          <span>{t("ui.reviewed.rests.tick", { exercise: t(`${exercise}.name`) })}</span>
        </label>
      ))}
    </fieldset>
  );
}
