/** Erasing, as it is asked for everywhere: a word is typed first; then what is gone, and what lumbar cannot reach. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Erased } from "../../api/types";
import { t, written } from "../../words/words";

interface Props {
  /** A heading, where the form is a card of its own. */
  title?: string;
  text: string;
  button: string;
  className?: string;
  onErase: (word: string) => Promise<void>;
  /** What else stands beside the button. */
  children?: ComponentChildren;
}

export function EraseForm({ title, text, button, className, onErase, children }: Props) {
  const [word, setWord] = useState("");
  const [busy, setBusy] = useState(false);
  const erase = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    await onErase(word).finally(() => setBusy(false));
  };
  return (
    <form class={className} onSubmit={(event) => void erase(event)}>
      {title ? <h2>{title}</h2> : null}
      <p>{text}</p>
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
        {button}
      </button>
      {children}
    </form>
  );
}

interface GoneProps {
  title: string;
  gone: Erased;
  /** The way on, and its words. */
  button: string;
  onGoOn: () => void;
}

export function Gone({ title, gone, button, onGoOn }: GoneProps) {
  return (
    <section class="card" role="status">
      <h2>{title}</h2>
      <p>{t("erase.done", { count: gone.facts, backups: gone.backups })}</p>
      <ul>
        {gone.left.map((message) => (
          <li key={message.id}>{written(message)}</li>
        ))}
      </ul>
      <button type="button" class="button" onClick={onGoOn}>
        {button}
      </button>
    </section>
  );
}
