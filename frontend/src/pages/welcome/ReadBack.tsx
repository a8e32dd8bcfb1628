import type { Answers, ScreenItem } from "../../api/types";
import { t } from "../../words/words";

export interface ReadBackProps {
  items: ScreenItem[];
  answers: Answers;
  onRight(): void;
  onChange(): void;
}

/** A warning sign is read back once, before it takes effect. */
export function ReadBack({ items, answers, onRight, onChange }: ReadBackProps) {
  return (
    <>
      <ul class="readback">
        {items.map((item) => (
          <li key={item.id} class="card">
            <span class="readback-answer">{t(`ui.answer.${answers[item.id] ?? "rather-not-say"}`)}</span>
            <p>{t(item.short)}</p>
          </li>
        ))}
      </ul>
      <p class="lead">{t("ui.screen.check.text")}</p>
      <div class="question-end">
        <button type="button" class="button button-wide" onClick={onRight}>
          {t("ui.screen.check.right")}
        </button>
        <div class="question-quiet">
          <button type="button" class="button button-quiet" onClick={onChange}>
            {t("ui.screen.check.change")}
          </button>
        </div>
      </div>
    </>
  );
}
