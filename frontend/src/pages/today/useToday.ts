import { useEffect } from "preact/hooks";
import { today } from "../../api/load";
import type { Day } from "../../api/types";

/** The day as far as it is known here; `asked` until it is here, or does not come. */
export function useToday(): { day: Day | null; asked: boolean } {
  useEffect(() => {
    if (today.signal.peek().value === null) void today.load();
  }, []);
  const { state, value } = today.signal.value;
  return { day: value, asked: state === "loading" && value === null };
}
