/** What a phone sees that was not let in yet: the code, a name, one button. A scanned code is already filled in. */
import { useEffect, useState } from "preact/hooks";
import { flush } from "../../api/facts";
import { Problem } from "../../api/http";
import { beLetIn, CERTIFICATE, whoAmI } from "../../api/lan";
import { keepPage } from "../../offline/install";
import { Page } from "../../ui/Page";
import { navigate } from "../../ui/router";
import { t } from "../../words/words";
import { Certificate } from "./Certificate";

export function PairPage() {
  const [scanned] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const [why, setWhy] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const certificate = useCertificate();
  useEffect(() => {
    // The code has done its work in the address bar; it should stand in no history.
    if (location.hash) history.replaceState(null, "", location.pathname);
    whoAmI().then(
      (me) => navigate(me.device ? "/" : "/phone", { replace: true }),
      () => undefined,
    );
  }, []);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setWhy(null);
    try {
      await beLetIn(String(fields.get("code")), String(fields.get("name")));
      void keepPage();
      void flush();
      navigate("/", { replace: true });
    } catch (error) {
      setWhy(error instanceof Problem ? error.detail : t("ui.gone.text"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Page title={t("ui.pair.title")} className="prose phone" bare>
      <form class="card" onSubmit={(event) => void submit(event)}>
        <p>{t(scanned ? "ui.pair.scanned" : "ui.pair.text")}</p>
        <label class="field">
          <span>{t("ui.pair.code")}</span>
          <input
            class="pair-code"
            name="code"
            required
            maxLength={20}
            defaultValue={scanned}
            autocomplete="one-time-code"
            autocapitalize="characters"
            spellcheck={false}
          />
        </label>
        <label class="field">
          <span>{t("ui.pair.name")}</span>
          <input name="name" maxLength={40} defaultValue={t(`ui.pair.name.${kindOfDevice()}`)} autocomplete="off" />
        </label>
        <p role="alert">{why ?? ""}</p>
        <button type="submit" class="button button-wide" disabled={busy}>
          {t("ui.pair.go")}
        </button>
      </form>
      {certificate ? <Certificate fingerprint={null} /> : null}
    </Page>
  );
}

/** Whether there is a certificate of the home's own to install here. */
function useCertificate(): boolean {
  const [there, setThere] = useState(false);
  useEffect(() => {
    fetch(CERTIFICATE)
      .then((answer) => answer.blob().then(() => setThere(answer.ok)))
      .catch(() => undefined);
  }, []);
  return there;
}

/** A first word for the device's name, as the browser itself calls it. */
function kindOfDevice(): "iphone" | "ipad" | "android" | "other" {
  if (/iPhone/.test(navigator.userAgent)) return "iphone";
  if (/iPad|Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1) return "ipad";
  return /Android/.test(navigator.userAgent) ? "android" : "other";
}
