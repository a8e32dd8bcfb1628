/** What is said at the desk: after its sound, never under it. */
import { beforeEach, describe, expect, it, vi } from "vitest";

const did: string[] = [];
const SOUND_S = 0.26;

vi.mock("../../desk/tell", () => ({
  softSound: () => {
    did.push("sound");
    return SOUND_S;
  },
}));
vi.mock("../../ui/settings", () => ({ settings: { value: { voice: true } } }));
vi.mock("../../voice/speaker", () => ({
  speakerOf: () => ({ able: true, say: (text: string) => did.push(text), stop: () => did.push("hush") }),
}));
vi.mock("../../words/words", () => ({ words: { value: { language: "en" } } }));
const { hush, speakAfterSound } = await import("./spoken");

describe("a sentence with its sound", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    did.length = 0;
  });

  it("is said when the sound is over", async () => {
    speakAfterSound("Stand up.");
    await vi.advanceTimersByTimeAsync(SOUND_S * 1000 - 10);
    expect(did).toEqual(["sound"]);
    await vi.advanceTimersByTimeAsync(20);
    expect(did).toEqual(["sound", "Stand up."]);
  });

  it("is not said any more once another one came, or the card is left", async () => {
    speakAfterSound("Stand up.");
    speakAfterSound("Sit down.");
    await vi.advanceTimersByTimeAsync(1000);
    speakAfterSound("Look far away.");
    hush();
    await vi.advanceTimersByTimeAsync(1000);
    expect(did).toEqual(["sound", "sound", "Sit down.", "sound", "hush"]);
  });
});
