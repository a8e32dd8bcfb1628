/** Before the day's first exercise: the daily check, how the morning after was, pain now. A tap each. */
import { useState } from "preact/hooks";
import { flush, record } from "../../api/facts";
import { screening, settleToday } from "../../api/load";
import type { Answers, DailyTick, Day, Form, Need, ScreenItem } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { useFocusOnArrival } from "../../ui/Page";
import { PainNow, recordPainNow } from "../../ui/PainNow";
import { navigate } from "../../ui/router";
import { Limits, Shell } from "../../ui/Shell";
import { Show } from "../../ui/States";
import { t, written } from "../../words/words";
import { type Details, warnings } from "../welcome/flow";
import { ItemQuestion } from "../welcome/ItemQuestion";
import { ReadBack } from "../welcome/ReadBack";
import { anythingDue } from "./needs";

/** On to the session, unless the answers paused it, left core work out, or made a shorter one the better choice: then today's
 * page says so first. */
function whereTo(day: Day, short: boolean): string {
  if (day.kind === "paused" || day.lead.id === "plan.lead.no-core" || !anythingDue(day)) return "/";
  if (short) return day.short ? "/session?short" : "/";
  return day.short?.message.id === "plan.short.one-round" ? "/" : "/session";
}

interface BeforeProps {
  needs: Need[];
  short: boolean;
  /** Where the answers lead to that hold nothing back; by themselves they know. */
  to?: string;
}

export function Before({ needs, short, to }: BeforeProps) {
  // What is asked was fixed when this began; answers on their way to the server must not change the questions.
  const [asked] = useState(needs);
  const [at, setAt] = useState(0);
  const need = asked[at];
  const next = async () => {
    if (at + 1 < asked.length) return setAt(at + 1);
    await flush();
    const day = await settleToday();
    navigate(to ?? (day ? whereTo(day, short) : "/session"), { replace: true });
  };
  /** An answer that holds back ends the questions: what follows from it is what matters now. */
  const stop = async () => {
    await flush();
    await settleToday();
    navigate("/", { replace: true });
  };
  if (need === "daily-check") {
    return (
      <Show from={screening} frame={(inside) => <Shell bare>{inside}</Shell>}>
        {(form) => <DailyCheck form={form} onFine={() => void next()} onHeld={() => void stop()} />}
      </Show>
    );
  }
  if (need === "morning-after") return <MorningAfter key="morning" onDone={() => void next()} />;
  return <PainBefore key="pain" onDone={() => void next()} />;
}

function Question({ title, lead, children }: { title: string; lead?: string; children: preact.ComponentChildren }) {
  const heading = useFocusOnArrival(title, title);
  return (
    <Shell bare>
      <div class="question" key={title}>
        <div class="question-top">
          <a class="round" href="/" aria-label={t("ui.back")}>
            <Icon name="back" />
          </a>
        </div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead ? <p class="lead">{lead}</p> : null}
        {children}
      </div>
      <Limits />
    </Shell>
  );
}

type View = "ticks" | "full" | "check";

function DailyCheck({ form, onFine, onHeld }: { form: Form; onFine(): void; onHeld(): void }) {
  const [view, setView] = useState<View>("ticks");
  const [ticks, setTicks] = useState<string[]>([]);
  const [answers, setAnswers] = useState<Answers>({});
  const [details, setDetails] = useState<Details>({});
  const items = opened(form, ticks);
  const signs = warnings({ id: "daily", title: "", items }, answers);
  const save = () => {
    record("daily-check-answered", { ticks, answers, details });
    if (signs.length > 0) onHeld();
    else onFine();
  };
  if (view === "check") {
    return (
      <Question title={t("ui.screen.check.title")}>
        <ReadBack
          items={items.filter((item) => signs.includes(item.id))}
          answers={answers}
          onRight={save}
          onChange={() => setView("full")}
        />
      </Question>
    );
  }
  if (view === "full") {
    return (
      <Question title={t("ui.daily.full")} lead={t("ui.daily.full.lead")}>
        <FullItems
          items={items}
          answers={answers}
          details={details}
          onAnswers={setAnswers}
          onDetails={setDetails}
          onDone={(final) => {
            setAnswers(final);
            if (Object.values(final).some((answer) => answer !== "no")) setView("check");
            else {
              record("daily-check-answered", { ticks, answers: final, details: {} });
              onFine();
            }
          }}
        />
      </Question>
    );
  }
  return (
    <Question title={t("ui.daily.title")} lead={t("ui.daily.lead")}>
      <Ticks daily={form.daily} ticks={ticks} onTicks={setTicks} />
      <div class="question-end">
        <button type="button" class="button button-wide" onClick={() => (ticks.length > 0 ? setView("full") : save())}>
          {ticks.length > 0 ? t("ui.next") : t("ui.screen.none")}
        </button>
      </div>
    </Question>
  );
}

