/** What is drawn over the camera's picture: the judged joints' line, the near limbs, and for a fault one ring, one arrow, one ghost. */

import type { Mend } from "../figure/asset";
import { mirrored, type Point, shapes } from "../figure/draw";
import type { Framing } from "./framing";

export interface Overlay {
  /** 33 x (x, y, z, visibility) as shares of the picture; null when nobody is seen. */
  landmarks: Float32Array | null;
  aspect: number;
  /** How the picture lies in the window. */
  framing: Framing;
  bodyLine: readonly number[];
  mood: "counting" | "waiting" | "other";
  /** The left one of the joints to ring, and the way to move it, when a fault stands. */
  mend: Mend | null;
  /** The good form, fitted to the person, when a fault stands. */
  ghost: { points: readonly Point[]; unit: number; near: "left" | "right" | null } | null;
}

const SUN = "#ffb25a";
const ICE = "#a3d9f0";
const HALO = "rgba(6, 16, 17, 0.75)";
const LEAST_VISIBILITY = 0.5;

const LIMBS: [number, number][] = [
  [11, 13],
  [13, 15],
  [23, 25],
  [25, 27],
  [27, 31],
];

/** Draw into a canvas that covers the picture; mirrored like the picture is. */
export function draw(canvas: HTMLCanvasElement, overlay: Overlay, mirror: boolean): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const width = canvas.clientWidth * devicePixelRatio;
  const height = canvas.clientHeight * devicePixelRatio;
  if (canvas.width !== Math.round(width) || canvas.height !== Math.round(height)) {
    canvas.width = Math.round(width);
    canvas.height = Math.round(height);
  }
  context.clearRect(0, 0, canvas.width, canvas.height);
  const points = pointsOf(overlay, canvas, mirror);
  if (!points) return;
  const size = bodySize(points);
  if (size <= 0) return;
  if (overlay.ghost) ghost(context, overlay.ghost, points, overlay.aspect);
  bones(context, points, overlay, size);
  bodyLine(context, points, overlay, size);
  if (overlay.mend) mend(context, points, overlay, size);
}

type Mark = { x: number; y: number; seen: boolean };

/** Where `object-fit: cover`, or `contain` for a whole picture, puts its points on the canvas. */
function pointsOf(overlay: Overlay, canvas: HTMLCanvasElement, mirror: boolean): Mark[] | null {
  const { landmarks, aspect } = overlay;
  const { whole, shows } = overlay.framing;
  if (!landmarks) return null;
  const high = (whole ? Math.min : Math.max)(canvas.width / aspect, canvas.height);
  const left = (canvas.width - high * aspect) / 2;
  const top = (canvas.height - high) * shows;
  return Array.from({ length: 33 }, (_, index) => {
    const x = landmarks[index * 4] ?? Number.NaN;
    const y = landmarks[index * 4 + 1] ?? Number.NaN;
    return {
      x: left + (mirror ? 1 - x : x) * high * aspect,
      y: top + y * high,
      seen: (landmarks[index * 4 + 3] ?? 0) >= LEAST_VISIBILITY && Number.isFinite(x) && Number.isFinite(y),
    };
  });
}

function bodySize(points: Mark[]): number {
  const [shoulder, hip] = [points[11] as Mark, points[23] as Mark];
  return Math.hypot(shoulder.x - hip.x, shoulder.y - hip.y) / 0.285;
}

function nearOffset(overlay: Overlay): 0 | 1 {
  const landmarks = overlay.landmarks as Float32Array;
  const sum = (offset: 0 | 1): number =>
    [11, 13, 23, 25, 27].reduce((total, joint) => total + (landmarks[(joint + offset) * 4 + 3] ?? 0), 0);
  return sum(0) >= sum(1) ? 0 : 1;
}

function stroke(context: CanvasRenderingContext2D, path: Path2D, width: number, colour: string): void {
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.stroke(path);
}

function bones(context: CanvasRenderingContext2D, points: Mark[], overlay: Overlay, size: number): void {
  const near = nearOffset(overlay);
  for (const [from, to] of LIMBS) {
    const a = points[from + near] as Mark;
    const b = points[to + near] as Mark;
    if (!a.seen || !b.seen) continue;
    const path = new Path2D();
    path.moveTo(a.x, a.y);
    path.lineTo(b.x, b.y);
    stroke(context, path, size * 0.014, HALO);
    stroke(context, path, size * 0.008, "#ffffff");
  }
}

