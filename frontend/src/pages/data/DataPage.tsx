/** The person's own record: out as a file, in from a file, backups, and gone for good. */
import { useState } from "preact/hooks";
import { addressed, post } from "../../api/http";
import { lan } from "../../api/lan";
import { backups } from "../../api/load";
import type { Backup } from "../../api/types";
import { Page } from "../../ui/Page";
import { Show } from "../../ui/States";
import { clock, dateOf, fullDate } from "../../words/when";
import { t } from "../../words/words";
import { Erase } from "./Erase";
import { Import } from "./Import";
import { sentenceOf } from "./trouble";

export function DataPage() {
  return (
    <Page title={t("ui.data.title")} className="settings">
      <Show from={lan}>{({ device }) => (device ? <OnThePhone /> : <AtTheComputer />)}</Show>
    </Page>
  );
}

/** A phone that is lost or lent must not be enough to carry the record away or to erase it: the server refuses it. */
function OnThePhone() {
  return (
    <section class="card">
      <h2>{t("ui.data.computer")}</h2>
      <p>{t("ui.data.computer.text")}</p>
    </section>
  );
}

function AtTheComputer() {
  return (
    <>
      <p class="lead">{t("ui.data.lead")}</p>
      <section class="card">
        <h2>{t("ui.data.export")}</h2>
        <p>{t("ui.data.export.text")}</p>
        <p class="data-buttons">
          <a class="button" href={addressed("/api/export?format=json")} download>
            {t("ui.data.export.json")}
          </a>
          <a class="button button-plain" href={addressed("/api/export?format=csv")} download>
            {t("ui.data.export.csv")}
          </a>
          <a
            class="button button-plain"
            href={addressed(`/api/export?format=fhir&language=${document.documentElement.lang}`)}
            download
          >
            {t("ui.data.export.fhir")}
          </a>
        </p>
      </section>
      <Import />
      <section class="card">
        <h2>{t("ui.data.backups")}</h2>
        <p>{t("ui.data.backups.text")}</p>
        <Show from={backups}>{({ backups: all }) => <Backups all={all} />}</Show>
      </section>
      <Erase />
    </>
  );
}

function Backups({ all }: { all: Backup[] }) {
  const [told, setTold] = useState("");
  const [busy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    setTold("");
    try {
      await post<Backup>("/api/backups", {});
      await backups.load();
      setTold(t("ui.data.backups.made"));
    } catch (error) {
      setTold(sentenceOf(error));
    }
    setBusy(false);
  };
  const last = all.at(-1);
  return (
    <>
      <p>
        {last
          ? t("ui.data.backups.last", { count: all.length, at: `${fullDate(dateOf(last.at))}, ${clock(last.at)}` })
          : t("ui.data.backups.none")}
      </p>
      <button type="button" class="button button-plain" disabled={busy} onClick={() => void make()}>
        {t("ui.data.backups.make")}
      </button>
      <p role="status">{told}</p>
    </>
  );
}
