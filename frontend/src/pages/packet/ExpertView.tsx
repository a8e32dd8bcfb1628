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
          <Row key={line.exercise} told={[line.name, line.dose, line.form]} held={line.held} next={line.next} />
        ))}
        {sheet.walk ? <Row told={sheet.walk.slice(0, -1)} next={sheet.walk.at(-1) ?? ""} /> : null}
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
      {sheet.rests ? <p>{sheet.rests}</p> : null}
      <Part title={sheet.changed_title} lines={sheet.changed} />
      {sheet.rules.length > 0 ? <Part title={t("packet.more.rules")} lines={sheet.rules} /> : null}
      <h3>{t("packet.more.curves")}</h3>
      <div class="packet-curves">
        {sheet.curves.map((curve) => (
          <Drawn key={curve.title} curve={curve} />
        ))}
      </div>
      <Part
        title={t("packet.more.events")}
        lines={[
          ...sheet.events.map(([on, what, advised]) => (
            <>
              {on}: {what}
              <br />
              <span class="quiet">{advised}</span>
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
            <li key={place} dir="auto">
              {line}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

const WIDTH = 180;
const HEIGHT = 60;
const EDGE = 4;

/** A curve, drawn from the same shape as on paper. Without any point its place says why it is empty. */
function Drawn({ curve: { title, last, said, told, days, shape } }: { curve: Sheet["curves"][number] }) {
  const points = shape.map(([x, y]): [number, number] => [
    EDGE + (WIDTH - 2 * EDGE) * x,
    HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * y,
  ]);
  const ends = points.length > 1 ? [points[0], points[points.length - 1]] : points;
  return (
    <figure>
      <figcaption>
        {title} <b>{last}</b>
      </figcaption>
      {points.length > 0 ? (
        <>
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={told}>
            <path class="curve-floor" d={`M0 ${HEIGHT - EDGE}H${WIDTH}`} />
            <polyline class="curve-line" points={points.map((point) => point.join(",")).join(" ")} />
            {ends.map((point) => (point ? <circle key={point[0]} cx={point[0]} cy={point[1]} r="3" /> : null))}
          </svg>
          <p class="quiet curve-days">
            <span>{days[0]}</span>
            {days[1] === days[0] ? null : <span>{days[1]}</span>}
          </p>
        </>
      ) : null}
      <p class="quiet">{said}</p>
    </figure>
  );
}

/** An exercise, or the walk: its name, and how it stands. What is held and what comes next say so, as the columns do on
 * paper. */
function Row({ told: [name, ...rest], held, next }: { told: string[]; held?: string; next: string }) {
  return (
    <li>
      <b>{name}</b>
      {rest.map((line) => (
        <span key={line}>{line}</span>
      ))}
      {held && /^\d/.test(held) ? <Named id="held">{held}</Named> : <span>{held}</span>}
      <Named id="next">{next}</Named>
    </li>
  );
}

function Named({ id, children }: { id: "held" | "next"; children: string }) {
  return (
    <span class={id === "next" ? "quiet" : undefined}>
      {t(`packet.col.${id}`)}: <span>{children}</span>
    </span>
  );
}
