/** Keeps a review, and whether changes wait from now on, which is said apart from it. */
import { zone } from "../../api/device";
import { flush, record } from "../../api/facts";
import { Problem, post } from "../../api/http";
import { t } from "../../words/words";

/** What was kept last: its words, and under which id. */
export interface Kept {
  id: string;
  told: string;
}

export interface Outcome {
  kept: Kept;
  /** Why the wish could not be kept; null when all is. */
  problem: string | null;
}

export interface Wish {
  wanted: boolean;
  by: { name: string; profession: string };
}

/**
 * Keep a review, and a wish with it. before: of an earlier attempt in the same form. When nothing of the review changed
 * since, it is the same one, and is not in the record twice; what changed is another one.
 */
export async function keepReview(
  body: Record<string, unknown>,
  wish: Wish | null,
  before: Kept | null,
): Promise<Outcome> {
  const told = JSON.stringify(body);
  const { id } = record("review-recorded", body, before?.told === told ? { id: before.id } : {});
  const kept = { id, told };
  await flush();
  if (wish === null) return { kept, problem: null };
  try {
    await post("/api/approvals", { ...wish, zone: zone() });
    return { kept, problem: null };
  } catch (error) {
    return { kept, problem: error instanceof Problem ? error.detail : t("ui.reviewed.waits.later") };
  }
}
