/** A step of the programme: its exercises, their doses and the reason for each. */
import type { DayStep, DayWalk, Item, Message } from "../../api/types";
import { ArchTile } from "../../ui/ArchTile";
import { Icon } from "../../ui/Icon";
import { doseWords, inSets, thenWords } from "../../words/dose";
import { heldWords } from "../../words/held";
import { clock } from "../../words/when";
import { t, written } from "../../words/words";
import { tellWalk } from "../walk/tell";

interface StepProps {
  step: DayStep;
  number: number;
  open: boolean;
  walk: DayWalk | null;
  /** A day that is asked for by its date: to be read, and nothing to be told. */
  past?: string;
  /** That day is over: nothing of it is due. */
  over?: boolean;
}

export function StepCard({ step, number, open, walk, past, over = false }: StepProps) {
  const { items } = step;
  if (step.step === "move") return <MovingCard step={step} number={number} walk={walk} past={past} over={over} />;
  const done = step.state === "done";
  const how = stands(step, over);
  const shared = sharedReasons(items);
  return (
    <details class={`card step step-${step.state}`} open={open}>
      <summary>
        <span class="step-title">
          <span class="step-number" aria-hidden="true">
            {number}
          </span>
          <h2>{t(`step.${step.step}`)}</h2>
          {how ? <span class="step-message">{how}</span> : null}
        </span>
        <span class="step-tiles">
          {items.map((item) => (
            <ArchTile
              key={item.exercise}
              exercise={item.exercise}
              rung={item.rung}
              side={item.side_order[0] ?? null}
              size="small"
              done={item.state === "done"}
            />
          ))}
        </span>
        {done ? (
          <span class="done-mark">
            <Icon name="check" size={18} />
            <span class="hidden">{t("ui.today.step-done")}</span>
          </span>
        ) : step.minutes > 0 && step.state === "due" && !over ? (
          <span class="step-minutes">{t("ui.today.min", { minutes: step.minutes })}</span>
        ) : null}
        <span class="step-chevron" aria-hidden="true">
          <Icon name="next" size={18} />
        </span>
      </summary>
      {shared.length > 0 ? <p class="rows-why">{shared.slice(0, FIRST_REASONS).join(" ")}</p> : null}
      <ul class="rows">
        {items.map((item) => (
          <Row key={item.exercise} item={item} shared={shared} line={step.step === "core"} past={past} over={over} />
        ))}
      </ul>
    </details>
  );
}

/** How a step stands, where its name does not say it; of a day that is over, that what was due was not done. */
function stands({ state, message }: DayStep, over: boolean): string {
  if (over && state === "due") return t("ui.day.not-done");
  return !message || message.id.endsWith(".due") ? "" : written(message);
}

/** So many reasons stand beside a dose, the weightiest first; all of them are behind the word that leads to them. */
const FIRST_REASONS = 2;

/** What is true of all of a step's exercises: it is said once, above them. */
function sharedReasons(items: Item[]): string[] {
  const [first, ...others] = items.map(reasonsOf);
  if (!first || others.length === 0) return [];
  return first.filter((reason) => others.every((reasons) => reasons.includes(reason)));
}

/** What a weight that nobody carries yet still waits for, and how heavy it may get: told with the exercise. */
const WAITS = new Set(
  ["sessions", "seen", "weeks", "mass", "agreed", "answers", "goal"].map((name) => `plan.load.${name}`),
);

/** Why it is so much, and in this form. */
const reasonsOf = (item: Item): string[] =>
  item.reasons
    .map(({ message }) => message)
    .filter((message) => !WAITS.has(message.id) && !ofAnotherDose(item, message))
    .map(written);

/** With a weight the holds are shorter: what they had come to without it would contradict them. */
const ofAnotherDose = ({ load_kg, hold_s }: Item, { params }: Message): boolean =>
  load_kg > 0 && typeof params?.hold === "number" && params.hold !== hold_s;

interface RowProps {
  item: Item;
  /** Reasons that were given already. */
  shared?: string[];
  line: boolean;
  past: string | undefined;
  over: boolean;
}

