/** How light a picture is, of full light: its average, from a copy of a few dots that is forgotten at once. */

const WIDTH = 32;
const HEIGHT = 18;
const BRIGHTEST = 255;

let canvas: HTMLCanvasElement | null = null;

export function lightOf(video: HTMLVideoElement): number {
  canvas ??= Object.assign(document.createElement("canvas"), { width: WIDTH, height: HEIGHT });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context || video.videoWidth === 0) return 1;
  context.drawImage(video, 0, 0, WIDTH, HEIGHT);
  const { data } = context.getImageData(0, 0, WIDTH, HEIGHT);
  context.clearRect(0, 0, WIDTH, HEIGHT);
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) sum += (data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0);
  return sum / (WIDTH * HEIGHT * 3 * BRIGHTEST);
}
