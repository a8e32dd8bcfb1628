import { Page } from "../ui/Page";
import { t } from "../words/words";

export function MissingPage() {
  return (
    <Page title={t("ui.missing.title")}>
      <p class="lead">{t("ui.missing.text")}</p>
      <p>
        <a class="button" href="/">
          {t("ui.progress.empty.go")}
        </a>
      </p>
    </Page>
  );
}
