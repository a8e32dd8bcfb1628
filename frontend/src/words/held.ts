import type { Held } from "../api/types";
import { t } from "./words";

/** 20 s left, 25 s right; of a drill, 16 times */
export function heldWords(held: Held): string {
  const parts: string[] = [];
  if (held.both !== undefined) parts.push(t("ui.held.both", { seconds: Math.floor(held.both) }));
  if (held.left !== undefined) parts.push(t("ui.held.left", { seconds: Math.floor(held.left) }));
  if (held.times !== undefined) parts.push(t("ui.held.times", { count: held.times }));
  if (held.right !== undefined) parts.push(t("ui.held.right", { seconds: Math.floor(held.right) }));
  return parts.join(", ");
}
