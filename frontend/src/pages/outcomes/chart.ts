/** Where a chart of scores puts its points and lines: numbers only, so that they can be tested without a screen. */
import type { Instrument } from "../../api/types";

export const WIDTH = 330;
export const HEIGHT = 166;
/** Room for the outermost dots. */
const SIDE = 14;
const TOP = 8;
const BOTTOM = 8;

export interface Plot {
  points: { x: number; y: number; on: string; score: number }[];
  /** Heights of the scale's lines, each with its number. */
  lines: { y: number; score: number }[];
  first: number | null;
  /** From where on a change matters, as strips from the top down. */
  better: { y: number; height: number } | null;
  worse: { y: number; height: number } | null;
}

const day = (on: string): number => Date.parse(`${on}T12:00:00Z`) / 86_400_000;

/** The chart of an instrument's scores. Days go from left to right in proportion; the scale goes from its lowest up. */
export function plot(instrument: Instrument): Plot {
  const { series, lowest, highest, limits } = instrument;
  const from = day(series[0]?.on ?? "1970-01-01");
  const span = Math.max(1, day(series[series.length - 1]?.on ?? "1970-01-01") - from);
  const x = (on: string) => (series.length < 2 ? SIDE : SIDE + ((day(on) - from) / span) * (WIDTH - 2 * SIDE));
  const y = (score: number) => HEIGHT - BOTTOM - ((score - lowest) / (highest - lowest)) * (HEIGHT - TOP - BOTTOM);
  const strip = (at: number | null | undefined, up: boolean) => {
    if (at === null || at === undefined) return null;
    return up ? { y: y(highest), height: y(at) - y(highest) } : { y: y(at), height: y(lowest) - y(at) };
  };
  const upIsBetter = instrument.better === "higher";
  return {
    points: series.map((one) => ({ x: x(one.on), y: y(one.score), on: one.on, score: one.score })),
    lines: [lowest, (lowest + highest) / 2, highest].map((score) => ({ y: y(score), score })),
    first: limits ? y(limits.first) : null,
    better: strip(limits?.better_at, upIsBetter),
    worse: strip(limits?.worse_at, !upIsBetter),
  };
}

/** A score as it is shown: a mean to a tenth. */
export const shown = (score: number): number => Math.round(score * 10) / 10;