function Row({ item, shared = [], line, past, over }: RowProps) {
  const own = reasonsOf(item).filter((reason) => !shared.includes(reason));
  const done = over ? item.held !== null : item.state === "done" && item.done_at !== null;
  return (
    <li class={`row row-${item.state} ${own.length > 0 || done ? "" : "row-brief"}`}>
      <ArchTile
        exercise={item.exercise}
        rung={item.rung}
        side={item.side_order[0] ?? null}
        size="medium"
        line={line}
        done={done}
      />
      <a href={`/exercises/${item.exercise}`} class="row-name">
        {t(`${item.exercise}.name`)}
      </a>
      <div class="row-more">
        {item.reasons.length > 0 ? (
          <p class="row-why">
            {own.slice(0, FIRST_REASONS).join(" ")}{" "}
            <a
              href={why(`/exercises/${item.exercise}`, past)}
              aria-label={t("ui.why.of", { exercise: `@${item.exercise}.name` })}
            >
              {t("ui.why.open")}
            </a>
          </p>
        ) : null}
        {done ? <p class="row-why">{doneWords(item)}</p> : null}
      </div>
      <div class="row-dose">
        <span class="number">{doseWords(item)}</span>
        {item.test === "none" ? null : <span>{thenWords(item)}</span>}
        {inSets(item) && item.test === "none" ? <span>{t("ui.dose.repetitions.each")}</span> : null}
        {item.load_kg > 0 ? <span>{t("ui.dose.load", { kg: item.load_kg })}</span> : null}
        <Sides item={item} />
        {item.goal && item.goal.hold_s !== item.hold_s && item.test !== "first" ? (
          <span>{t("ui.dose.goal", { goal: item.goal.hold_s })}</span>
        ) : null}
      </div>
    </li>
  );
}

/** Where a number of a day tells its reasons: those of its own day. */
const why = (path: string, past: string | undefined): string => `${path}${past ? `?on=${past}` : ""}#why`;

/** Both sides, or the one that is still to do. */
function Sides({ item }: { item: Item }) {
  const [side] = item.side_order;
  if (item.side_order.length > 1) return <span>{t("ui.dose.each-side")}</span>;
  return side ? <span>{t(`side.${side}`)}</span> : null;
}

function doneWords(item: Item): string {
  const at = clock(item.done_at ?? "");
  const held = item.held ? heldWords(item.held) : "";
  return held ? t("ui.today.done-held", { at, held }) : t("ui.today.done-at", { at });
}

/** The place of the missing fourth step: our own addition, and said to be. A walk, and the drill. */
function MovingCard({ step, number, walk, past, over = false }: Omit<StepProps, "open">) {
  return (
    <section class={`card step step-plain step-${step.state}`}>
      <div class="step-head">
        <span class="step-title">
          <span class="step-number" aria-hidden="true">
            {number}
          </span>
          <h2>
            {t("step.move")} <small>{t("step.move.ours")}</small>
          </h2>
          <span class="step-message">
            {walk ? null : written(step.message)} <a href="/about#ours">{t("ui.moving.more")}</a>
          </span>
        </span>
        <span class="step-walk">
          <Icon name="walk" size={30} />
        </span>
      </div>
      {walk && !(past && walk.state === "ask") ? <WalkRow walk={walk} past={past} /> : null}
      {step.items.length > 0 && step.state !== "closed" ? (
        <ul class="rows">
          {step.items.map((item) => (
            <Row key={item.exercise} item={item} line={false} past={past} over={over} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

/** Today's walk: how long, why, and a tap for whoever walked it. */
function WalkRow({ walk, past }: { walk: DayWalk; past: string | undefined }) {
  const open = walk.state === "due" || walk.state === "optional";
  return (
    <div class="walkrow">
      <p class="walkrow-name">{written(walk.message)}</p>
      {walk.reasons.length > 0 ? (
        <p class="row-why">
          {/* The question says already where it begins. */}
          {walk.state === "ask" ? null : walk.reasons.map((reason) => written(reason.message)).join(" ")}{" "}
          <a href={why("/walk", past)} aria-label={t("ui.why.of", { exercise: "@plan.walk.name" })}>
            {t("ui.why.open")}
          </a>
        </p>
      ) : null}
      {walk.walked_min > 0 ? <p class="row-why">{t("ui.walk.today", { minutes: walk.walked_min })}</p> : null}
      {past || walk.state === "closed" ? null : (
        <p class="walkrow-acts">
          {open && walk.minutes !== null ? (
            <button
              type="button"
              class="button button-plain"
              onClick={() => tellWalk((walk.minutes ?? 0) - walk.walked_min)}
            >
              {t(walk.walked_min > 0 ? "ui.walk.done.more" : "ui.walk.done", {
                minutes: walk.minutes - walk.walked_min,
              })}
            </button>
          ) : null}
          <a class={`button ${walk.state === "ask" ? "button-plain" : "button-quiet"}`} href="/walk">
            {t(walk.state === "ask" ? "ui.walk.tell" : "ui.walk.open")}
          </a>
        </p>
      )}
    </div>
  );
}
