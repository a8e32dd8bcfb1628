/** A question about how it goes, offered on the day's page: small, after the way to start, and easily put off. */
import { flush, record } from "../../api/facts";
import { settleToday } from "../../api/load";
import type { Due } from "../../api/types";
import { t } from "../../words/words";

export function OutcomeCard({ due }: { due: Due | undefined }) {
  if (!due) return null;
  const later = async () => {
    record("outcome-put-off", { instrument: due.instrument });
    await flush();
    await settleToday();
  };
  return (
    <section class="card outcome-card">
      <h2>{t(`outcome.${due.instrument}.name`)}</h2>
      <p>{t(`outcome.due.${due.occasion}`, { week: due.week })}</p>
      <p class="outcome-card-end">
        <a class="button button-plain" href={`/outcomes/${due.instrument}`}>
          {t("ui.outcomes.answer")}
        </a>
        <button type="button" class="button button-quiet" onClick={() => void later()}>
          {t("ui.outcomes.later")}
        </button>
      </p>
    </section>
  );
}
