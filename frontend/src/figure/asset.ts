/** An exercise's figure as the server samples it, and the pose at any instant of its loop. */

import { get } from "../api/http";
import { mirrored, type Near, type Point } from "./draw";

/** What is drawn of a rung's hold. Points are in picture heights, y down; what has sides shows the left one. */
export interface StillAsset {
  aspect: number;
  near: Near;
  hold: Point[];
  unit: number;
  body_line: number[];
  floor_y: number;
  /** The part of the picture that the whole movement needs. bust: no legs are drawn. */
  window: { bust: boolean; ground_y: number; left: number; right: number; top: number };
  /** Things in the room: a line that stands still, then one through landmarks that moves with them. */
  props: { id: string; line: Point[]; along: number[] }[];
}

/** The whole loop of a rung. */
export interface RungAsset extends StillAsset {
  fps: number;
  duration_s: number;
  hold_from_s: number;
  back_from_s: number;
  into: Point[][];
  start: Point[];
}

export interface Mend {
  joint: number;
  dy: number;
}

export interface FigureAsset {
  exercise: string;
  view: string;
  /** For a fault: the left one of the joints to ring, and whether it has to go up (-1) or down (1). */
  mends: Record<string, Mend>;
  rungs: Record<string, RungAsset>;
}

const known = new Map<string, Promise<FigureAsset>>();
const come = new Map<string, FigureAsset>();

/** The figure of an exercise; asked for once. */
export function figureOf(exercise: string): Promise<FigureAsset> {
  const asked = known.get(exercise);
  if (asked) return asked;
  const asking = get<FigureAsset>(`/api/figures/${encodeURIComponent(exercise)}`);
  known.set(exercise, asking);
  asking.then(
    (figure) => come.set(exercise, figure),
    () => known.delete(exercise),
  );
  return asking;
}

type Stills = Record<string, Record<string, StillAsset>>;

let stills: Promise<Stills> | null = null;
let stillsCome: Stills | null = null;

/** Every exercise's hold, which is all that small pictures show: one answer, much smaller than one figure after the other. */
function allStills(): Promise<Stills> {
  if (stills === null) {
    stills = get<Stills>("/api/stills");
    stills.then(
      (all) => {
        stillsCome = all;
      },
      () => {
        stills = null;
      },
    );
  }
  return stills;
}

/** The named one of an exercise's rungs; where there is none of this name, the goal's form. */
function rungIn<A>(rungs: Record<string, A> | undefined, rung: string | null): A | null {
  const ids = Object.keys(rungs ?? {});
  return rungs?.[rung ?? ""] ?? rungs?.[ids[ids.length - 1] ?? ""] ?? null;
}

/** A rung's hold, if it is here already: from its figure, else from the small pictures. */
export const stillHere = (exercise: string, rung: string | null): StillAsset | null =>
  rungIn<StillAsset>(come.get(exercise)?.rungs, rung) ?? rungIn(stillsCome?.[exercise], rung);

/** A rung's hold. */
export const stillOf = async (exercise: string, rung: string | null): Promise<StillAsset | null> =>
  stillHere(exercise, rung) ?? rungIn((await allStills())[exercise], rung);

/** A rung's whole loop. */
export const loopOf = async (exercise: string, rung: string | null): Promise<RungAsset | null> =>
  rungIn((await figureOf(exercise)).rungs, rung);

/** Whether it moves: whether there is more of it than its hold. */
export const isLoop = (asset: StillAsset): asset is RungAsset => "into" in asset;

/** The pose at t_s of the endless loop: in, hold, back. */
export function poseAt(asset: RungAsset, t_s: number): Point[] {
  const t = ((t_s % asset.duration_s) + asset.duration_s) % asset.duration_s;
  if (t >= asset.hold_from_s && t <= asset.back_from_s) return asset.hold;
  const back_s = asset.duration_s - asset.back_from_s;
  const share = t < asset.hold_from_s ? t / asset.hold_from_s : 1 - (t - asset.back_from_s) / back_s;
  return interpolated(asset.into, share);
}

function interpolated(frames: Point[][], share: number): Point[] {
  const place = Math.min(Math.max(share, 0), 1) * (frames.length - 1);
  const low = Math.floor(place);
  const here = frames[low] as Point[];
  const there = frames[Math.min(low + 1, frames.length - 1)] as Point[];
  const part = place - low;
  return here.map(([x, y], index) => {
    const [u, v] = there[index] as Point;
    return [x + (u - x) * part, y + (v - y) * part] as const;
  });
}

/** The asset for a side: what is stored shows the left one. */
export function forSide<A extends StillAsset>(asset: A, side: "left" | "right" | null): A {
  if (side !== "right") return asset;
  const flip = (points: Point[]): Point[] => mirrored(points, asset.aspect);
  const other: Near = asset.near === null ? null : asset.near === "left" ? "right" : "left";
  const { left, right } = asset.window;
  return {
    ...asset,
    ...(isLoop(asset) ? { into: asset.into.map(flip), start: flip(asset.start) } : {}),
    near: other,
    hold: flip(asset.hold),
    body_line: asset.body_line.map(otherSide),
    window: { ...asset.window, left: asset.aspect - right, right: asset.aspect - left },
    props: asset.props.map((prop) => ({
      id: prop.id,
      line: prop.line.map(([x, y]) => [asset.aspect - x, y] as const),
      along: prop.along.map(otherSide),
    })),
  };
}

/** The landmark of the other side; the nose is its own. */
const otherSide = (joint: number): number => (joint === 0 ? 0 : joint % 2 === 1 ? joint + 1 : joint - 1);

/** A prop's points in a pose. */
export function propPoints(prop: StillAsset["props"][number], pose: readonly Point[]): string {
  return [...prop.line, ...prop.along.map((joint) => pose[joint] as Point)].map((p) => p.join(",")).join(" ");
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Room around the figure, in body heights. */
const ROOM = 0.09;
const AIR = 0.25;

/**
 * The part of the picture that holds a rung's figure and the things it leans on, as an SVG viewBox. It ends where the figure
 * stands, so that it stands on whatever it is placed on.
 *
 * wide: with more air at its sides, for a large window.
 */
export function frameOf(asset: StillAsset, wide: boolean): Box {
  const { left, right, top, ground_y } = asset.window;
  const y = top - ROOM * asset.unit;
  const side = (wide ? AIR : ROOM) * asset.unit;
  return { x: left - side, y, width: right - left + 2 * side, height: ground_y - y };
}
