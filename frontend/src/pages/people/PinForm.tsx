/** The PIN of a name that has one. After too many wrong ones it waits, and says for how long. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../../api/http";
import { become, type Person } from "../../api/people";
import { t } from "../../words/words";
import { sentenceOf } from "../data/trouble";

export function PinForm({ person }: { person: Person }) {
  const [told, setTold] = useState("");
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef(0);
  useEffect(() => {
    field.current?.focus();
    return () => clearTimeout(timer.current);
  }, []);
  const again = (): void => {
    setBusy(false);
    setTold("");
    field.current?.focus();
  };
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setTold("");
    try {
      await become(person.id, field.current?.value ?? "");
    } catch (error) {
      if (field.current) field.current.value = "";
      setTold(sentenceOf(error));
      const seconds = error instanceof Problem ? Number(error.problem?.params?.seconds ?? 0) : 0;
      if (seconds > 0) timer.current = window.setTimeout(again, seconds * 1000);
      else setBusy(false);
    }
  };
  return (
    <form class="pin-form" onSubmit={(event) => void submit(event)}>
      <label class="field">
        <span>{t("ui.who.pin", { name: person.name || t("ui.people.unnamed") })}</span>
        <input ref={field} type="password" inputMode="numeric" autocomplete="off" maxLength={8} required />
      </label>
      <button type="submit" class="button" disabled={busy}>
        {t("ui.who.go")}
      </button>
      <p role="alert">{told}</p>
      <p class="quiet">
        {t("ui.who.forgotten")} <code>lumbar person pin --reset{person.name ? ` "${person.name}"` : ""}</code>
      </p>
    </form>
  );
}
