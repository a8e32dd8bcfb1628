/** What is told of walking, each a fact; and the day after it. */
import { record } from "../../api/facts";
import { settleToday } from "../../api/load";

export function tellUsual(minutes: number): void {
  record("usual-walk-told", { minutes });
  void settleToday();
}

export function tellWalk(minutes: number): void {
  record("walk-done", { minutes });
  void settleToday();
}

/** A walk that was told by mistake. */
export function takeBack(fact: string): void {
  record("retracted", { fact });
  void settleToday();
}
