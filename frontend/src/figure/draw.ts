/**
 * The figure, as shapes: tapered limbs between joints, the same for an exercise file's figure and for a camera's skeleton.
 *
 * Points are 33 pairs of x and y in one unit, y down; `unit` is how many of those a body height measures. Radii are in per
 * cent of body height.
 */

export type Point = readonly [number, number];
export type Near = "left" | "right" | null;

export type Role = "far-arm" | "far-leg" | "body" | "near-leg" | "near-arm";

/** What a limb is made of: the hull of two circles. */
export interface Capsule {
  a: Point;
  ra: number;
  b: Point;
  rb: number;
}

/** A limb, or trunk and head, as it is painted. */
export interface Limb {
  role: Role;
  capsules: Capsule[];
}

export interface Shape {
  role: Role;
  /** SVG path data; the shapes of one role overlap and make one form. */
  d: string;
}

const RADII = {
  chest: 6.2,
  waist: 5.3,
  pelvis: 6.4,
  thigh: 5.8,
  knee: 3.6,
  calf: 3.8,
  ankle: 2.0,
  heel: 2.0,
  toe: 1.3,
  shoulder: 3.6,
  elbow: 2.5,
  wrist: 1.7,
  hand: 1.2,
  neck: 3.0,
  frame: 4.2,
} as const;

/** Half the width of the line through the judged joints, its halo with it, in body heights. */
export const LINE_RADIUS = 0.0189;

const HEAD = { long: 7.0, wide: 5.7 };

const round = (value: number): number => Math.round(value * 1e4) / 1e4;

/** The hull of two circles: two tangents and two arcs. */
export function capsule(a: Point, ra: number, b: Point, rb: number): string {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const apart = Math.hypot(dx, dy);
  if (apart <= Math.abs(ra - rb) + 1e-9) return circle(ra >= rb ? a : b, Math.max(ra, rb));
  const along = Math.atan2(dy, dx);
  const open = Math.acos((ra - rb) / apart);
  const on = (c: Point, r: number, turn: number): string =>
    `${round(c[0] + r * Math.cos(turn))} ${round(c[1] + r * Math.sin(turn))}`;
  const bigB = open > Math.PI / 2 ? 1 : 0;
  return [
    `M${on(a, ra, along + open)}`,
    `L${on(b, rb, along + open)}`,
    `A${round(rb)} ${round(rb)} 0 ${bigB} 0 ${on(b, rb, along - open)}`,
    `L${on(a, ra, along - open)}`,
    `A${round(ra)} ${round(ra)} 0 ${1 - bigB} 0 ${on(a, ra, along + open)}Z`,
  ].join("");
}

export function circle(c: Point, r: number): string {
  const left = `${round(c[0] - r)} ${round(c[1])}`;
  const right = `${round(c[0] + r)} ${round(c[1])}`;
  const radius = `${round(r)} ${round(r)}`;
  return `M${left}A${radius} 0 1 0 ${right}A${radius} 0 1 0 ${left}Z`;
}

function ellipse(c: Point, long: number, wide: number, turn: number): string {
  const dx = long * Math.cos(turn);
  const dy = long * Math.sin(turn);
  const degrees = round((turn * 180) / Math.PI);
  const from = `${round(c[0] - dx)} ${round(c[1] - dy)}`;
  const to = `${round(c[0] + dx)} ${round(c[1] + dy)}`;
  const radii = `${round(long)} ${round(wide)} ${degrees}`;
  return `M${from}A${radii} 1 0 ${to}A${radii} 1 0 ${from}Z`;
}

const between = (a: Point, b: Point, share: number): Point => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
];

/** All shapes, in the order in which they are painted: what is far first. */
export function shapes(points: readonly Point[], unit: number, near: Near): Shape[] {
  const { at, turn } = headOf(points, unit);
  return limbs(points, unit, near).map(({ role, capsules }) => ({
    role,
    d:
      capsules.map(({ a, ra, b, rb }) => capsule(a, ra, b, rb)).join("") +
      (role === "body" ? ellipse(at, (HEAD.long * unit) / 100, (HEAD.wide * unit) / 100, turn) : ""),
  }));
}

