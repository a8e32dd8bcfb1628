/** Frames as bytes: little endian, 540 a frame: u32 sequence, f64 seconds, 33 x (x, y, z, visibility) f32. */

export const POINTS = 33;
export const FRAME_BYTES = 4 + 8 + POINTS * 4 * 4;

/** 132 numbers: x, y, z, visibility of each point; NaN where nothing was seen. */
export type Landmarks = Float32Array;

/** Nobody in the picture. */
export const nobody = (): Landmarks => new Float32Array(POINTS * 4).fill(Number.NaN);

export function encode(seq: number, t_s: number, landmarks: Landmarks): ArrayBuffer {
  const buffer = new ArrayBuffer(FRAME_BYTES);
  const view = new DataView(buffer);
  view.setUint32(0, seq, true);
  view.setFloat64(4, t_s, true);
  for (let index = 0; index < POINTS * 4; index++)
    view.setFloat32(12 + index * 4, landmarks[index] ?? Number.NaN, true);
  return buffer;
}

/** Several frames in one message. */
export function joined(frames: readonly ArrayBuffer[]): ArrayBuffer {
  const all = new Uint8Array(frames.reduce((sum, frame) => sum + frame.byteLength, 0));
  let at = 0;
  for (const frame of frames) {
    all.set(new Uint8Array(frame), at);
    at += frame.byteLength;
  }
  return all.buffer;
}
