/** A warning sign was answered and not confirmed yet: nothing is started before somebody has said whether it is right. */
import { screening } from "../../api/load";
import type { Form } from "../../api/types";
import { Page } from "../../ui/Page";
import { Show } from "../../ui/States";
import { t } from "../../words/words";
import { warnings } from "../welcome/flow";
import { restore } from "../welcome/kept";

export function OpenAnswer() {
  return (
    <Page title={t("ui.open-answer.title")} className="open-answer">
      <p class="lead">{t("ui.open-answer.text")}</p>
      <Show from={screening}>
        {(form) => (
          <a class="button" href={checkOf(form)}>
            {t("ui.open-answer.go")}
          </a>
        )}
      </Show>
    </Page>
  );
}

/** Where the answer is read back. */
function checkOf(form: Form): string {
  const { answers } = restore(form);
  const index = form.cards.findIndex((card) => warnings(card, answers).length > 0);
  return index < 0 ? "/welcome" : `/welcome?at=${index + 1}&view=check`;
}
