/** The day's arc with the sun that starts it, and what there is instead when nothing is due. */
import { current } from "../../api/load";
import type { Day } from "../../api/types";
import { DayArc } from "../../ui/DayArc";
import { clock, dateOf, shortDay } from "../../words/when";
import { t, written } from "../../words/words";
import { anythingDue, beforeNeeds } from "./needs";

export function Start({ day, mustScreen }: { day: Day; mustScreen: boolean }) {
  const running = current.signal.value.value;
  const due = anythingDue(day);
  if (mustScreen) {
    return (
      <Sky day={day} minutes={null}>
        <Sun
          to={day.needs.includes("screen") ? "/welcome" : "/welcome?agree"}
          words={t("ui.today.questions")}
          below={t("ui.today.questions.below")}
        />
      </Sky>
    );
  }
  if (running) {
    return (
      <Sky day={day} minutes={null}>
        <Sun to="/session" words={t("ui.today.carry-on")} below={t("ui.today.carry-on.below")} />
      </Sky>
    );
  }
  if (!due) {
    return (
      <Sky day={day} minutes={null}>
        <Rest day={day} />
      </Sky>
    );
  }
  const asks = beforeNeeds(day).length > 0;
  return (
    <>
      <Sky day={day} minutes={day.minutes_left}>
        <Sun
          to={asks ? "/?before" : "/session"}
          words={t("ui.today.start")}
          below={t("ui.today.minutes", { count: day.minutes_left })}
        />
      </Sky>
      {day.short ? (
        <p class="today-short">
          <a class="button button-plain" href={asks ? "/?before&short" : "/session?short"} data-testid="start-short">
            {written(day.short.message)}
          </a>
        </p>
      ) : null}
    </>
  );
}

function Sky({ day, minutes, children }: { day: Day; minutes: number | null; children: preact.ComponentChildren }) {
  return (
    <div class="today-start">
      <DayArc steps={day.steps} minutesLeft={minutes}>
        {children}
      </DayArc>
    </div>
  );
}

function Sun({ to, words, below }: { to: string; words: string; below: string }) {
  return (
    <a class="sun" href={to} data-testid="start">
      <span class="sun-words">{words}</span> <span class="sun-below">{below}</span>
    </a>
  );
}

/** Nothing to start now: the sun rests on the horizon, hollow, or full when all of the day is done. It says what comes. */
function Rest({ day }: { day: Day }) {
  const { next, title } = day;
  const done = title.id === "plan.title.done";
  const over = done || title.id === "plan.title.ended";
  const words = over ? written(next ? next.message : title) : t("ui.today.nothing-due");
  return (
    <div class={done ? "sun sun-full" : "sun sun-rest"}>
      <span class="sun-words">{words}</span>{" "}
      {next ? (
        <span class="sun-below">
          {over
            ? whenWords(next.at, day.on)
            : t("ui.today.next", { what: written(next.message), when: whenWords(next.at, day.on) })}
        </span>
      ) : null}
    </div>
  );
}

/** from 15:40 on the day itself, else the day: Thu 26 November. */
function whenWords(at: string, today: string): string {
  const on = dateOf(at);
  return on === today ? t("ui.today.next-from", { at: clock(at) }) : shortDay(on);
}
