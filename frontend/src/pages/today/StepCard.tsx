/** A step of the programme: its exercises, their doses and the reason for each. */
import type { DayStep, Held, Item } from "../../api/types";
import { ArchTile } from "../../ui/ArchTile";
import { Icon } from "../../ui/Icon";
import { clock } from "../../words/when";
import { t, written } from "../../words/words";

export function StepCard({ step, number, open }: { step: DayStep; number: number; open: boolean }) {
  const { items } = step;
  const done = step.state === "done";
  return (
    <details class={`card step step-${step.state}`} open={open}>
      <summary>
        <span class="step-number" aria-hidden="true">
          {number}
        </span>
        <span class="step-title">
          <h2>{t(`step.${step.step}`)}</h2>
          {step.message ? <span class="step-message">{written(step.message)}</span> : null}
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
        ) : step.minutes > 0 && step.state === "due" ? (
          <span class="step-minutes">{t("ui.today.min", { minutes: step.minutes })}</span>
        ) : null}
        <span class="step-chevron" aria-hidden="true">
          <Icon name="next" size={18} />
        </span>
      </summary>
      <ul class="rows">
        {items.map((item) => (
          <Row key={item.exercise} item={item} />
        ))}
      </ul>
    </details>
  );
}

function Row({ item }: { item: Item }) {
  const sided = item.side_order.length > 1;
  return (
    <li class={`row row-${item.state}`}>
      <ArchTile
        exercise={item.exercise}
        rung={item.rung}
        side={item.side_order[0] ?? null}
        size="medium"
        done={item.state === "done"}
      />
      <div class="row-words">
        <a href={`/exercises/${item.exercise}`} class="row-name">
          {t(`${item.exercise}.name`)}
        </a>
        {item.reasons.map((reason) => (
          <p key={reason.message.id} class="row-why">
            {written(reason.message)}
          </p>
        ))}
        {item.state === "done" && item.done_at ? <p class="row-why">{doneWords(item)}</p> : null}
      </div>
      <div class="row-dose">
        <span class="number">
          {t(item.sets > 1 ? "ui.dose.sets" : "ui.dose.once", { sets: item.sets, hold: item.hold_s })}
        </span>
        {sided ? <span>{t("ui.dose.each-side")}</span> : null}
        {item.goal && item.goal.hold_s !== item.hold_s ? (
          <span>{t("ui.dose.goal", { goal: item.goal.hold_s })}</span>
        ) : null}
      </div>
    </li>
  );
}

function doneWords(item: Item): string {
  const at = clock(item.done_at ?? "");
  const held = item.held ? heldWords(item.held) : "";
  return held ? t("ui.today.done-held", { at, held }) : t("ui.today.done-at", { at });
}

/** 20 s left, 25 s right */
export function heldWords(held: Held): string {
  const parts: string[] = [];
  if (held.both !== undefined) parts.push(t("ui.held.both", { seconds: Math.floor(held.both) }));
  if (held.left !== undefined) parts.push(t("ui.held.left", { seconds: Math.floor(held.left) }));
  if (held.right !== undefined) parts.push(t("ui.held.right", { seconds: Math.floor(held.right) }));
  return parts.join(", ");
}

/** The place of the missing fourth step: our own addition, and said to be. */
export function MovingCard({ number }: { number: number }) {
  return (
    <section class="card step step-plain">
      <div class="step-head">
        <span class="step-number" aria-hidden="true">
          {number}
        </span>
        <span class="step-title">
          <h2>
            {t("step.moving")} <small>{t("step.moving.ours")}</small>
          </h2>
          <span class="step-message">
            {t("ui.moving.text")} <a href="/about#ours">{t("ui.moving.more")}</a>
          </span>
        </span>
        <span class="step-walk">
          <Icon name="walk" size={30} />
        </span>
      </div>
    </section>
  );
}