function bodyLine(context: CanvasRenderingContext2D, points: Mark[], overlay: Overlay, size: number): void {
  const near = nearOffset(overlay);
  const joints = overlay.bodyLine
    .map((joint) => points[joint < 11 ? joint : joint - ((joint + 1) % 2) + near] as Mark)
    .filter((mark) => mark.seen);
  if (joints.length < 2) return;
  const colour = overlay.mood === "waiting" ? ICE : overlay.mood === "counting" ? SUN : "#ffffff";
  const path = new Path2D();
  for (const [index, joint] of joints.entries()) {
    if (index === 0) path.moveTo(joint.x, joint.y);
    else path.lineTo(joint.x, joint.y);
  }
  stroke(context, path, size * 0.018 * 2.1, HALO);
  stroke(context, path, size * 0.018, colour);
  for (const joint of joints) {
    const dot = new Path2D();
    dot.arc(joint.x, joint.y, size * 0.018 * 1.15, 0, 2 * Math.PI);
    context.fillStyle = HALO;
    context.fill(dot);
    stroke(context, dot, size * 0.01, colour);
  }
}

function mend(context: CanvasRenderingContext2D, points: Mark[], overlay: Overlay, size: number): void {
  if (!overlay.mend) return;
  const { joint, dy } = overlay.mend;
  const mark = points[joint + nearOffset(overlay)];
  if (!mark?.seen) return;
  const ring = new Path2D();
  ring.arc(mark.x, mark.y, size * 0.045, 0, 2 * Math.PI);
  stroke(context, ring, size * 0.009, ICE);
  // The arrow stands on the side that the joint has to leave, and points the way.
  const tail = { x: mark.x, y: mark.y - dy * size * 0.17 };
  const tip = { x: mark.x, y: mark.y - dy * size * 0.065 };
  const arrow = new Path2D();
  arrow.moveTo(tail.x, tail.y);
  arrow.lineTo(tip.x, tip.y);
  const back = size * 0.045;
  arrow.moveTo(tip.x - back, tip.y - dy * back);
  arrow.lineTo(tip.x, tip.y);
  arrow.lineTo(tip.x + back, tip.y - dy * back);
  stroke(context, arrow, size * 0.032, HALO);
  stroke(context, arrow, size * 0.02, "#ffffff");
}

/** The good form as one outline, laid over the person: same shoulders, same length, same slope. */
function ghost(
  context: CanvasRenderingContext2D,
  { points, unit, near }: NonNullable<Overlay["ghost"]>,
  person: Mark[],
  aspect: number,
): void {
  const facesRight = (marks: { x: number }[]): boolean => (marks[11]?.x ?? 0) > (marks[27]?.x ?? 0);
  let model: readonly Point[] = points;
  let side = near;
  if (facesRight(points.map(([x]) => ({ x }))) !== facesRight(person)) {
    model = mirrored(points, aspect);
    side = near === null ? null : near === "left" ? "right" : "left";
  }
  const [from, to] = [middle(person, 11), middle(person, 27)];
  const [a, b] = [middleOf(model, 11), middleOf(model, 27)];
  const scale = Math.hypot(to.x - from.x, to.y - from.y) / Math.hypot(b[0] - a[0], b[1] - a[1]);
  if (!Number.isFinite(scale) || scale <= 0) return;
  const turn = Math.atan2(to.y - from.y, to.x - from.x) - Math.atan2(b[1] - a[1], b[0] - a[0]);
  const layer = new OffscreenCanvas(context.canvas.width, context.canvas.height);
  const ink = layer.getContext("2d");
  if (!ink) return;
  ink.translate(from.x, from.y);
  ink.rotate(turn);
  ink.scale(scale, scale);
  ink.translate(-a[0], -a[1]);
  const forms = shapes(model, unit, side).map((shape) => new Path2D(shape.d));
  ink.lineJoin = "round";
  ink.lineWidth = unit * 0.016;
  ink.strokeStyle = "#ffffff";
  for (const form of forms) ink.stroke(form);
  ink.globalCompositeOperation = "destination-out";
  for (const form of forms) ink.fill(form);
  context.globalAlpha = 0.85;
  context.drawImage(layer, 0, 0);
  context.globalAlpha = 1;
}

function middle(marks: Mark[], joint: number): { x: number; y: number } {
  const [a, b] = [marks[joint] as Mark, marks[joint + 1] as Mark];
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function middleOf(points: readonly Point[], joint: number): Point {
  const [a, b] = [points[joint] as Point, points[joint + 1] as Point];
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}
