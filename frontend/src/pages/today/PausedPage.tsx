/** Paused: stop here, whom to see, and what opens it again. Calm, and nothing else on the page. */
import { screening } from "../../api/load";
import type { Day, DayWalk, Verdict } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { useFocusOnArrival } from "../../ui/Page";
import { Limits, Shell } from "../../ui/Shell";
import { Show } from "../../ui/States";
import { countryName, t, written } from "../../words/words";
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
        {verdict.card ? <Call card={verdict.card} /> : null}
        <Because verdict={verdict} />
        {day.walk && day.walk.state !== "closed" ? (
          <Walk walk={day.walk} morning={day.needs.includes("morning-after")} />
        ) : null}
        <section class="card ways">
          <h2>
            <Icon name="lock" />
            {t("ui.paused.opens")}
          </h2>
          <WaysBack verdict={verdict} />
          <p class="quiet">{t("ui.paused.kept")}</p>
        </section>
      </div>
      <Limits />
    </Shell>
  );
}

/** Walking stays open while exercise waits: how long, and where to tell of it. */
function Walk({ walk, morning }: { walk: DayWalk; morning: boolean }) {
  return (
    <section class="card">
      <h2>
        <Icon name="walk" />
        {t("ui.paused.walk")}
      </h2>
      <p>{written(walk.message)}</p>
      {walk.walked_min > 0 ? <p class="quiet">{t("ui.walk.today", { minutes: walk.walked_min })}</p> : null}
      <a class="button button-plain" href="/walk">
        {t(morning ? "ui.walk.morning" : walk.state === "ask" ? "ui.walk.tell" : "ui.paused.walk.tell")}
      </a>
    </section>
  );
}

/** The sun at rest, and the way that it takes later. */
export function PausedSky() {
  return (
    <svg class="paused-sky" viewBox="-110 -108 220 110" aria-hidden="true">
      <path class="paused-dots" d="M-82 -6 A82 100 0 0 1 82 -6" />
      <path class="paused-sun" d="M-44 0 A44 44 0 0 1 44 0 Z" />
      <path class="paused-bars" d="M-6.5 -28 V-12 M6.5 -28 V-12" />
      <path class="paused-horizon" d="M-110 0 H110" />
    </svg>
  );
}

/** The number to call, when one is known here, and of which country it is; otherwise what to do in words. */
export function Call({ card }: { card: "em" | "sd" }) {
  return (
    <Show from={screening}>
      {({ emergency: { number, urgent, country } }) => {
        const calls = card === "em" ? number : urgent;
        if (!calls) return card === "em" ? <p class="paused-number">{t("ui.paused.call-unknown")}</p> : null;
        return (
          <>
            <a class="button button-wide" href={`tel:${calls.replace(/[^+\d]/g, "")}`}>
              <Icon name="phone" />
              {t(card === "em" ? "ui.paused.call" : "ui.paused.call-urgent", { number: calls })}
            </a>
            {country ? <p class="paused-country">{t("ui.paused.country", { country: countryName(country) })}</p> : null}
          </>
        );
      }}
    </Show>
  );
}

/** What was answered, which a doctor may want to read. */
function Because({ verdict }: { verdict: Verdict }) {
  return (
    <section class="because">
      {verdict.reasons.length > 0 ? (
        <>
          <h2>{t("ui.paused.because")}</h2>
          <ul>
            {verdict.reasons.map((reason) => (
              <li key={`${reason.item} ${reason.message.id}`}>{written(reason.message)}</li>
            ))}
          </ul>
        </>
      ) : null}
      {verdict.card ? <p>{t("ui.paused.show")}</p> : null}
    </section>
  );
}
