/** Everything gone, after a word was typed; then what lumbar cannot reach. This browser forgets what it kept, too. */
import { useState } from "preact/hooks";
import { post } from "../../api/http";
import { forget, keptKeys } from "../../api/kept";
import { several } from "../../api/people";
import { forgetPerson, me } from "../../api/person";
import type { Erased } from "../../api/types";
import { t, written } from "../../words/words";
import { sentenceOf } from "./trouble";

export function Erase() {
  const [alone] = useState(() => !several.value);
  const [word, setWord] = useState("");
  const [gone, setGone] = useState<Erased | null>(null);
  const [told, setTold] = useState("");
  const [busy, setBusy] = useState(false);
  const erase = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setTold("");
    try {
      const erased = await post<Erased>("/api/erase", { word });
      if (alone) for (const key of keptKeys("lumbar.")) forget(key);
      else if (me.value !== null) forgetPerson(me.value);
      setGone(erased);
    } catch (error) {
      setTold(sentenceOf(error));
    }
    setBusy(false);
  };
  if (gone) return <Left gone={gone} />;
  return (
    <form class="card" onSubmit={(event) => void erase(event)}>
      <h2>{t(alone ? "ui.data.erase" : "ui.data.erase.mine")}</h2>
      <p>{t(alone ? "ui.data.erase.text" : "ui.data.erase.text-mine")}</p>
      <label class="field">
        <span>{t("ui.data.erase.word", { word: t("erase.word") })}</span>
        <input
          type="text"
          autocomplete="off"
          autocapitalize="none"
          maxLength={20}
          value={word}
          onInput={(event) => setWord(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button" disabled={busy || word.trim().toLowerCase() !== t("erase.word")}>
        {t(alone ? "ui.data.erase.do" : "ui.data.erase.mine")}
      </button>
      <p role="status">{told}</p>
    </form>
  );
}

/** A fresh load of the page, for this one still remembers what was. */
function Left({ gone }: { gone: Erased }) {
  return (
    <section class="card" role="status">
      <h2>{t("ui.data.erased")}</h2>
      <p>{t("erase.done", { count: gone.facts, backups: gone.backups })}</p>
      <ul>
        {gone.left.map((message) => (
          <li key={message.id}>{written(message)}</li>
        ))}
      </ul>
      <button type="button" class="button" onClick={() => location.assign("/")}>
        {t("ui.data.erased.on")}
      </button>
    </section>
  );
}
