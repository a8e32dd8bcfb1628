/**
 * What this page can tell of the machine. That is little: whether it fills the screen itself. Calls, other programs in full screen,
 * do-not-disturb and the screen lock are hidden from a page, and are told as unknown.
 */

export type Told = "yes" | "no" | "unknown";

export interface Signals {
  call: Told;
  full_screen: Told;
  focus: Told;
  locked: Told;
}

export function signals(page: Pick<Document, "fullscreenElement"> = document): Signals {
  return {
    call: "unknown",
    full_screen: page.fullscreenElement ? "yes" : "unknown",
    focus: "unknown",
    locked: "unknown",
  };
}
