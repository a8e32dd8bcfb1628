/** Where a fault is shown on the body, and which way mends it: the words say it, the arrow points it. Right handed x, y down. */

export interface Mend {
  /** The left one of a pair of joints; the near side is drawn. */
  joint: number;
  dx: number;
  dy: number;
}

const HIP = 23;
const KNEE = 25;
const SHOULDER = 11;
const ELBOW = 13;
const EAR = 7;

const MENDS: Record<string, Mend> = {
  "hips-sagging": { joint: HIP, dx: 0, dy: -1 },
  "hips-dropped": { joint: HIP, dx: 0, dy: -1 },
  "hips-low": { joint: HIP, dx: 0, dy: -1 },
  "hips-piked": { joint: HIP, dx: 0, dy: 1 },
  "knees-bent": { joint: KNEE, dx: 0, dy: -1 },
  "knee-bent": { joint: KNEE, dx: 0, dy: 1 },
  "arms-off": { joint: ELBOW, dx: 0, dy: -1 },
  "elbows-bent": { joint: ELBOW, dx: 0, dy: -1 },
  "arm-low": { joint: ELBOW, dx: 0, dy: -1 },
  "head-hanging": { joint: EAR, dx: 0, dy: -1 },
  "leaning-forward": { joint: SHOULDER, dx: 0, dy: -1 },
};

/** How to draw a fault; null for one that has no place on the body. */
export const mendOf = (fault: string | null): Mend | null => (fault === null ? null : (MENDS[fault] ?? null));
