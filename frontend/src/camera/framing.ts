/** Which part of the picture the window shows: the person low in it, where the arch is wide and the clock is not. */

/** As CSS has it: 0 shows the picture's upper edge, 1 its lower edge. */
export const CENTRED = 0.5;

/** How far down in the window the person's lowest point belongs. */
const LOWEST = 0.9;
const LEAST_VISIBILITY = 0.5;
const POINTS = 33;

/** Where the picture belongs so that the whole person shows, low in the window; the middle where that cannot be told. */
export function framing(landmarks: Float32Array | null, aspect: number, windowAspect: number): number {
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
