/** Every id that the page asks for has words, and no words of the page's own are left over. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { has, list, say, t, words, written } from "./words";

const sources = import.meta.glob<string>("../**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
const texts = import.meta.glob<string>("../../../src/lumbar/catalog/texts/en/*.toml", {
  query: "?raw",
  import: "default",
  eager: true,
});

const ids = new Set(
  Object.values(texts).flatMap((text) => [...text.matchAll(/^"([^"]+)"\s*=/gm)].map((match) => match[1] ?? "")),
);

/** Ids in quotes, and the shapes of those that are put together (`session.part.${kind}`), whatever they begin with. */
function asked(text: string): { whole: string[]; built: RegExp[] } {
  const whole = [...text.matchAll(/["'`](ui\.[a-z0-9.-]*[a-z0-9])["'`]/gi)].map((match) => match[1] ?? "");
  const calls = [...text.matchAll(/(?<![.\w])(?:t|say|list|has|numbered)\(\s*"([^"]+)"/g)].map(
    (match) => match[1] ?? "",
  );
  const inCalls = [...text.matchAll(/(?<![.\w])(?:t|say|list|has|numbered)\(\s*`([^`]+)`/g)].map(
    (match) => match[1] ?? "",
  );
  const elsewhere = [...text.matchAll(/`((?:ui|session|step|side|equipment)\.[^`]*\$\{[^`]*)`/g)].map(
    (match) => match[1] ?? "",
  );
  return { whole: [...whole, ...calls], built: [...inCalls, ...elsewhere].map(shape) };
}

/** What is put in may be any words joined by hyphens and dots. */
const shape = (template: string): RegExp => {
  const said = template.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.]/g, "\\."));
  return new RegExp(`^${said.join("[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*")}$`);
};

const plain = (id: string): string => id.replace(/\.(one|other|\d+)$/, "");
const fits = (one: RegExp): boolean => [...ids].some((id) => one.test(id) || one.test(plain(id)));

const known = (id: string): boolean =>
  ids.has(id) || ids.has(`${id}.one`) || ids.has(`${id}.1`) || [...ids].some((one) => one.startsWith(`${id}.`));

const mine = Object.entries(sources).filter(([path]) => !path.includes(".test."));

describe("the ids in the page's sources", () => {
  it("are found at all", () => {
    expect(mine.length).toBeGreaterThan(20);
    expect(ids.size).toBeGreaterThan(200);
    expect(mine.flatMap(([, text]) => asked(text).whole).length).toBeGreaterThan(100);
  });

  it.each(mine)("%s: all have words", (_, text) => {
    const { whole, built } = asked(text);
    expect(whole.filter((id) => !known(id))).toEqual([]);
    expect(built.filter((one) => !fits(one))).toEqual([]);
  });

  it("count when they are put together", () => {
    const [one] = asked("t(`session.part.$" + "{kind}`)").built;
    expect(one?.test("session.part.hold")).toBe(true);
    expect(fits(/^session\.part\.[a-z-]+$/)).toBe(true);
    expect(asked("say(`nowhere.$" + "{kind}`)").built.some(fits)).toBe(false);
  });

  it("leave no words of the page unused", () => {
    const whole = new Set(mine.flatMap(([, text]) => asked(text).whole));
    const built = mine.flatMap(([, text]) => asked(text).built);
    const used = (id: string) =>
      whole.has(id) ||
      whole.has(plain(id)) ||
      built.some((one) => one.test(id) || one.test(plain(id))) ||
      [...whole].some((one) => one === id.split(".").slice(0, -1).join("."));
    expect([...ids].filter((id) => id.startsWith("ui.") && !used(id))).toEqual([]);
  });
});

describe("words", () => {
  afterEach(() => {
    words.value = null;
    vi.restoreAllMocks();
  });

  const shown = (table: Record<string, string>, spoken: Record<string, string> = {}) => {
    words.value = { languages: ["en"], language: "en", decimal: ".", written: table, spoken };
  };

  it("puts parameters in their places", () => {
    shown({ "a.b": "{sets} × {hold} s" });
    expect(t("a.b", { sets: 5, hold: 5 })).toBe("5 × 5 s");
  });

  it("turns a parameter that is an id into words", () => {
    shown({ "a.next": "Next: {exercise}", "plank.name": "Plank" });
    expect(t("a.next", { exercise: "@plank.name" })).toBe("Next: Plank");
    expect(t("a.next", { exercise: "@jo_park" }), "a name that somebody gave themselves").toBe("Next: @jo_park");
  });

  it("complains of a parameter that is an id without words, and of no name", () => {
    const complaint = vi.spyOn(console, "error").mockImplementation(() => undefined);
    shown({ "a.next": "Next: {exercise}" });
    for (const name of ["@jo_park", "@jo", "@Jo.", "jo.park@home.example", "@ 10.30"])
      expect(t("a.next", { exercise: name })).toBe(`Next: ${name}`);
    expect(complaint).not.toHaveBeenCalled();
    t("a.next", { exercise: "@side-plank.rung.long-legs" });
    expect(complaint.mock.calls).toEqual([["no words for @side-plank.rung.long-legs"]]);
  });

  it("writes dates out, and leaves what only looks like one", () => {
    const date = { "date.day": "{weekday} {day} {month} {year}", "date.weekday.2": "Tuesday", "date.month.3": "March" };
    shown({ ...date, "a.seen": "Seen on {on}", "a.name": "{name}" });
    expect(t("a.seen", { on: "2026-03-03" })).toBe("Seen on Tuesday 3 March 2026");
    expect(t("a.seen", { on: "Tuesday" })).toBe("Seen on Tuesday");
    expect(t("a.name", { name: "2026-03-03" })).toBe("2026-03-03");
  });

  it("chooses the plural by count", () => {
    shown({ "m.one": "{count} minute", "m.other": "{count} minutes" });
    expect(["1", "2"].map((n) => t("m", { count: Number(n) }))).toEqual(["1 minute", "2 minutes"]);
  });

  it("counts and writes numbers as the language does", () => {
    const table = { "m.one": "{count} minuto", "m.other": "{count} minutos", n: "{kilos} kilos" };
    words.value = { languages: ["es"], language: "es", decimal: ",", written: table, spoken: {} };
    expect([t("m", { count: 1 }), t("m", { count: 2 }), t("n", { kilos: 11.3 })]).toEqual([
      "1 minuto",
      "2 minutos",
      "11,3 kilos",
    ]);
  });

  it("hears what is read where nothing else is said", () => {
    shown({ a: "written", b: "written" }, { a: "spoken" });
    expect([say("a"), say("b"), t("a")]).toEqual(["spoken", "written", "written"]);
  });

  it("lists numbered words", () => {
    shown({ "x.1": "one", "x.2": "two", "x.4": "four" });
    expect(list("x")).toEqual(["one", "two"]);
  });

  it("rounds numbers for people", () => {
    shown({ a: "{n}" });
    expect(written({ id: "a", params: { n: 4.123456 } })).toBe("4.12");
  });

  it("never shows an id: it stays silent, and says so to those who develop it", () => {
    const complaint = vi.spyOn(console, "error").mockImplementation(() => undefined);
    shown({});
    expect(t("no.such")).toBe("");
    expect(has("no.such")).toBe(false);
    expect(complaint).toHaveBeenCalledOnce();
  });
});
