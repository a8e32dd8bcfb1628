/** The session's page: finds the session, asks for the one touch that sound may need, and runs it. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../api/http";
import { query } from "../ui/router";
import { t } from "../words/words";
import { Unanswered } from "./After";
import { runHere } from "./alone";
import { Conductor } from "./conductor";
import { type Found, find, type Over } from "./find";
import { unansweredSession } from "./kept";
import { Elsewhere, EndThere, Quiet, TakeOver, ToToday } from "./Quiet";
import { Running } from "./Running";
import "./session.css";

type Stage =
  | { at: "loading" }
  | { at: "touch"; found: Found }
  | { at: "elsewhere" }
  | { at: "refused"; why: string; busy: boolean; elsewhere: boolean }
  | { at: "unanswered"; session: string }
  | { at: "running"; conductor: Conductor };

export function SessionPage() {
  const [stage, setStage] = useState<Stage>({ at: "loading" });
  const running = useRef<{ conductor: Conductor; letGo: () => void } | null>(null);
  const alive = useRef(true);
  const show = (next: Stage): void => {
    if (alive.current) setStage(next);
  };
  const refuse = (error: unknown, found?: Found): void => {
    const problem = error instanceof Problem;
    const why = problem ? error.detail : t("ui.gone.text");
    show({ at: "refused", why, busy: problem && isBusy(error), elsewhere: found?.elsewhere ?? false });
  };
  const leave = (): void => {
    running.current?.letGo();
    running.current?.conductor.leave();
    running.current = null;
  };
  const begin = (found: Found): void => {
    show({ at: "loading" });
    found
      .start()
      .then(({ script, from }) => {
        if (!alive.current) return;
        const conductor = new Conductor(script);
        running.current = { conductor, letGo: runHere(script.session, () => conductor.giveUp()) };
        setStage({ at: "running", conductor });
        conductor.begin(from);
      })
      .catch((error) => refuse(error, found));
  };
  const open = (over: Over): void => {
    leave();
    show({ at: "loading" });
    find(over, query.value.get("short") === null ? "whole" : "short")
      .then((found) => {
        if (!alive.current) return;
        if (found === "elsewhere") show({ at: "elsewhere" });
        // Sound needs a touch on this very page load: where there was none one is asked for.
        else if (navigator.userActivation?.hasBeenActive) begin(found);
        else show({ at: "touch", found });
      })
      .catch((error) => refuse(error));
  };
  useEffect(() => {
    document.title = t("ui.title", { page: t("session.title") });
    const session = unansweredSession(Date.now());
    if (session) show({ at: "unanswered", session });
    else open("leave");
    return () => {
      alive.current = false;
      leave();
    };
  }, []);

  if (stage.at === "loading") return <Quiet text={t("session.loading")} />;
  if (stage.at === "refused") {
    return (
      <Quiet title={t("session.cannot-start")} text={stage.why}>
        {stage.busy && stage.elsewhere && <TakeOver onClick={() => open("take")} />}
        {stage.busy && <EndThere onClick={() => open("end")} />}
        <ToToday />
      </Quiet>
    );
  }
  if (stage.at === "elsewhere") return <Elsewhere onTakeOver={() => open("take")} />;
  if (stage.at === "touch") {
    const { found } = stage;
    return (
      <Quiet title={t("session.title")} text={t(found.carriesOn ? "session.carry-on-text" : "session.touch-text")}>
        <button type="button" class="session-start" onClick={() => begin(found)}>
          {t(found.carriesOn ? "session.carry-on" : "session.begin")}
        </button>
        <ToToday />
      </Quiet>
    );
  }
  if (stage.at === "unanswered") return <Unanswered session={stage.session} />;
  return <Running conductor={stage.conductor} onTakeOver={() => open("take")} />;
}

/** Another device runs a session, or closed its page in the middle of one; the person may want to go on here. */
const isBusy = (problem: Problem): boolean => problem.problem?.id === "error.other-device";
