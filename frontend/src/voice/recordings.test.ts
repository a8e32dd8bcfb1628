import { describe, expect, it } from "vitest";
import { isRecorded, Recordings } from "./recordings";
import { sentencesOf } from "./sentences";

describe("the sentences of a text", () => {
  it("end with their marks, and a number's point ends none", () => {
    expect(sentencesOf("Rest, 20 seconds. Then round 2 of 3.")).toEqual(["Rest, 20 seconds.", "Then round 2 of 3."]);
    expect(sentencesOf("With 11.3 kilograms: up. Con 11,3 kilos")).toEqual([
      "With 11.3 kilograms:",
      "up.",
      "Con 11,3 kilos",
    ]);
    expect(sentencesOf(" 25 ")).toEqual(["25 "]);
    expect(sentencesOf("")).toEqual([]);
  });
});

describe("recordings", () => {
  const sound = Uint8Array.from({ length: 9_000 }, (_, at) => (at < 3_000 ? 1 : 2)).buffer;
  const recordings = new Recordings({ "Half way.": [0, 3_000], "Breathe out.": [3_000, 6_000] }, sound);

  it("lay a text's sentences one after another", async () => {
    const said = recordings.of("Breathe out. Half way.");
    expect(said?.seconds).toBe(3);
    const bytes = new Uint8Array((await said?.audio.arrayBuffer()) ?? new ArrayBuffer(0));
    expect([bytes.length, bytes[0], bytes[5_999], bytes[6_000]]).toEqual([9_000, 2, 2, 1]);
    expect(said?.audio.type).toBe("audio/mpeg");
  });

  it("have no half of a text, and nothing that an object has by itself", () => {
    expect(recordings.of("Half way. Something else.")).toBeNull();
    expect(recordings.of("toString")).toBeNull();
    expect(recordings.of("")).toBeNull();
  });

  it("are named as texts are taken apart here", () => {
    const indexes = import.meta.glob<{ language: string; sentences: Record<string, [number, number]> }>(
      "./recordings/*.json",
      { import: "default", eager: true },
    );
    expect(Object.keys(indexes).length).toBeGreaterThan(1);
    for (const { language, sentences } of Object.values(indexes)) {
      expect(isRecorded(language), language).toBe(true);
      for (const sentence of Object.keys(sentences)) expect(sentencesOf(sentence), sentence).toEqual([sentence]);
    }
  });
});
