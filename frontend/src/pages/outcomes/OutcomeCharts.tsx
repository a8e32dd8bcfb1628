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

/** The scores as points on a line. What the strips mean stands at them in words; the same is said below. */
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
      {/* Its words are letters of the page: they grow with those. */}
      <div class="chart-plot">
        <p class="chart-scale" aria-hidden="true">
          {lines.map(({ score, y }) => (
            <span key={score} style={{ top: share(y) }}>
              {score}
            </span>
          ))}
          <span class="chart-widest">{lines.at(-1)?.score}</span>
        </p>
        <div class="chart-picture">
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={name}>
            <Strip strip={better} className="chart-better" />
            <Strip strip={worse} className="chart-worse" />
            {lines.map(({ score, y }) => (
              <line key={score} class="chart-line" x1={0} x2={WIDTH} y1={y} y2={y} />
            ))}
            {firstY === null ? null : (
              <line class="chart-first" x1={0} x2={WIDTH} y1={firstY} y2={firstY} stroke-dasharray="5 5" />
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
          </svg>
          <StripWords strip={better} words={t("ui.outcomes.better")} className="chart-better" />
          <StripWords strip={worse} words={t("ui.outcomes.worse")} className="chart-worse" />
        </div>
        <p class="chart-days" aria-hidden="true">
          <span>{dayMonth(first.on)}</span>
          {series.length > 1 ? <span>{dayMonth(last.on)}</span> : null}
        </p>
      </div>
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

type StripOf = { y: number; height: number } | null;

/** How far down in the picture, for what is placed over it. */
const share = (y: number): string => `${((100 * y) / HEIGHT).toFixed(2)}%`;

function Strip({ strip, className }: { strip: StripOf; className: string }) {
  if (!strip) return null;
  return <rect class={className} x={0} width={WIDTH} y={strip.y} height={strip.height} />;
}

/** So high is a strip that has room for its words, in the picture's own units. */
const ROOMY = 30;

/** What a strip means: in it, or beside it, towards the middle, where it is too thin for words. */
function StripWords({ strip, words, className }: { strip: StripOf; words: string; className: string }) {
  if (!strip) return null;
  const atTop = strip.y < HEIGHT / 3;
  if (strip.height >= ROOMY) {
    return (
      <span class={`chart-says ${className}`} style={{ top: share(strip.y + strip.height / 2) }} aria-hidden="true">
        {words}
      </span>
    );
  }
  const place = atTop ? { top: share(strip.y + strip.height) } : { bottom: share(HEIGHT - strip.y) };
  return (
    <span class={`chart-says chart-beside ${className}`} style={place} aria-hidden="true">
      {words}
    </span>
  );
}