/** The questions behind the ticks, each once, in the form's order. */
function opened(form: Form, ticks: string[]): ScreenItem[] {
  const ids = new Set(form.daily.filter((tick) => ticks.includes(tick.id)).flatMap((tick) => tick.opens));
  return form.cards.flatMap((card) => card.items).filter((item) => ids.has(item.id));
}

function Ticks({ daily, ticks, onTicks }: { daily: DailyTick[]; ticks: string[]; onTicks(ticks: string[]): void }) {
  return (
    <ul class="options">
      {daily.map((tick) => (
        <li key={tick.id}>
          <label class="option">
            <input
              type="checkbox"
              class="hidden"
              checked={ticks.includes(tick.id)}
              onChange={(event) =>
                onTicks(event.currentTarget.checked ? [...ticks, tick.id] : ticks.filter((id) => id !== tick.id))
              }
            />
            <span class="box" aria-hidden="true">
              <Icon name="check" size={18} />
            </span>
            <span>{written(tick.text)}</span>
          </label>
        </li>
      ))}
    </ul>
  );
}

interface FullItemsProps {
  items: ScreenItem[];
  answers: Answers;
  details: Details;
  onAnswers(answers: Answers): void;
  onDetails(details: Details): void;
  onDone(answers: Answers): void;
}

function FullItems({ items, answers, details, onAnswers, onDetails, onDone }: FullItemsProps) {
  const [told, setTold] = useState(false);
  const open = items.filter((item) => !(item.id in answers));
  return (
    <form
      class="full"
      onSubmit={(event) => {
        event.preventDefault();
        if (open.length > 0 && !told) return setTold(true);
        onDone(Object.fromEntries(items.map((item) => [item.id, answers[item.id] ?? "rather-not-say"])));
      }}
    >
      {items.map((item) => (
        <ItemQuestion
          key={item.id}
          item={item}
          answer={answers[item.id]}
          details={details[item.id] ?? {}}
          onAnswer={(answer) => onAnswers({ ...answers, [item.id]: answer })}
          onDetail={(id, option) => onDetails({ ...details, [item.id]: { ...details[item.id], [id]: option } })}
        />
      ))}
      <div class="question-end">
        <p class="question-told" role="status">
          {told && open.length > 0 ? t("ui.screen.full.open", { count: open.length }) : ""}
        </p>
        <button type="submit" class="button button-wide">
          {told && open.length > 0 ? t("ui.screen.full.anyway") : t("ui.next")}
        </button>
      </div>
    </form>
  );
}

const MORNINGS = ["same-or-better", "a-bit-worse", "clearly-worse"] as const;

function MorningAfter({ onDone }: { onDone(): void }) {
  return (
    <Question title={t("ui.morning.title")} lead={t("ui.morning.lead")}>
      <MorningAnswers onDone={onDone} />
    </Question>
  );
}

/** How the morning after was, by a tap; and whether pain moved down the leg. */
export function MorningAnswers({ onDone }: { onDone(): void }) {
  const [further, setFurther] = useState(false);
  const pick = (words: (typeof MORNINGS)[number]) => {
    record("pain-reported", {
      when: "morning-after",
      nprs: null,
      words,
      session: null,
      exercise: null,
      further_down_leg: further,
    });
    onDone();
  };
  return (
    <>
      <label class="tick">
        <input type="checkbox" checked={further} onChange={(event) => setFurther(event.currentTarget.checked)} />
        <span>{t("ui.after.further-down")}</span>
      </label>
      <div class="stack">
        {MORNINGS.map((words) => (
          <button key={words} type="button" class="button button-wide button-plain" onClick={() => pick(words)}>
            {t(`ui.morning.${words}`)}
          </button>
        ))}
      </div>
    </>
  );
}

function PainBefore({ onDone }: { onDone(): void }) {
  const [value, setValue] = useState<number | null>(null);
  const pick = (nprs: number) => {
    setValue(nprs);
    recordPainNow(nprs);
    onDone();
  };
  return (
    <Question title={t("ui.pain.now")} lead={t("ui.screen.pain-now.lead")}>
      <PainNow value={value} onPick={pick} />
    </Question>
  );
}
