/** Which part of the picture the window shows: the person low in it, where the arch is wide and the clock is not. */

/** As CSS has it: 0 shows the picture's upper edge, 1 its lower edge. */
export const CENTRED = 0.5;

/** How far down in the window the person's lowest point belongs. */
const LOWEST = 0.9;
const LEAST_VISIBILITY = 0.5;
const POINTS = 33;

/** How the picture lies in its window. */
export interface Framing {
  /** The whole picture, with room beside it; else it fills the window, and something of it is cut off. */
  whole: boolean;
  shows: number;
}

/**
 * While somebody finds their place they see the whole picture: what is cut off there could be their head or their feet. In a
 * hold the window is filled, with the whole person low in it; one that is narrower than the picture would cut off head and
 * feet of whoever lies, and shows the whole picture on its lower edge.
 */
export function framing(
  landmarks: Float32Array | null,
  aspect: number,
  windowAspect: number,
  placing: boolean,
): Framing {
  if (placing) return { whole: true, shows: CENTRED };
  if (windowAspect < aspect) return { whole: true, shows: 1 };
  return { whole: false, shows: lowIn(landmarks, aspect, windowAspect) };
}

/** Where a picture that fills the window belongs; the middle where that cannot be told. */
function lowIn(landmarks: Float32Array | null, aspect: number, windowAspect: number): number {
  const lowest = lowestPoint(landmarks);
  // With the window one unit high, the picture that covers it is this high; what is over is cut off.
  const height = windowAspect / aspect;
  const over = height - 1;
  if (lowest === null || over <= 0.01) return CENTRED;
  return Math.min(1, Math.max(0, (lowest * height - LOWEST) / over));
}

function lowestPoint(landmarks: Float32Array | null): number | null {
  let lowest: number | null = null;
  for (let point = 0; landmarks && point < POINTS; point++) {
    const y = landmarks[point * 4 + 1] ?? Number.NaN;
    const seen = (landmarks[point * 4 + 3] ?? 0) >= LEAST_VISIBILITY && y >= 0 && y <= 1;
    if (seen && (lowest === null || y > lowest)) lowest = y;
  }
  return lowest;
}
