/** The session page while nothing runs: one heading, one sentence, the ways on. */

import { useEffect, useRef } from "preact/hooks";
import { t } from "../words/words";

export function Quiet({
  title,
  text,
  children,
}: {
  title?: string;
  text: string;
  children?: preact.ComponentChildren;
}) {
  const heading = useFocus(title !== undefined);
  return (
    <main class="session session-quiet" id="main">
      <h1 ref={heading} tabIndex={-1} class={title ? undefined : "unseen"}>
        {title ?? t("session.title")}
      </h1>
      <p role="status">{text}</p>
      <div class="session-quiet-ways">{children}</div>
    </main>
  );
}

/** A heading that takes the focus when it appears, so that whoever listens to the page hears where they are. */
export function useFocus(wanted: boolean) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (wanted) heading.current?.focus({ preventScroll: true });
  }, [wanted]);
  return heading;
}

export function TakeOver({ onClick }: { onClick(): void }) {
  return (
    <button type="button" class="button" onClick={onClick}>
      {t("session.take-over")}
    </button>
  );
}

export function EndThere({ onClick }: { onClick(): void }) {
  return (
    <button type="button" class="button button-plain" onClick={onClick}>
      {t("session.end-there")}
    </button>
  );
}

export function ToToday() {
  return (
    <a class="button button-plain" href="/">
      {t("session.to-today")}
    </a>
  );
}

export function Elsewhere({ onTakeOver }: { onTakeOver(): void }) {
  return (
    <Quiet title={t("session.elsewhere")} text={t("session.elsewhere-text")}>
      <TakeOver onClick={onTakeOver} />
      <ToToday />
    </Quiet>
  );
}
