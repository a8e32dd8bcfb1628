/** Which page is shown: the path of the address, nothing more. */
import { batch, computed, signal } from "@preact/signals";

export const path = signal(location.pathname);
/** What stands after the question mark. */
export const query = signal(new URLSearchParams(location.search));

/** The day that a page is asked for by its address; null for none, or for what is no date. */
export function askedDay(): string | null {
  const on = query.value.get("on");
  return on !== null && /^\d{4}-\d\d-\d\d$/.test(on) ? on : null;
}

/** Bumped at every navigation inside the page, so that focus can follow. */
export const visits = signal(0);

function look(): void {
  batch(() => {
    path.value = location.pathname;
    query.value = new URLSearchParams(location.search);
    visits.value++;
  });
}

export type Route =
  | {
      page:
        | "today"
        | "welcome"
        | "session"
        | "progress"
        | "exercises"
        | "how"
        | "review"
        | "packet"
        | "flare"
        | "you"
        | "day"
        | "walk"
        | "told"
        | "phone"
        | "pair"
        | "settings"
        | "data"
        | "about"
        | "trust"
        | "desk"
        | "who"
        | "people"
        | "missing";
    }
  | { page: "exercise" | "outcome"; id: string };

const PLAIN: Record<string, Exclude<Route["page"], "exercise" | "outcome">> = {
  "/": "today",
  "/welcome": "welcome",
  "/session": "session",
  "/progress": "progress",
  "/exercises": "exercises",
  "/how": "how",
  "/review": "review",
  "/packet": "packet",
  "/flare": "flare",
  "/you": "you",
  "/day": "day",
  "/walk": "walk",
  "/told": "told",
  "/phone": "phone",
  "/pair": "pair",
  "/settings": "settings",
  "/data": "data",
  "/about": "about",
  "/trust": "trust",
  "/desk": "desk",
  "/who": "who",
  "/people": "people",
};

export function routeOf(pathname: string): Route {
  const clean = pathname.length > 1 ? pathname.replace(/\/+$/, "") : pathname;
  const exercise = /^\/exercises\/([a-z0-9-]+)$/.exec(clean);
  if (exercise?.[1]) return { page: "exercise", id: exercise[1] };
  const outcome = /^\/outcomes\/([a-z0-9-]+)$/.exec(clean);
  if (outcome?.[1]) return { page: "outcome", id: outcome[1] };
  return { page: PLAIN[clean || "/"] ?? "missing" };
}

export const route = computed(() => routeOf(path.value));

/** Go to another page of ours. */
export function navigate(to: string, options: { replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  look();
}

/** Follow the Back button, and plain clicks on links to our own pages. */
export function startRouter(): void {
  addEventListener("popstate", look);
  document.addEventListener("click", (event) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = (event.target as Element | null)?.closest?.("a[href]");
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href);
    if (
      url.origin !== location.origin ||
      url.pathname.startsWith("/api/") ||
      link.getAttribute("href")?.startsWith("#")
    )
      return;
    event.preventDefault();
    navigate(url.pathname + url.search + url.hash);
  });
}
