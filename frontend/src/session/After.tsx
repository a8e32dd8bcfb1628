/** The questions after a session. */

import { flush } from "../api/facts";
import { current as currentSource, today as todaySource } from "../api/load";
import { AfterSession } from "../ui/AfterSession";
import { navigate } from "../ui/router";
import { t } from "../words/words";
import { forgetSession } from "./kept";
import { useFocus } from "./Quiet";

/** Send what waits, and go back to a day that knows of it. */
export async function goToToday(): Promise<void> {
  await flush();
  void todaySource.load();
  void currentSource.load();
  navigate("/", { replace: true });
}

/** The questions after a session, which a reload had swallowed. */
export function Unanswered({ session }: { session: string }) {
  const done = (): void => {
    forgetSession();
    void goToToday();
  };
  return <After title={t("session.asked-again")} session={session} shape onDone={done} />;
}

export interface AfterProps {
  title: string;
  session: string;
  /** Whether to ask if the shape was kept. */
  shape: boolean;
  onDone(): void;
}

export function After({ title, session, shape, onDone }: AfterProps) {
  const heading = useFocus(true);
  return (
    <main class="session session-after" id="main">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <AfterSession session={session} shape={shape} onDone={onDone} />
    </main>
  );
}
