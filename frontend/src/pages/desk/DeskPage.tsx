/** The desk: its day, the watch, breaks, profiles, and what is chosen. */
import { useEffect, useState } from "preact/hooks";
import { desk } from "../../api/load";
import type { DeskState } from "../../api/types";
import { heardQuiet } from "../../desk/shown";
import { Page } from "../../ui/Page";
import { Show } from "../../ui/States";
import { t } from "../../words/words";
import { BreakCard } from "./BreakCard";
import { RemindCard } from "./CalendarCard";
import { Calibrate } from "./Calibrate";
import { ChoiceCard, Profiles } from "./DeskSettings";
import { DeskWeeks, TheDay } from "./DeskWeeks";
import { WatchCard } from "./WatchCard";
import "./desk.css";

/** What was asked for in another window, or on another device, shows within a minute. */
const LOOK_AGAIN_MS = 60_000;

export function DeskPage() {
  return (
    <Page title={t("ui.desk.title")} className="settings desk">
      <Show from={desk}>{(state) => <Stands state={state} />}</Show>
    </Page>
  );
}

function Stands({ state }: { state: DeskState }) {
  const [doing, setDoing] = useState<"break" | "calibrate" | null>(null);
  const [named, setNamed] = useState("");
  const finish = () => {
    setDoing(null);
    void desk.load();
  };
  useEffect(() => {
    heardQuiet(state.snoozed_until, state.snoozed_today);
  }, [state]);
  useLookingAgain();
  if (!state.open) return <Closed state={state} />;
  if (doing === "break") return <BreakCard done={finish} />;
  if (doing === "calibrate") return <Calibrate name={named} state={state} done={finish} />;
  const rest = () => setDoing("break");
  const calibrate = (name: string) => {
    setNamed(name);
    setDoing("calibrate");
  };
  return (
    <>
      <p class="lead">{t("ui.desk.lead")}</p>
      {/* Two columns of their own: the watch grows and shrinks while it runs, and moves no other card to the other side. */}
      <div class="desk-columns">
        <div>
          <WatchCard state={state} rest={rest} calibrate={calibrate} />
          <TheDay picture={state.days.at(-1)} worthTelling_s={state.worth_telling_s} />
          <DeskWeeks days={state.days} shades={state.shades} />
        </div>
        <div>
          <ChoiceCard choice={state.choice} />
          <Profiles state={state} calibrate={calibrate} />
          <RemindCard />
        </div>
      </div>
    </>
  );
}

/** The desk once a minute, and whenever the page comes to the fore. */
function useLookingAgain(): void {
  useEffect(() => {
    const look = () => {
      if (!document.hidden) void desk.load();
    };
    const timer = setInterval(look, LOOK_AGAIN_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
}

/** Breaks and posture rest; what was is still shown. */
function Closed({ state: { screened, days, shades } }: { state: DeskState }) {
  return (
    <>
      <section class="card">
        <p>{t(screened ? "ui.desk.paused" : "ui.desk.questions")}</p>
        <a class="button" href={screened ? "/" : "/welcome"}>
          {t(screened ? "ui.progress.empty.go" : "ui.desk.questions-go")}
        </a>
      </section>
      <DeskWeeks days={days} shades={shades} />
    </>
  );
}
