/** A warning sign was answered, and lumbar cannot be reached: stop here, whatever the page knew before. */
import { Page } from "../../ui/Page";
import { t } from "../../words/words";

export function HeldPage() {
  return (
    <Page title={t("ui.held.title")}>
      <p class="lead">{t("ui.held.text", { number: t("screen.emergency.number") })}</p>
      <p>{t("ui.held.kept")}</p>
    </Page>
  );
}
