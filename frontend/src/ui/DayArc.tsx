/**
 * The day as a sun's way across the sky: a piece for each exercise, as long as it takes, filled when it is done. The sun on
 * the horizon starts the next session.
 */
import type { ComponentChildren } from "preact";
import type { DayStep } from "../api/types";
import { t } from "../words/words";

export interface Piece {
  minutes: number;
  done: boolean;
}

/** A piece for each exercise that belongs to this day; a step's minutes are shared out by seconds of holding. */
export function pieces(steps: DayStep[]): Piece[] {
  return steps.flatMap((step) => {
    // What is our addition comes on some days only, and on the others it is no piece of them.
    const absent = ["closed", "optional", ...(step.step === "move" ? ["later"] : [])];
    const items = step.items.filter((item) => !absent.includes(item.state));
    if (step.state === "not-today" || step.state === "closed") return [];
    const holding = (item: (typeof items)[number]) => item.sets * item.hold_s * item.side_order.length + CHANGE_S;
    const all_s = items.reduce((sum, item) => sum + holding(item), 0);
    const minutes = step.minutes > 0 ? step.minutes : all_s / 60;
    return items.map((item) => ({
      minutes: (minutes * holding(item)) / all_s,
      done: item.state === "done" || step.state === "done",
    }));
  });
}

/** Only for the picture: getting from one exercise to the next takes about as long as a short hold. */
const CHANGE_S = 15;
const R = 100;
const GAP = 0.115;
const MARGIN = 0.03;

/** Arcs of the upper half circle, left to right. */
export function arcs(parts: Piece[]): { d: string; done: boolean }[] {
  const total = parts.reduce((sum, part) => sum + part.minutes, 0);
  const free = Math.PI - 2 * MARGIN - GAP * (parts.length - 1);
  let from = Math.PI - MARGIN;
  return parts.map((part) => {
    const to = from - (free * part.minutes) / total;
    const d = `M${point(from)} A${R} ${R} 0 0 1 ${point(to)}`;
    from = to - GAP;
    return { d, done: part.done };
  });
}

const point = (angle: number): string => `${(R * Math.cos(angle)).toFixed(2)} ${(-R * Math.sin(angle)).toFixed(2)}`;

export function DayArc({
  steps,
  minutesLeft,
  children,
}: {
  steps: DayStep[];
  minutesLeft: number | null;
  children: ComponentChildren;
}) {
  const drawn = arcs(pieces(steps));
  const done = drawn.filter((arc) => arc.done).length;
  return (
    <div class="dayarc">
      <div class="dayarc-sky" aria-hidden="true" />
      {drawn.length > 0 ? (
        <svg
          class="dayarc-track"
          viewBox="-100 -100 200 100"
          role="img"
          aria-label={t("ui.arc.label", { done, count: drawn.length })}
        >
          {drawn.map((arc) => (
            <g key={arc.d} class={arc.done ? "arc-done" : undefined}>
              {arc.done ? <path class="arc-edge" d={arc.d} /> : null}
              <path class="arc" d={arc.d} />
            </g>
          ))}
        </svg>
      ) : null}
      {minutesLeft === null ? null : (
        <p class="dayarc-minutes">
          <span class="number">{minutesLeft}</span> {t("ui.today.minutes-left", { count: minutesLeft })}
        </p>
      )}
      {children}
      <div class="horizon" aria-hidden="true" />
    </div>
  );
}
