/** The questions after a session. */

import { flush } from "../api/facts";
import { current as currentSource, today as todaySource } from "../api/load";
import { AfterSession } from "../ui/AfterSession";
import { navigate } from "../ui/router";
import { t } from "../words/words";
import { forgetSession, keptSession } from "./kept";
import { useFocus } from "./Quiet";
import type { Asked } from "./script";

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
  const kept = keptSession(session);
  const asked = kept?.asked ?? { questions: [], which: null, ranOut: kept?.ran_out ?? [] };
  return <After title={t("session.asked-again")} session={session} asked={asked} again onDone={done} />;
}

export interface AfterProps {
  title: string;
  session: string;
  asked: Asked;
  again?: boolean;
  onDone(): void;
}

export function After({ title, session, asked, again = false, onDone }: AfterProps) {
  const heading = useFocus(true);
  return (
    <main class="session session-after" id="main">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <AfterSession
        session={session}
        asked={{ ...asked, shape: asked.questions.includes("shape") }}
        again={again}
        onDone={onDone}
      />
    </main>
  );
}
