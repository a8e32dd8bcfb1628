/** Every word round every figure: beside the body, near the part that it is about, and alone where it stands. */
import { describe, expect, it } from "vitest";
import type { StillAsset } from "./asset";
import {
  disturbs,
  overlap,
  type Placed,
  place,
  type Rect,
  type Room,
  type Scene,
  sceneOf,
  type Type,
} from "./callouts";
import scenes from "./callouts.scenes.json?raw";
import type { Capsule, Point } from "./draw";

interface Told {
  name: string;
  asset: StillAsset;
  callouts: { at: number[]; words: Record<"en" | "es", string> }[];
}

/** As the server gives them: a test beside the catalogue holds the file to it. */
const SCENES: Told[] = JSON.parse(scenes);

/** The page's font, in ems: each letter's advance in its heaviest weight that is used here, or a little more. */
const NARROW = { 0.25: "il,.'’í", 0.3: "j I", 0.42: "frt-", 0.53: "sczkxáa", 0.6: "bdeghnopquvyéóúñLTFEBP" } as const;
const advance = (letter: string): number =>
  Number(Object.entries(NARROW).find(([, letters]) => letters.includes(letter))?.[0] ?? 0.87);

const typeOf = (font: number): Type => ({
  line: Math.ceil(font * 1.25),
  width: (text) => [...text].reduce((sum, letter) => sum + advance(letter) * font, 0),
});

/** The window of the exercise's page on a phone of 390 and on a laptop of 1280 CSS pixels. */
const WINDOWS: Record<string, { room: Room; figure: Rect; type: Type }> = {
  phone: {
    room: { width: 346, top: 0, ground: 260, below: 46 },
    figure: { left: 17, top: 31, right: 329, bottom: 260 },
    type: typeOf(14),
  },
  laptop: {
    room: { width: 616, top: 56, ground: 328, below: 52 },
    figure: { left: 31, top: 69, right: 585, bottom: 328 },
    type: typeOf(16),
  },
};

const every = SCENES.flatMap((told) =>
  (["en", "es"] as const).flatMap((language) =>
    Object.keys(WINDOWS).map((window) => ({ told, language, window, title: `${told.name}: ${language}, ${window}` })),
  ),
);

/** Finding the places costs more than looking at them, so it is done once for all that is asked of them. */
const found = new Map<string, { scene: Scene; all: Placed[] }>();

function placed(told: Told, language: "en" | "es", window: string): { scene: Scene; all: Placed[] } {
  const name = `${told.name} ${language} ${window}`;
  const known = found.get(name) ?? placedAnew(told, language, window);
  found.set(name, known);
  return known;
}

function placedAnew(told: Told, language: "en" | "es", window: string): { scene: Scene; all: Placed[] } {
  const { room, figure, type } = WINDOWS[window] as (typeof WINDOWS)[string];
  const scene = sceneOf(told.asset, figure);
  const wanted = told.callouts.map(({ at, words }) => ({ text: words[language], at: scene.at(at) }));
  const all = place(wanted, scene, room, type);
  expect(all, "there is no room for all of them").not.toBeNull();
  return { scene, all: all ?? [] };
}

/** How far a point is from a limb: below nought inside. */
function apart({ a, ra, b, rb }: Capsule, p: Point): number {
  let least = Number.POSITIVE_INFINITY;
  for (let step = 0; step <= 30; step++) {
    const share = step / 30;
    const [x, y] = [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
    least = Math.min(least, Math.hypot(p[0] - x, p[1] - y) - (ra + (rb - ra) * share));
  }
  return least;
}

const off = (scene: Scene, p: Point): number => Math.min(...scene.body.map((part) => apart(part, p)));
const offLine = (scene: Scene, p: Point): number => Math.min(...scene.judged.map((part) => apart(part, p)));

/** Points all round and all over a box. */
const spread = ({ left, top, right, bottom }: Rect): Point[] =>
  Array.from({ length: 13 * 7 }, (_, n): Point => {
    const [across, down] = [(n % 13) / 12, Math.floor(n / 13) / 6];
    return [left + (right - left) * across, top + (bottom - top) * down];
  });

describe("the words round a figure", () => {
  it("are there for every form of every exercise", () => {
    expect(SCENES.length).toBeGreaterThan(25);
    for (const { name, callouts } of SCENES) expect(callouts.length, name).toBeGreaterThan(0);
  });

  it.each(every)("stand free: $title", ({ told, language, window }) => {
    const { scene, all } = placed(told, language, window);
    const { room } = WINDOWS[window] as (typeof WINDOWS)[string];
    expect(all.map(({ lines }) => lines.join(" "))).toEqual(told.callouts.map(({ words }) => words[language]));
    for (const { box } of all) {
      expect(box.left).toBeGreaterThanOrEqual(0);
      expect(box.right).toBeLessThanOrEqual(room.width);
      expect(box.top).toBeGreaterThanOrEqual(room.top);
      expect(box.bottom).toBeLessThanOrEqual(room.ground + room.below);
      expect(box.top < room.ground && box.bottom > room.ground, "the ground runs through it").toBe(false);
      expect(Math.min(...spread(box).map((point) => off(scene, point)))).toBeGreaterThan(2);
      expect(Math.min(...spread(box).map((point) => offLine(scene, point)))).toBeGreaterThan(2);
    }
    for (const [index, one] of all.entries()) {
      for (const other of all.slice(index + 1)) {
        expect(overlap(one.box, other.box)).toBe(false);
        expect(disturbs(one, other)).toBe(false);
      }
    }
  });

  it.each(every)(
    "are tied to their part by a line that is nowhere on the figure: $title",
    ({ told, language, window }) => {
      const { scene, all } = placed(told, language, window);
      const height = Math.max(...scene.body.map(({ ra }) => ra)) / 0.064;
      for (const [index, { line, box }] of all.entries()) {
        const [end, tip] = line;
        const target = scene.at(told.callouts[index]?.at ?? []);
        expect(Math.hypot(tip[0] - target[0], tip[1] - target[1])).toBeLessThan(0.1 * height + 6);
        expect(off(scene, tip)).toBeLessThan(6);
        for (let step = 0; step <= 20; step++) {
          const share = step / 20;
          const point: Point = [tip[0] + (end[0] - tip[0]) * share, tip[1] + (end[1] - tip[1]) * share];
          expect(off(scene, point)).toBeGreaterThan(0);
        }
        const near = Math.hypot(
          Math.max(box.left - end[0], 0, end[0] - box.right),
          Math.max(box.top - end[1], 0, end[1] - box.bottom),
        );
        expect(near).toBeLessThan(4);
      }
    },
  );
});

describe("where there is no room", () => {
  it("says so", () => {
    const told = SCENES[0] as Told;
    const scene = sceneOf(told.asset, { left: 0, top: 0, right: 90, bottom: 60 });
    const wanted = told.callouts.map(({ at, words }) => ({ text: words.en, at: scene.at(at) }));
    expect(place(wanted, scene, { width: 90, top: 0, ground: 60, below: 0 }, typeOf(16))).toBeNull();
  });
});
