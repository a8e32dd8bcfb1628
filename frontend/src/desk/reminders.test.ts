import { beforeEach, describe, expect, it, vi } from "vitest";

const world = { asked: 0, message: null as object | null, shown: [] as string[], gone: false };

vi.mock("../api/http", () => {
  class Problem extends Error {}
  class ServerGone extends Error {}
  const post = async () => {
    world.asked += 1;
    if (world.gone) throw new ServerGone();
    return { message: world.message };
  };
  return { Problem, ServerGone, post };
});
vi.mock("../api/device", () => ({ deviceId: () => "d", zone: () => "Etc/GMT" }));
vi.mock("./tell", () => ({ notify: (_title: string, text: string) => world.shown.push(text) }));
vi.mock("../ui/settings", () => ({ settings: { value: { reminders: true } } }));
vi.mock("../words/words", () => ({
  t: (id: string) => id,
  words: { value: {} },
  written: (message: { id: string }) => message.id,
}));
vi.stubGlobal("document", { fullscreenElement: null });
const place = { pathname: "/progress" };
vi.stubGlobal("location", place);
const { keepReminding, reminder } = await import("./reminders");
const { settings } = await import("../ui/settings");

const STRETCHES = { id: "remind.stretches", params: {} };

describe("reminders of an open page, by a hand-cranked clock", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    Object.assign(world, { asked: 0, message: null, shown: [], gone: false });
    settings.value.reminders = true;
    place.pathname = "/progress";
    reminder.value = null;
    keepReminding();
    return () => vi.useRealTimers();
  });

  it("asks once a minute, and shows what it is told", async () => {
    await vi.advanceTimersByTimeAsync(59_000);
    expect(world.asked).toBe(0);
    world.message = STRETCHES;
    await vi.advanceTimersByTimeAsync(1_000);
    expect([world.asked, world.shown, reminder.value]).toEqual([1, ["remind.stretches"], STRETCHES]);
    world.message = null; // the server says each once
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect([world.asked, world.shown.length]).toEqual([61, 1]);
  });

  it.each(["/session", "/welcome"])("does not ask on %s: whoever stretches needs no reminder of it", async (at) => {
    place.pathname = at;
    world.message = STRETCHES;
    await vi.advanceTimersByTimeAsync(600_000);
    expect([world.asked, world.shown]).toEqual([0, []]);
  });

  it("does not ask on a device that did not want it", async () => {
    settings.value.reminders = false;
    await vi.advanceTimersByTimeAsync(600_000);
    expect(world.asked).toBe(0);
  });

  it("says nothing of a server that was down for a night, and one thing in the morning", async () => {
    world.gone = true;
    await vi.advanceTimersByTimeAsync(12 * 3_600_000);
    expect(world.shown).toEqual([]);
    world.gone = false;
    world.message = STRETCHES;
    await vi.advanceTimersByTimeAsync(60_000);
    world.message = null;
    await vi.advanceTimersByTimeAsync(600_000);
    expect(world.shown).toEqual(["remind.stretches"]);
  });
});
