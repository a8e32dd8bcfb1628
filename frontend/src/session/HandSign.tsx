/** How a hand is held up to pause and to go on, drawn small: on a straight arm lying on the back, on a bent elbow face down. */

import { capsule, circle, type Point } from "../figure/draw";
import type { Sign } from "./script";

/** A limb between two circles: from, its radius, to, its radius. In hundredths of the picture's width. */
type Limb = readonly [Point, number, Point, number];

const BODIES: Record<Sign, { head: Point; limbs: readonly Limb[]; hand: readonly Limb[] }> = {
  arm: {
    head: [15, 49],
    limbs: [
      [[28, 50], 6, [56, 51], 6.5],
      [[57, 50], 6, [75, 33], 4],
      [[75, 33], 4, [84, 55], 2.5],
      [[84, 55], 2.2, [94, 56], 1.6],
    ],
    hand: [[[29, 47], 4, [30, 10], 2.4]],
  },
  forearm: {
    head: [20, 39],
    limbs: [
      [[33, 46], 6, [60, 51], 6.5],
      [[60, 51], 6, [80, 54], 4],
      [[80, 54], 4, [97, 56], 2.5],
    ],
    hand: [
      [[32, 47], 4, [10, 55], 3],
      [[10, 55], 3, [9, 14], 2.2],
    ],
  },
};

export function HandSign({ sign }: { sign: Sign }) {
  const { head, limbs, hand } = BODIES[sign];
  const path = (some: readonly Limb[]): string => some.map(([a, ra, b, rb]) => capsule(a, ra, b, rb)).join("");
  return (
    <svg class="session-sign" viewBox="0 0 100 60" aria-hidden="true">
      <path class="session-sign-body" d={path(limbs) + circle(head, 7)} />
      <path class="session-sign-hand" d={path(hand)} />
      <path class="session-sign-floor" d="M2 59H98" />
    </svg>
  );
}
