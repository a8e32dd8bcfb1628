/**
 * The longest hold of each day beside the goal: full dots were seen by the camera, squares are as the person told, hollow dots went by
 * the clock. Where another form begins the line is parted, for a harder one begins with shorter holds.
 */
import { dayMonth } from "../../words/when";
import { t } from "../../words/words";
import { type Course, type Known, partsOf, type Spot, type Which } from "./holds";

const WIDTH = 342;
const HEIGHT = 118;
const EDGE = 8;
/** The goal, low enough that no dot on it or beyond it reaches its words, which stand above the picture. */
const GOAL_Y = 18;
const FLOOR_Y = 116;
const DOT = 4.5;
const NEWEST_DOT = 6.5;
/** How far beyond the goal a hold may be drawn. */
const MOST = 1.1;

interface Place {
  x: number;
  y: number;
}

type Seen = Place & { known: Known; rung: string };

interface Line {
  which: Which;
  spots: Seen[];
}

/** Decorative beside the numbers that stand above it, so hidden from screen readers. */
export function HoldChart({ course, goal }: { course: Course; goal: number }) {
  const lines = linesOf(course, goal);
  const lead = lines.find(({ which }) => which !== "left") ?? lines[0];
  return (
    <div class="holdchart" aria-hidden="true">
      <p class="holdchart-top">{t("ui.dose.once", { hold: goal })}</p>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        {lead
          ? partsOf(lead.spots).map((part) => <path key={part[0]?.x} class="holdchart-area" d={area(part)} />)
          : null}
        <line class="holdchart-goal" x1="0" x2={WIDTH} y1={GOAL_Y} y2={GOAL_Y} />
        <line class="holdchart-floor" x1="0" x2={WIDTH} y1={FLOOR_Y} y2={FLOOR_Y} />
        {[...new Set(course.changes.map(({ day }) => xOf(course, day)))].map((x) => (
          <line key={x} class="holdchart-change" x1={x} x2={x} y1={GOAL_Y} y2={FLOOR_Y} />
        ))}
        {lines.map((line) => (
          <Drawn key={line.which} line={line} />
        ))}
        <Names lines={lines} />
      </svg>
      <p class="holdchart-days">
        <span>{dayMonth(course.from)}</span>
        <span>{dayMonth(course.to)}</span>
      </p>
    </div>
  );
}

const xOf = (course: Course, day: number): number => EDGE + ((WIDTH - 2 * EDGE) * day) / Math.max(1, course.span);

function linesOf(course: Course, goal: number): Line[] {
  const place = ({ day, seconds, known, rung }: Spot): Seen => ({
    x: xOf(course, day),
    y: FLOOR_Y - (FLOOR_Y - GOAL_Y) * Math.min(MOST, seconds / goal),
    known,
    rung,
  });
  return (["both", "left", "right"] as const).flatMap((which) => {
    const spots = course.sides[which];
    return spots ? [{ which, spots: spots.map(place) }] : [];
  });
}

/** A line, with a dot for the newest, for every hold that no camera saw, and for one that stands alone in its form. */
function Drawn({ line: { which, spots } }: { line: Line }) {
  const newest = spots.length - 1;
  const alone = new Set(partsOf(spots).flatMap((part) => (part.length === 1 ? part : [])));
  return (
    <g class={`holdchart-${which}`}>
      {partsOf(spots).map((part) => (
        <polyline key={part[0]?.x} class="holdchart-line" points={part.map(({ x, y }) => `${x},${y}`).join(" ")} />
      ))}
      {spots.map((spot, index) =>
        spot.known === "seen" && index !== newest && !alone.has(spot) ? null : (
          <Dot key={spot.x} x={spot.x} y={spot.y} known={spot.known} size={index === newest ? NEWEST_DOT : DOT} />
        ),
      )}
    </g>
  );
}

function Dot({ x, y, known, size }: Place & { known: Known; size: number }) {
  if (known === "told")
    return <rect class="holdchart-dot holdchart-told" x={x - size} y={y - size} width={2 * size} height={2 * size} />;
  return <circle class={known === "seen" ? "holdchart-dot holdchart-seen" : "holdchart-dot"} cx={x} cy={y} r={size} />;
}

/** Which line is which, at their ends, where two run apart. */
function Names({ lines }: { lines: Line[] }) {
  const ends = lines.flatMap(({ which, spots }) => {
    const end = spots.at(-1);
    return which === "both" || !end ? [] : [{ which, ...end }];
  });
  const [one, other] = ends;
  if (!one || !other || Math.abs(one.y - other.y) < DOT) return null;
  const upper = one.y < other.y ? one.which : other.which;
  return (
    <>
      {ends.map(({ which, x, y }) => (
        <text key={which} x={x - 14} y={y} dy={which === upper ? "-0.65em" : "1.4em"} text-anchor="end">
          {t(`side.${which}`)}
        </text>
      ))}
    </>
  );
}

function area(spots: Place[]): string {
  const [first, last] = [spots[0], spots.at(-1)];
  if (!first || !last) return "";
  return `M${first.x} ${FLOOR_Y} ${spots.map(({ x, y }) => `L${x} ${y}`).join(" ")} L${last.x} ${FLOOR_Y}Z`;
}
