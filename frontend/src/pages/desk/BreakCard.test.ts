/** The end of a break: the watch goes on by itself, for many go back to work and press nothing. */
import { beforeEach, describe, expect, it, vi } from "vitest";

const did: string[] = [];
let refused: Error | null = null;

vi.mock("../../api/device", () => ({ zone: () => "Etc/GMT" }));
vi.mock("../../api/http", () => ({
  get: async () => ({}),
  post: async (path: string) => {
    await Promise.resolve();
    did.push(path);
    if (refused) throw refused;
  },
}));
vi.mock("../../api/load", () => ({ today: { load: async () => undefined } }));
vi.mock("../../desk/tell", () => ({ softSound: () => undefined, wakeSound: async () => undefined }));
vi.mock("../../desk/watcher", () => ({
  watcher: () => ({
    profile: { value: "sitting" },
    runId: "run",
    from: (body: object) => body,
    pause: (on: boolean) => did.push(on ? "rests" : "goes on"),
  }),
}));
vi.mock("../../figure/Figure", () => ({ Figure: () => null }));
vi.mock("../../words/words", () => ({ spoken: String, t: (id: string) => id, written: String }));
vi.mock("../data/trouble", () => ({ sentenceOf: (error: Error) => error.message }));
vi.mock("./spoken", () => ({ hush: () => undefined, speakAfterSound: () => undefined, speaks: () => false }));
const { taken } = await import("./BreakCard");

const REST = { seconds: 60, stretch: null, steps: [] };

describe("a break that is over", () => {
  beforeEach(() => {
    did.length = 0;
    refused = null;
  });

  it("is kept first, and then the watch goes on without a touch", async () => {
    expect(await taken(REST)).toBe("posture.break-done");
    expect(did).toEqual(["/api/desk/break", "goes on"]);
  });

  it("lets the watch go on when it could not be kept, too", async () => {
    refused = new Error("Everything rests.");
    expect(await taken(REST)).toBe("Everything rests.");
    expect(did).toEqual(["/api/desk/break", "goes on"]);
  });
});
