/** What a weight waits to be seen well held, where no camera saw it: a tick for each that they watched. */
import type { Day } from "../../api/types";
import { t } from "../../words/words";
import { unseen } from "./watched";

export function Watched({ day }: { day: Day }) {
  const found = unseen(day);
  if (found.length === 0) return null;
  return (
    <fieldset class="review-row">
      <legend>{t("ui.reviewed.watched")}</legend>
      <p class="quiet">{t("ui.reviewed.watched.note")}</p>
      {found.map((exercise) => (
        <label key={exercise} class="tick">
          <input type="checkbox" name="watched" value={exercise} />
          <span>{t("ui.reviewed.watched.tick", { exercise: t(`${exercise}.name`) })}</span>
        </label>
      ))}
    </fieldset>
  );
}
