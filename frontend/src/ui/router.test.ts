import { describe, expect, it, vi } from "vitest";

vi.stubGlobal("location", { pathname: "/", search: "" });
const { routeOf } = await import("./router");

describe("addresses", () => {
  it.each([
    ["/", "today"],
    ["/welcome", "welcome"],
    ["/session", "session"],
    ["/progress/", "progress"],
    ["/exercises", "exercises"],
    ["/how", "how"],
    ["/settings", "settings"],
    ["/data", "data"],
    ["/about", "about"],
    ["/trust", "trust"],
    ["/desk", "desk"],
    ["/nonsense", "missing"],
    ["/exercises/../x", "missing"],
  ])("%s shows %s", (path, page) => {
    expect(routeOf(path).page).toBe(page);
  });

  it("an exercise has its id in the address", () => {
    expect(routeOf("/exercises/side-plank")).toEqual({ page: "exercise", id: "side-plank" });
  });

  it("so has an outcome measure", () => {
    expect(routeOf("/outcomes/rmdq-24")).toEqual({ page: "outcome", id: "rmdq-24" });
    expect(routeOf("/outcomes")).toEqual({ page: "missing" });
  });
});
