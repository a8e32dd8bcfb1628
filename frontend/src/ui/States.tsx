/** What a page shows while its thing is on the way, or does not come. */
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { serverThere } from "../api/http";
import type { Loaded, Source } from "../api/load";
import { t } from "../words/words";
import { Icon } from "./Icon";

/** Shows what a source gives, and keeps what was seen last when the server goes away. */
export function Show<T>({ from, frame = same, children }: ShowProps<T>) {
  useEffect(() => {
    void from.load();
  }, [from]);
  const loaded = from.signal.value;
  if (loaded.value !== null) return <>{children(loaded.value)}</>;
  return <>{frame(instead(loaded, () => void from.load()))}</>;
}

export interface ShowProps<T> {
  from: Source<T>;
  /** What stands round the message while there is nothing to show; `children` bring their own. */
  frame?: (inside: ComponentChildren) => ComponentChildren;
  children: (value: T) => ComponentChildren;
}

const same = (inside: ComponentChildren): ComponentChildren => inside;

function instead<T>(loaded: Loaded<T>, retry: () => void) {
  if (!serverThere.value) return <Gone retry={retry} />;
  if (loaded.state === "loading") return <Waiting />;
  if (loaded.state === "refused") return <Trouble title={t("ui.trouble.title")} text={loaded.why} retry={retry} />;
  return <Gone retry={retry} />;
}

/** Loading: an empty arch. It says so only after a moment, for most things are quicker. */
export function Waiting() {
  return (
    <div class="waiting" role="status">
      <span class="waiting-arch" aria-hidden="true" />
      <span>{t("ui.loading")}</span>
    </div>
  );
}

const AGAIN_MS = 3_000;

/** The notice above the page says that the server is gone. What is missing here comes by itself when it is back. */
function Gone({ retry }: { retry: () => void }) {
  useEffect(() => {
    const timer = setInterval(retry, AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <div class="waiting waiting-gone">
      <span class="waiting-arch" aria-hidden="true" />
      <p>{t("ui.gone.page")}</p>
    </div>
  );
}

export function Trouble({ title, text, retry }: { title: string; text: string; retry: () => void }) {
  return (
    <div class="card trouble" role="alert">
      <Icon name="gone" size={28} />
      <h2>{title}</h2>
      <p>{text}</p>
      <button type="button" class="button" onClick={retry}>
        {t("ui.gone.retry")}
      </button>
    </div>
  );
}
