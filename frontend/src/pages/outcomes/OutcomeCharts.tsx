/** How it goes, on the page of progress: each outcome measure beside its first answer and the change that matters. */
import { outcomes } from "../../api/load";
import type { Instrument, Outcomes } from "../../api/types";
import { Show } from "../../ui/States";
import { dayMonth } from "../../words/when";
import { t, written } from "../../words/words";
import { HEIGHT, plot, shown, WIDTH } from "./chart";

export function OutcomeCharts() {
  return <Show from={outcomes}>{(all) => <All outcomes={all} />}</Show>;
}

function All({ outcomes: { instruments, walked } }: { outcomes: Outcomes }) {
  const last = walked[walked.length - 1];
  const answered = instruments.filter((one) => one.series.length > 0);
  if (answered.length === 0) return null;
  return (
    <section class="outcomes" id="outcomes">
      <h2>{t("ui.outcomes.title")}</h2>
      <p class="quiet">{t("ui.outcomes.text")}</p>
      <div class="outcomes-list">
        {answered.map((one) => (
          <One key={one.id} instrument={one}>
            {one.id === "nprs" && last ? <p>{t("outcome.walked", { count: last.minutes })}</p> : null}
          </One>
        ))}
      </div>
    </section>
  );
}

function One({ instrument, children }: { instrument: Instrument; children: preact.ComponentChildren }) {
  const { id, kind, series } = instrument;
  return (
    <article class="card outcome-one">
      <h3>{t(`outcome.${id}.name`)}</h3>
      <p class="quiet">{t(`outcome.${id}.what`)}</p>
      {kind === "choice" ? null : <Chart instrument={instrument} />}
      {instrument.says.map((message) => (
        <p key={message.id}>{written(message)}</p>
      ))}
      {children}
      {series.length > 1 ? (
        <details class="earlier">
          <summary>{t("ui.outcomes.list")}</summary>
          <ol class="outcome-values">
            {[...series].reverse().map((point) => (
              <li key={point.on}>
                <time dateTime={point.on}>{dayMonth(point.on)}</time>
                <span>{inWords(instrument, point.score)}</span>
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </article>
  );
}

const inWords = ({ id, kind }: Instrument, score: number): string =>
  kind === "choice" ? t(`outcome.${id}.${score}`) : t(`outcome.score.${id}`, { value: shown(score) });

/** The scores as points on a line. What the strips mean stands in them in words; the same is said below. */
function Chart({ instrument }: { instrument: Instrument }) {
  const { id, series, lowest, highest } = instrument;
  const first = series[0];
  const last = series[series.length - 1];
  if (!first || !last) return null;
  const { points, lines, first: firstY, better, worse } = plot(instrument);
  const end = points[points.length - 1];
  const name = t("ui.outcomes.chart", {
    name: `@outcome.${id}.name`,
    first: inWords(instrument, first.score),
    first_on: first.on,
    last: inWords(instrument, last.score),
    last_on: last.on,
  });
  return (
    <figure class="outcome-chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={name}>
        <Strip strip={better} words={t("ui.outcomes.better")} className="chart-better" />
        <Strip strip={worse} words={t("ui.outcomes.worse")} className="chart-worse" />
        {lines.map((line) => (
          <g key={line.score}>
            <line class="chart-line" x1={30} x2={WIDTH - 14} y1={line.y} y2={line.y} />
            <text class="chart-number" x={24} y={line.y + 4} text-anchor="end">
              {line.score}
            </text>
          </g>
        ))}
        {firstY === null ? null : (
          <line class="chart-first" x1={30} x2={WIDTH - 14} y1={firstY} y2={firstY} stroke-dasharray="5 5" />
        )}
        <polyline class="chart-scores" points={points.map((point) => `${point.x},${point.y}`).join(" ")} />
        {points.map((point) => (
          <circle
            key={point.on}
            class={point === end ? "chart-dot chart-last" : "chart-dot"}
            cx={point.x}
            cy={point.y}
            r={point === end ? 7 : 5}
          />
        ))}
        <text class="chart-number" x={points[0]?.x ?? 0} y={HEIGHT - 6} text-anchor="start">
          {dayMonth(first.on)}
        </text>
        {series.length > 1 ? (
          <text class="chart-number" x={WIDTH - 14} y={HEIGHT - 6} text-anchor="end">
            {dayMonth(last.on)}
          </text>
        ) : null}
      </svg>
      <figcaption class="quiet">
        {firstY === null ? null : (
          <span>
            <svg class="chart-key" viewBox="0 0 26 8" aria-hidden="true">
              <line class="chart-first" x1="0" x2="26" y1="4" y2="4" stroke-dasharray="5 5" />
            </svg>{" "}
            {t("ui.outcomes.first")} ·{" "}
          </span>
        )}
        {lowest}: {t(`outcome.${id}.low`)} · {highest}: {t(`outcome.${id}.high`)}
      </figcaption>
    </figure>
  );
}

interface StripProps {
  strip: { y: number; height: number } | null;
  words: string;
  className: string;
}

const LINE = 16;

const LETTER = 7;

/** A strip with its words in it. Where it is thinner than they are a piece of it is wide enough, on the side of the first answer. */
function Strip({ strip, words, className }: StripProps) {
  if (!strip) return null;
  const atTop = strip.y < HEIGHT / 3;
  const thin = strip.height < LINE;
  const pieceY = atTop ? strip.y : strip.y + strip.height - LINE;
  return (
    <g class={className}>
      <rect x={30} width={WIDTH - 44} y={strip.y} height={strip.height} />
      {thin ? <rect x={30} width={words.length * LETTER + LINE} y={pieceY} height={LINE} /> : null}
      <text x={38} y={thin ? pieceY + LINE - 4 : strip.y + strip.height / 2 + 5}>
        {words}
      </text>
    </g>
  );
}
