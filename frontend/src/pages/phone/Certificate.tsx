/** The browser's warning, said honestly, and how the home's own certificate is installed on a phone. */
import { CERTIFICATE, PROFILE } from "../../api/lan";
import { list, t } from "../../words/words";

export function Certificate({ fingerprint }: { fingerprint: string | null }) {
  return (
    <section class="card">
      <h2>{t("ui.phone.warning")}</h2>
      {list("ui.phone.warning.text").map((text) => (
        <p key={text}>{text}</p>
      ))}
      <Way id="iphone" file={PROFILE} />
      <Way id="android" file={CERTIFICATE} />
      {fingerprint ? (
        <p class="quiet">
          {t("ui.phone.fingerprint")} <code class="fingerprint">{fingerprint}</code>
        </p>
      ) : null}
    </section>
  );
}

function Way({ id, file }: { id: "iphone" | "android"; file: string }) {
  return (
    <details class="way">
      <summary>{t(`ui.phone.${id}`)}</summary>
      <p>
        <a class="button button-plain" href={file} download>
          {t(`ui.phone.${id}.file`)}
        </a>
      </p>
      <ol>
        {list(`ui.phone.${id}.step`).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </details>
  );
}
