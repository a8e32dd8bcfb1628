/**
 * Where the words round a figure stand: each beside the part of the body that it is about, with a straight thin line
 * between. No word lies on the figure, on a thing in the room, on another word or on a line, and no line crosses the
 * figure, a word or another line. All in CSS pixels, y down, from the window's upper left corner.
 */

import { type Box, frameOf, type StillAsset } from "./asset";
import { type Capsule, covered, LINE_RADIUS, type Point } from "./draw";

export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What stands where: the figure's frame in the window, and what of the body and the room lies in it. */
export interface Scene {
  body: Capsule[];
  things: Point[][];
  /** The line through the joints that are judged, which may lie beside the body. */
  judged: Capsule[];
  at(joints: readonly number[]): Point;
}

/** The window: everything above `ground` is in it; below it there is room for a line of words or two. */
export interface Room {
  width: number;
  /** From here down: a title may stand above. */
  top: number;
  ground: number;
  below: number;
}

export interface Wanted {
  text: string;
  at: Point;
}

export interface Type {
  line: number;
  width(text: string): number;
}

export interface Placed {
  lines: string[];
  box: Rect;
  /** The line's two ends: at the words, and at the body's edge. */
  line: readonly [Point, Point];
}

/** The free space round words; between a line's end and the body, and between it and its words. */
const CLEAR = 5;
const GAP = 3;
/** How far inside the body a part may lie, in body heights: further in, a line would point at something else. */
const DEEP = 0.1;
const TURNS = 48;
const LENGTHS = [12, 18, 26, 36, 48, 62, 78, 96, 116, 138, 162];
const SHIFTS = [0, -0.2, 0.2, -0.42, 0.42];
const MOST_LINES = 4;
/** How many places of each are tried together, the best first. */
const TRIED = 120;
const MOST_STEPS = 40_000;

/** A figure as it is drawn in a part of a window: `preserveAspectRatio="xMidYMax meet"`. */
export function sceneOf(asset: StillAsset, within: Rect): Scene {
  const frame = frameOf(asset, false);
  const onto = placing(frame, within);
  const scale = scaleOf(frame, within);
  const seen = asset.window.bust ? withoutLegs(asset) : asset;
  return {
    body: covered(seen.hold, asset.unit, asset.near).map(({ a, ra, b, rb }) => ({
      a: onto(a),
      ra: ra * scale,
      b: onto(b),
      rb: rb * scale,
    })),
    things: asset.props.map(({ line, along }) =>
      [...line, ...along.map((joint) => asset.hold[joint] as Point)].map(onto),
    ),
    judged: asset.body_line.slice(1).map((joint, before) => ({
      a: onto(asset.hold[asset.body_line[before] as number] as Point),
      ra: LINE_RADIUS * asset.unit * scale,
      b: onto(asset.hold[joint] as Point),
      rb: LINE_RADIUS * asset.unit * scale,
    })),
    at: (joints) => {
      const points = joints.map((joint) => asset.hold[joint] as Point);
      const mean = (axis: 0 | 1): number => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
      return onto([mean(0), mean(1)]);
    },
  };
}

/** Of a bust no legs are drawn: they lie in the hip, which is drawn. */
function withoutLegs(asset: StillAsset): StillAsset {
  const hold = asset.hold.map((point, joint) => (joint < 25 ? point : (asset.hold[23 + ((joint - 23) % 2)] as Point)));
  return { ...asset, hold };
}

const scaleOf = (frame: Box, within: Rect): number =>
  Math.min((within.right - within.left) / frame.width, (within.bottom - within.top) / frame.height);

function placing(frame: Box, within: Rect): (point: Point) => Point {
  const scale = scaleOf(frame, within);
  const left = (within.left + within.right - frame.width * scale) / 2;
  const top = within.bottom - frame.height * scale;
  return ([x, y]) => [left + (x - frame.x) * scale, top + (y - frame.y) * scale];
}

/** All words in their places, or null where they have none beside one another. */
export function place(wanted: readonly Wanted[], scene: Scene, room: Room, type: Type): Placed[] | null {
  const land = new Land(scene, room);
  const deep = DEEP * heightOf(scene);
  const places = wanted.map((one) => placesOf(one, land, room, type, deep));
  const order = places.map((_, index) => index).sort((a, b) => count(places[a]) - count(places[b]));
  const best = together(order.map((index) => places[index] ?? []));
  if (best === null) return null;
  const placed: Placed[] = [];
  for (const [turn, index] of order.entries()) placed[index] = best[turn] as Placed;
  return placed;
}

const count = (places: readonly Place[] | undefined): number => places?.length ?? 0;

/** A body height, read off the widest circle of the trunk. */
const heightOf = ({ body }: Scene): number => Math.max(...body.map(({ ra, rb }) => Math.max(ra, rb))) / 0.064;

interface Place extends Placed {
  cost: number;
}

