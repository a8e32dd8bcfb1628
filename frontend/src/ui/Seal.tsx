/** The review seal: hollow until an expert has signed, filled afterwards. */
import { localDate } from "../api/device";
import type { Review } from "../api/types";
import { fullDate } from "../words/when";
import { t } from "../words/words";

function told(review: Review): string {
  const old = review.until < localDate();
  const said = t(old ? "ui.review.old" : "ui.review.by", { by: review.by, on: fullDate(review.on) });
  return review.note ? `${said} ${t("ui.review.note", { note: review.note })}` : said;
}

export function Seal({ review }: { review: Review | null }) {
  return (
    <div class="seal">
      <svg
        width="30"
        height="26"
        viewBox="0 0 30 26"
        aria-hidden="true"
        class={review && review.until >= localDate() ? "seal-arch seal-signed" : "seal-arch"}
      >
        <path d="M2.5 24 V14.5 A12.5 12.5 0 0 1 27.5 14.5 V24 Z" />
      </svg>
      <p>
        {review ? (
          told(review)
        ) : (
          <>
            <span class="wide">{t("ui.review.none")}</span>
            <span class="narrow">{t("ui.review.none-short")}</span>
          </>
        )}{" "}
        <a href="/about#review">{t("ui.review.how")}</a>
      </p>
    </div>
  );
}
