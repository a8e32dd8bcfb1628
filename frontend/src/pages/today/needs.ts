import type { Day, Need } from "../../api/types";

/** What is asked before the day's first exercise, in its order. */
const BEFORE: Need[] = ["daily-check", "morning-after", "pain-before"];

export const beforeNeeds = (day: Day): Need[] => BEFORE.filter((need) => day.needs.includes(need));

/** The same before a walk that comes first: how the pain is, is asked before core work alone. */
export const beforeWalkNeeds = (day: Day): Need[] => beforeNeeds(day).filter((need) => need === "daily-check");

/** Whether there is something to start now. */
export const anythingDue = (day: Day): boolean =>
  day.kind !== "paused" &&
  day.steps.some((step) => step.state === "due" && step.items.some((item) => item.state === "due"));