function placesOf({ text, at }: Wanted, land: Land, room: Room, type: Type, deep: number): Place[] {
  const found: Place[] = [];
  const breaks = brokenUp(text, type);
  for (let turn = 0; turn < TURNS; turn++) {
    const angle = (turn / TURNS) * 2 * Math.PI;
    const way: Point = [Math.sin(angle), -Math.cos(angle)];
    const edge = land.edgeFrom(at, way, deep);
    if (edge === null) continue;
    const tip = along(at, way, edge + GAP);
    for (const length of LENGTHS) {
      const end = along(tip, way, length);
      if (!land.isOpen(tip, end)) break;
      for (const { lines, width, height } of breaks) {
        for (const shift of SHIFTS) {
          const box = boxAt(end, way, shift, { width, height, line: type.line });
          if (!fits(box, room) || land.isTaken(box)) continue;
          const slant = 1 - Math.max(Math.abs(way[0]), Math.abs(way[1]));
          const cost =
            Math.abs(length - 18) +
            edge * 0.5 +
            120 * slant +
            30 * Math.abs(shift) +
            14 * (lines.length - 1) +
            (way[1] > 0.3 ? 12 : 0) +
            (Math.abs(way[0]) > 0.7 ? 10 : 0) +
            (box.top > room.ground ? 16 : 0);
          found.push({ lines, box, line: [end, tip], cost });
        }
      }
    }
  }
  return thinned(found.sort((a, b) => a.cost - b.cost));
}

/** Of places that are much alike, the best; of all, not too many. */
function thinned(sorted: Place[]): Place[] {
  const kept = new Map<string, Place>();
  for (const place of sorted) {
    const { left, top } = place.box;
    const name = `${Math.round(left / 14)} ${Math.round(top / 8)} ${place.lines.length}`;
    if (!kept.has(name)) kept.set(name, place);
    if (kept.size === TRIED) break;
  }
  return [...kept.values()];
}

/** The cheapest choice of one place each in which none disturbs another. */
function together(places: readonly (readonly Place[])[]): Place[] | null {
  const least = places.map((some) => some[0]?.cost ?? Number.POSITIVE_INFINITY);
  const rest = places.map((_, from) => least.slice(from).reduce((sum, cost) => sum + cost, 0));
  let best: Place[] | null = null;
  let lowest = Number.POSITIVE_INFINITY;
  let steps = 0;
  const choose = (chosen: Place[], cost: number): void => {
    const turn = chosen.length;
    if (turn === places.length) {
      best = chosen;
      lowest = cost;
      return;
    }
    for (const place of places[turn] ?? []) {
      if (cost + place.cost + (rest[turn + 1] ?? 0) >= lowest || ++steps > MOST_STEPS) return;
      if (chosen.every((other) => !disturbs(place, other))) choose([...chosen, place], cost + place.cost);
    }
  };
  choose([], 0);
  return best;
}

export function disturbs(one: Placed, other: Placed): boolean {
  return (
    overlap(grown(one.box, CLEAR), other.box) ||
    crosses(one.line, grown(other.box, CLEAR)) ||
    crosses(other.line, grown(one.box, CLEAR)) ||
    meet(one.line, other.line)
  );
}

/** A text in its lines, and how much they take: letters are measured once, and thousands of places tried. */
interface Broken {
  lines: string[];
  width: number;
  height: number;
}

/** The text in one line, and in several as even as they can be. */
function brokenUp(text: string, type: Type): Broken[] {
  const words = text.split(" ");
  const found: Broken[] = [];
  for (let count = 1; count <= Math.min(MOST_LINES, words.length); count++) {
    const lines = even(words, count, type);
    const width = Math.ceil(Math.max(...lines.map(type.width))) + 2;
    if (lines.length === count) found.push({ lines, width, height: count * type.line });
  }
  return found;
}

