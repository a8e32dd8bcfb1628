/** The expert's view: what the packet says, on this screen, line for line as on paper. */
import type { ComponentChildren } from "preact";
import type { Sheet } from "../../api/types";
import { t } from "../../words/words";

export function ExpertView({ sheet }: { sheet: Sheet }) {
  return (
    <section class="card">
      <h2>{t("ui.packet.read")}</h2>
      <p>{sheet.review}</p>
      <Part title={t("packet.person")} lines={sheet.person} />
      <Part title={t("packet.goal")} lines={[sheet.goal]} />
      <Part title={sheet.screen_title} lines={sheet.screen} />
      <h3>{t("packet.plan")}</h3>
      <ul class="packet-rows">
        {sheet.lines.map((line) => (
          <Row key={line.exercise} told={[line.name, line.dose, line.form, line.held, line.next]} />
        ))}
        {sheet.walk ? <Row told={sheet.walk} /> : null}
      </ul>
      <Part
        title={t("packet.scores")}
        lines={sheet.scores.map(([name, numbers, said]) => (
          <>
            {name}: <b>{numbers}</b>. <span class="quiet">{said}</span>
          </>
        ))}
        none={sheet.scores_none}
      />
      <Part title={t("packet.past")} lines={sheet.past} />
      <Part title={t("packet.ask")} lines={sheet.questions} none={sheet.questions_none} />
      <Part title={sheet.changed_title} lines={sheet.changed} />
      {sheet.rules.length > 0 ? <Part title={t("packet.more.rules")} lines={sheet.rules} /> : null}
      <Part
        title={t("packet.more.curves")}
        lines={sheet.curves.map(([title, last, said]) => (
          <>
            {title}: <b>{last}</b> <span class="quiet">{said}</span>
          </>
        ))}
      />
      <Part
        title={t("packet.more.events")}
        lines={[
          ...sheet.events.map(([on, what, advised]) => (
            <>
              {on}: {what}. <span class="quiet">{advised}</span>
            </>
          )),
          ...(sheet.events_left ? [sheet.events_left] : []),
        ]}
        none={sheet.events_none}
      />
      <p>
        <a class="button" href="/review">
          {t("ui.packet.decide")}
        </a>
      </p>
    </section>
  );
}

/** A heading with its lines; what a person wrote runs in whichever direction it is written. */
function Part({ title, lines, none }: { title: string; lines: ComponentChildren[]; none?: string }) {
  return (
    <>
      <h3>{title}</h3>
      {lines.length === 0 && none ? <p>{none}</p> : null}
      {lines.length > 0 ? (
        <ul>
          {lines.map((line, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines may be alike, and never move
            <li key={place} dir="auto">
              {line}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

/** An exercise, or the walk: its name, and then how it stands, the last of it what comes next. */
function Row({ told: [name, ...rest] }: { told: string[] }) {
  return (
    <li>
      <b>{name}</b>
      {rest.map((line, place) => (
        <span key={line} class={place === rest.length - 1 ? "quiet" : undefined}>
          {line}
        </span>
      ))}
    </li>
  );
}