/** All that the figure covers, the head as the capsule that its ellipse lies in. */
export function covered(points: readonly Point[], unit: number, near: Near): Capsule[] {
  const { at, turn } = headOf(points, unit);
  const radius = (HEAD.wide * unit) / 100;
  const half = ((HEAD.long - HEAD.wide) * unit) / 100;
  const end = (way: 1 | -1): Point => [at[0] + way * half * Math.cos(turn), at[1] + way * half * Math.sin(turn)];
  const head = { a: end(1), ra: radius, b: end(-1), rb: radius };
  return [...limbs(points, unit, near).flatMap(({ capsules }) => capsules), head];
}

function headOf(points: readonly Point[], unit: number): { at: Point; turn: number } {
  const middle = (left: number): Point => between(points[left] as Point, points[left + 1] as Point, 0.5);
  const [shoulders, head] = [middle(11), middle(7)];
  const turn = Math.atan2(head[1] - shoulders[1], head[0] - shoulders[0]);
  return { at: [head[0] + 0.012 * unit * Math.cos(turn), head[1] + 0.012 * unit * Math.sin(turn)], turn };
}

function limbs(points: readonly Point[], unit: number, near: Near): Limb[] {
  const r = (name: keyof typeof RADII): number => (RADII[name] * unit) / 100;
  const at = (index: number): Point => points[index] as Point;
  const hull = (a: Point, ra: keyof typeof RADII, b: Point, rb: keyof typeof RADII): Capsule => ({
    a,
    ra: r(ra),
    b,
    rb: r(rb),
  });
  const arm = (side: 0 | 1): Capsule[] => [
    hull(at(11 + side), "shoulder", at(13 + side), "elbow"),
    hull(at(13 + side), "elbow", at(15 + side), "wrist"),
    hull(at(15 + side), "wrist", at(19 + side), "hand"),
  ];
  const leg = (side: 0 | 1): Capsule[] => {
    const calf = between(at(25 + side), at(27 + side), 0.3);
    return [
      hull(at(23 + side), "thigh", at(25 + side), "knee"),
      hull(at(25 + side), "knee", calf, "calf"),
      hull(calf, "calf", at(27 + side), "ankle"),
      hull(at(27 + side), "ankle", at(29 + side), "heel"),
      hull(at(27 + side), "ankle", at(31 + side), "toe"),
      hull(at(29 + side), "heel", at(31 + side), "toe"),
    ];
  };
  const shoulders = between(at(11), at(12), 0.5);
  const hips = between(at(23), at(24), 0.5);
  const chest = between(shoulders, hips, 0.14);
  const waist = between(shoulders, hips, 0.58);
  const body = [
    hull(chest, "chest", waist, "waist"),
    hull(waist, "waist", hips, "pelvis"),
    hull(at(11), "frame", at(12), "frame"),
    hull(at(11), "frame", waist, "waist"),
    hull(at(12), "frame", waist, "waist"),
    hull(at(23), "frame", at(24), "frame"),
    hull(shoulders, "neck", between(at(7), at(8), 0.5), "neck"),
  ];
  const nearSide: 0 | 1 = near === "right" ? 1 : 0;
  const farSide: 0 | 1 = nearSide === 0 ? 1 : 0;
  if (near === null) {
    // Seen from the front no side is far: arms and legs lie before the trunk, and a hand before the head.
    return [
      { role: "body", capsules: body },
      { role: "near-leg", capsules: leg(farSide) },
      { role: "near-leg", capsules: leg(nearSide) },
      { role: "near-arm", capsules: arm(farSide) },
      { role: "near-arm", capsules: arm(nearSide) },
    ];
  }
  return [
    { role: "far-arm", capsules: arm(farSide) },
    { role: "far-leg", capsules: leg(farSide) },
    { role: "body", capsules: body },
    { role: "near-leg", capsules: leg(nearSide) },
    { role: "near-arm", capsules: arm(nearSide) },
  ];
}

/** The mirror image, for the other side of the body: x is flipped and left and right change names. */
export function mirrored(points: readonly Point[], width: number): Point[] {
  const swapped = [0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9];
  for (let index = 11; index < 33; index++) swapped.push(index % 2 === 1 ? index + 1 : index - 1);
  return swapped.map((index) => {
    const [x, y] = points[index] as Point;
    return [width - x, y] as const;
  });
}