/** The break into so many lines whose longest is the shortest. */
function even(words: readonly string[], lines: number, type: Type): string[] {
  if (lines === 1) return [words.join(" ")];
  let best: string[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (let first = 1; first <= words.length - lines + 1; first++) {
    const broken = [words.slice(0, first).join(" "), ...even(words.slice(first), lines - 1, type)];
    const widest = Math.max(...broken.map(type.width));
    if (widest < least) [best, least] = [broken, widest];
  }
  return best;
}

/** The words at a line's end: above or below it, or beside it. */
function boxAt(end: Point, way: Point, shift: number, size: { width: number; height: number; line: number }): Rect {
  const { width, height, line } = size;
  const upright = Math.abs(way[1]) >= 0.6;
  const left = upright ? end[0] - width / 2 + shift * width : way[0] > 0 ? end[0] + GAP : end[0] - GAP - width;
  const top = upright
    ? way[1] > 0
      ? end[1] + GAP
      : end[1] - GAP - height
    : end[1] - height / 2 + Math.sign(shift) * Math.abs(shift) * (height - line);
  return { left, top, right: left + width, bottom: top + height };
}

function fits(box: Rect, room: Room): boolean {
  if (box.left < 0 || box.right > room.width) return false;
  if (box.top >= room.top && box.bottom <= room.ground - 2) return true;
  return box.top >= room.ground + CLEAR && box.bottom <= room.ground + room.below;
}

/** Which points of the window are taken, by what: asked very often, so each point is looked up and not computed. */
class Land {
  readonly #width: number;
  readonly #height: number;
  readonly #body: Uint8Array;
  /** How many points above and left of each are taken, by body or things and the space round them. */
  readonly #taken: Uint32Array;

  constructor({ body, things, judged }: Scene, room: Room) {
    this.#width = Math.ceil(room.width) + 1;
    this.#height = Math.ceil(room.ground + room.below) + 1;
    this.#body = new Uint8Array(this.#width * this.#height);
    const near = new Uint8Array(this.#width * this.#height);
    for (const part of body) {
      this.#stroke(this.#body, part, 0);
      this.#stroke(near, part, CLEAR);
    }
    for (const part of judged) this.#stroke(near, part, CLEAR);
    for (const line of things) {
      for (const [index, b] of line.entries()) {
        const a = line[index - 1];
        if (a) this.#stroke(near, { a, ra: 2, b, rb: 2 }, CLEAR);
      }
    }
    this.#taken = this.#summed(near);
  }

  /** Paints a capsule, with so much round it. */
  #stroke(onto: Uint8Array, { a, ra, b, rb }: Capsule, more: number): void {
    const steps = Math.max(1, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1])));
    for (let step = 0; step <= steps; step++) {
      const share = step / steps;
      const radius = ra + (rb - ra) * share + more;
      this.#disc(onto, a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, radius);
    }
  }

  #disc(onto: Uint8Array, x: number, y: number, radius: number): void {
    for (let row = Math.max(0, Math.ceil(y - radius)); row <= Math.min(this.#height - 1, y + radius); row++) {
      const half = Math.sqrt(Math.max(0, radius * radius - (row - y) ** 2));
      const [from, to] = [Math.max(0, Math.ceil(x - half)), Math.min(this.#width - 1, Math.floor(x + half))];
      if (to >= from) onto.fill(1, row * this.#width + from, row * this.#width + to + 1);
    }
  }

  #summed(taken: Uint8Array): Uint32Array {
    const wide = this.#width + 1;
    const sums = new Uint32Array(wide * (this.#height + 1));
    for (let row = 0; row < this.#height; row++) {
      let here = 0;
      for (let column = 0; column < this.#width; column++) {
        here += taken[row * this.#width + column] ?? 0;
        sums[(row + 1) * wide + column + 1] = here + (sums[row * wide + column + 1] ?? 0);
      }
    }
    return sums;
  }

  isTaken({ left, top, right, bottom }: Rect): boolean {
    const wide = this.#width + 1;
    const sum = (x: number, y: number): number =>
      this.#taken[Math.min(Math.max(y, 0), this.#height) * wide + Math.min(Math.max(x, 0), this.#width)] ?? 0;
    const [x0, y0, x1, y1] = [Math.floor(left), Math.floor(top), Math.ceil(right) + 1, Math.ceil(bottom) + 1];
    return sum(x1, y1) - sum(x0, y1) - sum(x1, y0) + sum(x0, y0) > 0;
  }

  #isBody(x: number, y: number): boolean {
    return this.#body[Math.round(y) * this.#width + Math.round(x)] === 1;
  }

  /** How far from a point the body ends in a direction; null where that is too far off. */
  edgeFrom([x, y]: Point, way: Point, deep: number): number | null {
    for (let far = 0; far <= deep; far += 1) {
      if (!this.#isBody(x + way[0] * far, y + way[1] * far)) return far;
    }
    return null;
  }

  /** Whether nothing of the body lies between two points. */
  isOpen(from: Point, to: Point): boolean {
    const steps = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]));
    for (let step = 0; step <= steps; step++) {
      const share = steps === 0 ? 0 : step / steps;
      if (this.#isBody(from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share)) return false;
    }
    return true;
  }
}

const along = (from: Point, way: Point, far: number): Point => [from[0] + way[0] * far, from[1] + way[1] * far];

const grown = ({ left, top, right, bottom }: Rect, by: number): Rect => ({
  left: left - by,
  top: top - by,
  right: right + by,
  bottom: bottom + by,
});

export const overlap = (one: Rect, other: Rect): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** Whether a line comes into a box. */
function crosses([a, b]: readonly [Point, Point], box: Rect): boolean {
  let [from, to] = [0, 1];
  for (const [start, step, low, high] of [
    [a[0], b[0] - a[0], box.left, box.right],
    [a[1], b[1] - a[1], box.top, box.bottom],
  ] as const) {
    if (step === 0) {
      if (start < low || start > high) return false;
      continue;
    }
    const [one, other] = [(low - start) / step, (high - start) / step];
    from = Math.max(from, Math.min(one, other));
    to = Math.min(to, Math.max(one, other));
  }
  return from <= to;
}

function meet([a, b]: readonly [Point, Point], [c, d]: readonly [Point, Point]): boolean {
  const side = (p: Point, q: Point, r: Point): number =>
    Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}
