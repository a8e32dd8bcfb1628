/** Who has seen a person, when, and what they are: the fields of every word that is taken down from a professional. */
import { localDate } from "../api/device";
import { t } from "../words/words";

export interface Seen {
  on: string;
  by_whom: string;
  profession: string;
}

export function SeenByFields() {
  return (
    <>
      <label class="field">
        <span>{t("ui.clearance.seen-on")}</span>
        <input type="date" name="seen_on" required max={localDate()} />
      </label>
      <label class="field">
        <span>{t("ui.clearance.by-whom")}</span>
        <input type="text" name="by_whom" required maxLength={200} autocomplete="off" pattern=".*\S.*" />
      </label>
      <label class="field">
        <span>{t("ui.clearance.profession")}</span>
        <input type="text" name="profession" required maxLength={200} autocomplete="off" pattern=".*\S.*" />
      </label>
    </>
  );
}

/** What the fields say. */
export const seenBy = (fields: FormData): Seen => ({
  on: String(fields.get("seen_on")),
  by_whom: String(fields.get("by_whom")).trim(),
  profession: String(fields.get("profession")).trim(),
});

export interface FormEndProps {
  /** What is still missing, once it was tried. */
  told: string;
  /** The way out: an address, or what to do. */
  cancel: string | (() => void);
}

/** What is missing, the buttons, and whose words these are. */
export function SeenByEnd({ told, cancel }: FormEndProps) {
  return (
    <>
      <p class="question-told" role="status">
        {told}
      </p>
      <div class="clearance-end">
        <button type="submit" class="button">
          {t("ui.clearance.save")}
        </button>
        {typeof cancel === "string" ? (
          <a class="button button-quiet" href={cancel}>
            {t("ui.cancel")}
          </a>
        ) : (
          <button type="button" class="button button-quiet" onClick={cancel}>
            {t("ui.cancel")}
          </button>
        )}
      </div>
      <p class="quiet">{t("ui.clearance.own")}</p>
    </>
  );
}
