import { afterEach, describe, expect, it, vi } from "vitest";
import { words, written } from "../words/words";
import { counted } from "./counted";
import type { SessionScript } from "./script";

const texts = import.meta.glob<string>("../../../src/lumbar/catalog/texts/en/programme.toml", {
  query: "?raw",
  import: "default",
  eager: true,
});
const table = (name: string): Record<string, string> => {
  const part = Object.values(texts).join("\n").split(`[${name}]`)[1]?.split(/^\[/m)[0] ?? "";
  return Object.fromEntries([...part.matchAll(/^"([^"]+)"\s*=\s*"(.*)"$/gm)].map((match) => [match[1], match[2]]));
};

/** As an older lumbar kept it: the seconds alone. */
const old = (seconds: number): SessionScript => {
  const rest = { id: "script.rest", params: { seconds } };
  const round = { id: "script.next-round", params: { seconds, round: 2, rounds: 3 } };
  const done = { id: "script.done", params: {} };
  const steps = [
    { i: 0, kind: "rest", say: [rest], show: rest, seconds },
    { i: 1, kind: "rest", say: [round], show: round, seconds },
    { i: 2, kind: "end", say: [done], show: null },
  ];
  return { session: "s", steps } as unknown as SessionScript;
};

describe("a script that was made before its rests were counted", () => {
  afterEach(() => {
    words.value = null;
    vi.restoreAllMocks();
  });

  it("has words for them all the same", () => {
    const complaint = vi.spyOn(console, "error").mockImplementation(() => undefined);
    words.value = {
      languages: ["en"],
      language: "en",
      decimal: ".",
      written: table("written"),
      spoken: table("spoken"),
    };
    const shown = (seconds: number) => counted(old(seconds)).steps.map((step) => step.show && written(step.show));
    expect(shown(20)).toEqual(["Rest, 20 seconds.", "Rest, 20 seconds. Then round 2 of 3.", null]);
    expect(shown(1)).toEqual(["Rest, 1 second.", "Rest, 1 second. Then round 2 of 3.", null]);
    expect(complaint).not.toHaveBeenCalled();
  });

  it("says them as a new one does, so that their recordings are found", () => {
    const [rest, , end] = counted(old(20)).steps;
    expect(rest?.say).toEqual([{ id: "script.rest", params: { seconds: 20, count: 20 } }]);
    expect(end).toEqual(old(20).steps[2]);
  });

  it("is left alone where it counts already", () => {
    const once = counted(old(20));
    expect(counted(once)).toEqual(once);
  });
});
