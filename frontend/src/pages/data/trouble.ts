/** What to say when a request about the record did not work. */
import { Problem, ServerGone } from "../../api/http";
import { t } from "../../words/words";

/** The server's own sentence, or that it is not there. Anything else is a mistake of ours and goes on. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Problem) return error.detail;
  if (error instanceof ServerGone) return t("ui.gone.title");
  throw error;
}
