/** Reminders on this device, and the address of the calendar, with honest words about who can read it. */
import { useState } from "preact/hooks";
import { deviceId, zone } from "../../api/device";
import { post } from "../../api/http";
import { calendar } from "../../api/load";
import { askForNotices } from "../../desk/tell";
import { Show } from "../../ui/States";
import { change, settings } from "../../ui/settings";
import { t, words } from "../../words/words";
import { sentenceOf } from "../data/trouble";

export function RemindCard() {
  const remind = (on: boolean) => {
    change({ reminders: on });
    if (on) void askForNotices();
  };
  return (
    <section class="card">
      <h2>{t("ui.remind.title")}</h2>
      <p>{t("ui.remind.text")}</p>
      <label class="tick">
        <input
          type="checkbox"
          checked={settings.value.reminders}
          onChange={(event) => remind(event.currentTarget.checked)}
        />
        <span>{t("ui.remind.here")}</span>
      </label>
      <h3>{t("ui.calendar.title")}</h3>
      <p>{t("ui.calendar.text")}</p>
      <Show from={calendar}>{({ path }) => <Address path={path} />}</Show>
    </section>
  );
}

function Address({ path }: { path: string | null }) {
  const [told, setTold] = useState("");
  const ask = async (what: "key" | "off") => {
    const said = what === "key" && path === null ? "ui.calendar.made" : `ui.calendar.${what}.done`;
    try {
      await post(`/api/calendar/${what}`, { device: deviceId() });
      await calendar.load();
      setTold(t(said));
    } catch (error) {
      setTold(sentenceOf(error));
    }
  };
  if (path === null)
    return (
      <>
        <button type="button" class="button button-plain" onClick={() => void ask("key")}>
          {t("ui.calendar.make")}
        </button>
        <p role="status">{told}</p>
      </>
    );
  const language = words.value?.language ?? "en";
  const address = `${location.origin}${path}&zone=${encodeURIComponent(zone())}&language=${language}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      setTold(t("ui.calendar.copied"));
    } catch {
      setTold(t("ui.calendar.uncopied"));
    }
  };
  return (
    <>
      <label class="field">
        <span>{t("ui.calendar.address")}</span>
        <input type="text" readOnly value={address} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <p class="quiet">{t("ui.calendar.who")}</p>
      <p class="data-buttons">
        <button type="button" class="button" onClick={() => void copy()}>
          {t("ui.calendar.copy")}
        </button>
        <a class="button button-plain" href={address} download="lumbar.ics">
          {t("ui.calendar.file")}
        </a>
        <button type="button" class="button button-quiet" onClick={() => void ask("key")}>
          {t("ui.calendar.key")}
        </button>
        <button type="button" class="button button-quiet" onClick={() => void ask("off")}>
          {t("ui.calendar.off")}
        </button>
      </p>
      <p role="status">{told}</p>
    </>
  );
}
