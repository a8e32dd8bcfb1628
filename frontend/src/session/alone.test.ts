import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Channel, runHere, runsElsewhere } from "./alone";

/** The windows of one browser: what one says, all others hear a moment later. */
class Browser {
  private readonly windows = new Set<Channel>();

  readonly open = (): Channel => {
    const channel: Channel = {
      onmessage: null,
      postMessage: (said) => {
        for (const other of this.windows) {
          if (other !== channel) setTimeout(() => this.windows.has(other) && other.onmessage?.({ data: said }), 1);
        }
      },
      close: () => this.windows.delete(channel),
    };
    this.windows.add(channel);
    return channel;
  };
}

let browser: Browser;

beforeEach(() => {
  vi.useFakeTimers();
  browser = new Browser();
});

afterEach(() => vi.useRealTimers());

const asked = async (session: string): Promise<boolean> => {
  const answer = runsElsewhere(session, browser.open);
  await vi.advanceTimersByTimeAsync(500);
  return answer;
};

describe("a session", () => {
  it("runs elsewhere only while another window runs just this one", async () => {
    expect(await asked("s")).toBe(false);
    const letGo = runHere("s", () => undefined, browser.open);
    expect(await asked("s")).toBe(true);
    expect(await asked("another")).toBe(false);
    letGo();
    expect(await asked("s")).toBe(false);
  });

  it("is lost to the window that takes it, and that one keeps it", async () => {
    const lost: string[] = [];
    runHere("s", () => lost.push("first"), browser.open);
    runHere("another", () => lost.push("another"), browser.open);
    runHere("s", () => lost.push("second"), browser.open);
    await vi.advanceTimersByTimeAsync(500);
    expect(lost).toEqual(["first"]);
  });
});
