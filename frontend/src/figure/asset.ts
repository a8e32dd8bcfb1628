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

/** The part of the picture that holds a rung's figure, as an SVG viewBox with room around it. */
export function frameOf(asset: RungAsset): { x: number; y: number; width: number; height: number } {
  const halfWay = asset.into[Math.floor(asset.into.length / 2)] as Point[];
  const points = [...asset.start, ...asset.hold, ...halfWay].filter(([, y]) => y < 1.02);
  const pad = 0.09 * asset.unit;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const x = Math.min(...xs) - pad;
  const y = Math.min(...ys) - pad;
  return { x, y, width: Math.max(...xs) + pad - x, height: Math.min(asset.floor_y + 0.03, 1) - y };
}
