/** Somebody new. Whoever is here alone gives their own name with it, so that the two can be told apart. */
import { useState } from "preact/hooks";
import { add, type Person, rename } from "../../api/people";
import { t } from "../../words/words";
import { sentenceOf } from "../data/trouble";

export function Add({ here, onAdded }: { here: Person; onAdded: (person: Person) => void }) {
  const [told, setTold] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const fields = new FormData(form);
    setBusy(true);
    setTold("");
    try {
      const own = fields.get("own");
      if (own !== null) await rename(here.id, String(own));
      const added = await add(String(fields.get("name")));
      form.reset();
      onAdded(added);
      setTold(t("ui.people.added", { name: added.name }));
    } catch (error) {
      setTold(sentenceOf(error));
    }
    setBusy(false);
  };
  return (
    <form class="card" onSubmit={(event) => void submit(event)}>
      <h2>{t("ui.people.add")}</h2>
      {here.name === "" ? (
        <label class="field">
          <span>{t("ui.people.own-name")}</span>
          <input name="own" required maxLength={40} autocomplete="given-name" />
        </label>
      ) : null}
      <label class="field">
        <span>{t("ui.people.their-name")}</span>
        <input name="name" required maxLength={40} autocomplete="off" />
      </label>
      <p class="quiet">{t("ui.people.add.text")}</p>
      <button type="submit" class="button" disabled={busy}>
        {t("ui.people.add")}
      </button>
      <p role="status">{told}</p>
    </form>
  );
}
