/** An exercise's figure as the server samples it, and the pose at any instant of its loop. */

import { get } from "../api/http";
import { mirrored, type Near, type Point } from "./draw";

export interface RungAsset {
  aspect: number;
  fps: number;
  duration_s: number;
  hold_from_s: number;
  back_from_s: number;
  near: Near;
  into: Point[][];
  start: Point[];
  hold: Point[];
  unit: number;
  body_line: number[];
  floor_y: number;
  /** Things in the room: a line that stands still, then one through landmarks that moves with them. */
  props: { id: string; line: Point[]; along: number[] }[];
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

/** The figure of an exercise; asked for once. */
export function figureOf(exercise: string): Promise<FigureAsset> {
  const asked = known.get(exercise);
  if (asked) return asked;
  const asking = get<FigureAsset>(`/api/figures/${encodeURIComponent(exercise)}`);
  known.set(exercise, asking);
  asking.catch(() => known.delete(exercise));
  return asking;
}

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
export function forSide(asset: RungAsset, side: "left" | "right" | null): RungAsset {
  if (side !== "right") return asset;
  const flip = (points: Point[]): Point[] => mirrored(points, asset.aspect);
  const other: Near = asset.near === null ? null : asset.near === "left" ? "right" : "left";
  return {
    ...asset,
    near: other,
    into: asset.into.map(flip),
    start: flip(asset.start),
    hold: flip(asset.hold),
    body_line: asset.body_line.map(otherSide),
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
export function propPoints(prop: RungAsset["props"][number], pose: readonly Point[]): string {
  return [...prop.line, ...prop.along.map((joint) => pose[joint] as Point)].map((p) => p.join(",")).join(" ");
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const HIPS = 23;
/** How far down from shoulders to hips a bust reaches: the waist, where nothing is cut that moves. */
const BUST = 0.8;
/** Room around the figure, in body heights. */
const ROOM = 0.09;
const AIR = 0.25;
/** A floor further down than this, in picture heights, lies outside the picture. */
const PICTURE = 1.02;

/**
 * Whether only head, arms and chest are drawn: of a movement that none of the legs' joints take part in, seen from so near
 * that the feet lie outside the picture.
 */
export const isBust = (asset: RungAsset): boolean =>
  asset.floor_y > PICTURE && asset.body_line.every((joint) => joint < HIPS);

/** What the figure stands on: the floor, or the lower edge of a bust. */
function groundOf(asset: RungAsset): number {
  if (!isBust(asset)) return asset.floor_y;
  const [shoulders, hips] = [11, HIPS].map((joint) => (asset.hold[joint] as Point)[1]) as [number, number];
  return shoulders + (hips - shoulders) * BUST;
}

/**
 * The part of the picture that holds a rung's figure and the things it leans on, as an SVG viewBox. It ends where the figure
 * stands, so that it stands on whatever it is placed on.
 *
 * wide: with more air at its sides, for a large window.
 */
export function frameOf(asset: RungAsset, wide: boolean): Box {
  const ground = groundOf(asset);
  const halfWay = asset.into[Math.floor(asset.into.length / 2)] as Point[];
  const body = [...asset.start, ...asset.hold, ...halfWay].filter(([, y]) => y <= ground);
  // A mat may run out of the frame, and a wall too at its upper end.
  const things = asset.props.flatMap((prop) => prop.line).filter(([, y]) => y < ground);
  const xs = [...body, ...things].map(([x]) => x);
  const y = Math.min(...body.map(([, y]) => y)) - ROOM * asset.unit;
  const side = (wide ? AIR : ROOM) * asset.unit;
  const x = Math.min(...xs) - side;
  return { x, y, width: Math.max(...xs) + side - x, height: ground - y };
}
