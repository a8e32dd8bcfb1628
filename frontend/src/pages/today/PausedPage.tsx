/** Paused: stop here, whom to see, and what opens it again. Calm, and nothing else on the page. */
import { screening } from "../../api/load";
import type { Day, Verdict } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { useFocusOnArrival } from "../../ui/Page";
import { Limits, Shell } from "../../ui/Shell";
import { Show } from "../../ui/States";
import { t, written } from "../../words/words";
import { WaysBack } from "../how/WaysBack";

export function PausedPage({ day, verdict }: { day: Day; verdict: Verdict }) {
  const title = verdict.title ? written(verdict.title) : written(day.title);
  const heading = useFocusOnArrival(title);
  return (
    <Shell>
      <div class="paused">
        <PausedSky />
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p class="paused-text">{verdict.text ? written(verdict.text) : written(day.lead)}</p>
        {verdict.card ? <Call urgent={verdict.card === "em"} /> : null}
        <Because verdict={verdict} />
        <section class="card ways">
          <div class="ways-head">
            <Icon name="lock" size={26} />
            <div>
              <h2>{t("ui.paused.opens")}</h2>
              <p>{t(verdict.outcome === "pause" ? "ui.paused.opens.pause" : "ui.paused.opens.wait")}</p>
            </div>
          </div>
          <WaysBack verdict={verdict} />
        </section>
      </div>
      <Limits />
    </Shell>
  );
}

function PausedSky() {
  return (
    <svg class="paused-sky" viewBox="-110 -108 220 110" aria-hidden="true">
      <path class="paused-dots" d="M-82 -6 A82 100 0 0 1 82 -6" />
      <path class="paused-sun" d="M-44 0 A44 44 0 0 1 44 0 Z" />
      <path class="paused-bars" d="M-6.5 -28 V-12 M6.5 -28 V-12" />
      <path class="paused-horizon" d="M-110 0 H110" />
    </svg>
  );
}

/** The number to call, when one is known here; otherwise what to do in words. */
function Call({ urgent }: { urgent: boolean }) {
  return (
    <Show from={screening}>
      {(form) => {
        const { number } = form.emergency;
        if (!urgent) return <p class="paused-show">{t("ui.paused.show")}</p>;
        return (
          <div class="paused-call">
            {number ? (
              <a class="button button-wide" href={`tel:${number.replace(/[^+\d]/g, "")}`}>
                <Icon name="phone" />
                {t("ui.paused.call", { number })}
              </a>
            ) : (
              <p class="paused-number">{t("ui.paused.call-unknown")}</p>
            )}
            <p class="paused-show">{t("ui.paused.or-show")}</p>
          </div>
        );
      }}
    </Show>
  );
}

function Because({ verdict }: { verdict: Verdict }) {
  if (verdict.reasons.length === 0) return null;
  return (
    <section class="because">
      <h2>{t("ui.paused.because")}</h2>
      <ul>
        {verdict.reasons.map((reason) => (
          <li key={`${reason.item} ${reason.message.id}`}>{written(reason.message)}</li>
        ))}
      </ul>
    </section>
  );
}
