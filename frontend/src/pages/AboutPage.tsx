/** What this is, what it can and cannot see, and what stays where. */
import { useEffect } from "preact/hooks";
import { Page } from "../ui/Page";
import { list, t } from "../words/words";

const PARTS = ["what", "general", "camera", "privacy", "ours", "review"] as const;

export function AboutPage() {
  useEffect(() => {
    const part = location.hash.slice(1);
    if (part) document.getElementById(part)?.scrollIntoView();
  }, []);
  return (
    <Page title={t("ui.about.title")} className="prose about">
      {PARTS.map((part) => (
        <section key={part} id={part} class="card">
          <h2>{t(`ui.about.${part}`)}</h2>
          {numbered(`ui.about.${part}`).map((text) => (
            <p key={text}>{text}</p>
          ))}
          {part === "review" ? (
            <p>
              <a class="way" href="/packet">
                {t("ui.packet.title")}
              </a>
            </p>
          ) : null}
          {part === "camera" ? (
            <p>
              <a class="way" href="/trust">
                {t("ui.trust.title")}
              </a>
            </p>
          ) : null}
        </section>
      ))}
      <section id="sources" class="card">
        <h2>{t("ui.about.sources")}</h2>
        <p>
          {t("ui.about.sources.text")} <a href="/exercises">{t("ui.about.sources.go")}</a>
        </p>
      </section>
    </Page>
  );
}

/** The numbered texts behind a heading that has words itself. */
const numbered = (id: string): string[] => list(id).slice(1);
