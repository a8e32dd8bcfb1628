/** One's own PIN: set, changed, taken away. */
import { useState } from "preact/hooks";
import { changePin, type Person } from "../../api/people";
import { t } from "../../words/words";
import { sentenceOf } from "../data/trouble";

export function OwnPin({ person }: { person: Person }) {
  const [told, setTold] = useState("");
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const fields = new FormData(form);
    const none = (event.submitter as HTMLButtonElement | null)?.value === "none";
    try {
      await changePin(person.id, none ? null : String(fields.get("pin")), String(fields.get("old") ?? ""));
      setTold(t(none ? "ui.pin.gone" : "ui.pin.done"));
    } catch (error) {
      setTold(sentenceOf(error));
    }
    form.reset();
  };
  const digits = { type: "password", inputMode: "numeric", autocomplete: "off", maxLength: 8 } as const;
  return (
    <form class="card" onSubmit={(event) => void submit(event)}>
      <h2>{t("ui.pin.title")}</h2>
      <p>{t("ui.pin.text")}</p>
      {person.pin ? (
        <label class="field">
          <span>{t("ui.pin.old")}</span>
          <input name="old" {...digits} />
        </label>
      ) : null}
      <label class="field">
        <span>{t("ui.pin.new")}</span>
        <input name="pin" {...digits} />
      </label>
      <p class="data-buttons">
        <button type="submit" class="button">
          {t(person.pin ? "ui.pin.change" : "ui.pin.set")}
        </button>
        {person.pin ? (
          <button type="submit" class="button button-plain" value="none">
            {t("ui.pin.none")}
          </button>
        ) : null}
      </p>
      <p role="status">{told}</p>
      <p class="quiet">
        {t("ui.who.forgotten")} <code>lumbar person pin --reset{person.name ? ` "${person.name}"` : ""}</code>
      </p>
    </form>
  );
}
