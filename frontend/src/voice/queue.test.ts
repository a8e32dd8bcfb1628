import { describe, expect, it } from "vitest";
import { SpeechQueue } from "./queue";

/** A mouth that is told when it has finished, and a clock that is cranked. */
function studio() {
  const log: string[] = [];
  let finish: (() => void) | null = null;
  const clock = { now_s: 0 };
  const queue = new SpeechQueue(
    {
      say: (text, done) => {
        expect(finish, "two things at once").toBeNull();
        log.push(text);
        finish = () => {
          finish = null;
          done();
        };
      },
      wait: (seconds, done) => {
        expect(finish, "a sound under a voice").toBeNull();
        log.push(`wait ${seconds}`);
        finish = () => {
          finish = null;
          done();
        };
      },
      stop: () => {
        finish = null;
      },
    },
    () => clock.now_s,
    { begun: () => undefined, ended: (line, said) => log.push(`${said ? "said" : "dropped"} ${line.id}`) },
  );
  return { log, queue, clock, end: () => finish?.() };
}

const line = (id: number, more: Partial<{ urgent: boolean; stale_s: number }> = {}) => ({
  id,
  text: `line ${id}`,
  urgent: false,
  stale_s: Number.POSITIVE_INFINITY,
  ...more,
});

describe("the speech queue", () => {
  it("never says two things at once, and keeps their order", () => {
    const { log, queue, end } = studio();
    queue.add(line(1));
    queue.add(line(2));
    expect(log).toEqual(["line 1"]);
    end();
    end();
    expect(log).toEqual(["line 1", "said 1", "line 2", "said 2"]);
  });

  it("lets what matters now go first", () => {
    const { log, queue, end } = studio();
    queue.add(line(1));
    queue.add(line(2));
    queue.add(line(3, { urgent: true }));
    expect(log).toEqual(["line 1", "dropped 1", "line 3"]);
    queue.add(line(4, { urgent: true }));
    end();
    end();
    expect(log.slice(3)).toEqual(["said 3", "line 4", "said 4", "line 2"]);
  });

  it("drops what is about a moment that has passed", () => {
    const { log, queue, clock, end } = studio();
    queue.add(line(1));
    queue.add(line(2, { stale_s: 2 }));
    clock.now_s = 5;
    end();
    expect(log).toEqual(["line 1", "said 1", "dropped 2"]);
  });

  it("is silent at once, and a late end changes nothing", () => {
    const { log, queue, end } = studio();
    queue.add(line(1));
    queue.add(line(2));
    queue.hush();
    end();
    expect(log).toEqual(["line 1", "dropped 1", "dropped 2"]);
    queue.add(line(3));
    expect(log.at(-1)).toBe("line 3");
  });

  const note = (name: string, log: string[], more: Partial<{ urgent: boolean; stale_s: number }> = {}) => ({
    play: () => void log.push(name),
    lasts_s: 0.1,
    urgent: false,
    stale_s: 2,
    ...more,
  });

  it("gives a sound its own moment before the words that follow it", () => {
    const { log, queue, end } = studio();
    queue.add(note("tap", log, { urgent: true }));
    queue.add(line(1, { urgent: true }));
    expect(log).toEqual(["tap", "wait 0.1"]);
    expect(queue.busy).toBe(true);
    end();
    expect(log.slice(2)).toEqual(["line 1"]);
  });

  it("plays no sound under a voice: it waits, goes first, or is dropped", () => {
    const { log, queue, clock, end } = studio();
    queue.add(line(1));
    queue.add(note("bell", log));
    queue.add(note("late tap", log, { stale_s: 0.2 }));
    expect(log).toEqual(["line 1"]);
    clock.now_s = 1;
    end();
    expect(log.slice(1)).toEqual(["said 1", "bell", "wait 0.1"]);
    end();
    expect(log).not.toContain("late tap");
    queue.add(line(2));
    queue.add(note("stop", log, { urgent: true }));
    expect(log.slice(-3)).toEqual(["dropped 2", "stop", "wait 0.1"]);
  });

  it("forgets sounds too when it is hushed", () => {
    const { log, queue, end } = studio();
    queue.add(line(1));
    queue.add(note("bell", log));
    queue.hush();
    end();
    expect(log).toEqual(["line 1", "dropped 1"]);
    expect(queue.busy).toBe(false);
  });
});
