/** One exercise: how often the camera was right, what it looks for, and what it cannot see. */
import { Fragment } from "preact";
import type { ExerciseInfo, LabelledPlanks, Measure, MeasuredExercise } from "../../api/types";
import { ArchTile } from "../../ui/ArchTile";
import { list, t } from "../../words/words";
import { firstRung } from "../exercises/exercise";
import { answered, counted, rest, rightViews, worstEdge } from "./figures";

interface MeasuredCardProps {
  one: MeasuredExercise;
  info: ExerciseInfo;
  planks: LabelledPlanks;
}

export function MeasuredCard({ one, info, planks }: MeasuredCardProps) {
  return (
    <section class="card trust-one" id={info.id}>
      <h2 class="trust-head">
        <ArchTile exercise={info.id} rung={firstRung(info)} size="small" />
        <a href={`/exercises/${info.id}`}>{t(`${info.id}.name`)}</a>
      </h2>
      {one.current ? null : <p class="trust-old">{t("ui.trust.changed")}</p>}
      {one.judged ? <Judged one={one} info={info} planks={planks} /> : <p>{t("ui.trust.timed")}</p>}
      {info.id === "plank" ? <Real planks={planks} /> : null}
      <h3>{t("ui.trust.unseen")}</h3>
      {list(`ui.trust.unseen.${info.id}`).map((text) => (
        <p key={text}>{text}</p>
      ))}
    </section>
  );
}

function Judged({ one, info, planks }: MeasuredCardProps) {
  const clock = worstEdge(one.clocks, rightViews(one));
  return (
    <>
      {counted(one.stills.caught) || counted(one.stills.false) ? (
        <>
          <Share of={one.stills.caught} words="ui.trust.caught" />
          <Share of={rest(one.stills.false)} words="ui.trust.left-alone" />
        </>
      ) : (
        <p>{t("ui.trust.unfilmed")}</p>
      )}
      {clock ? (
        <div class="trust-share">
          <span class="number">{t("ui.trust.seconds", { value: Math.round(clock.worst_s * 10) / 10 })}</span>
          <span>{t("ui.trust.clock", { count: clock.n })}</span>
        </div>
      ) : null}
      <Checks one={one} info={info} planks={planks} />
    </>
  );
}

/** Mistakes that the rendered people do not make clearly enough, and real ones do. */
const REAL: Record<string, "H"> = { "hips-piked": "H" };

function Checks({ one, info, planks }: MeasuredCardProps) {
  const checks = info.checks
    .filter((check) => one.checks.includes(check.id))
    .map((check) => {
      const real = info.id === "plank" ? REAL[check.id] : undefined;
      const stills = one.by_check.stills[check.id]?.told_when_there;
      return { ...check, count: (stills && counted(stills)) ?? (real ? answered(planks, real) : null) };
    });
  const untried = checks.filter((check) => check.count === null);
  return (
    <>
      <h3>{t("ui.trust.looks")}</h3>
      {untried.length < checks.length ? (
        <ul class="trust-checks">
          {checks.map((check) =>
            check.count ? (
              <li key={check.id}>
                <q>{t(check.cue)}</q>{" "}
                <small>{t("ui.trust.tried", { hits: check.count.hits, count: check.count.n })}</small>
              </li>
            ) : null,
          )}
        </ul>
      ) : null}
      {untried.length > 0 ? (
        <p>
          {t("ui.trust.untried")}{" "}
          {untried.map((check, place) => (
            <Fragment key={check.id}>
              {place > 0 ? " " : null}
              <q>{t(check.cue)}</q>
            </Fragment>
          ))}
        </p>
      ) : null}
    </>
  );
}

/** A share as a count, in words, and as a bar whose coloured part is where the true share may lie. */
function Share({ of, words }: { of: Measure; words: string }) {
  const count = counted(of);
  if (!count) return <p class="quiet">{t("ui.trust.nothing")}</p>;
  return (
    <div class="trust-share">
      <span class="number">{t("ui.trust.of", { hits: count.hits, n: count.n })}</span>
      <span>{t(words)}</span>
      <Bar of={of} />
      {of.low === null || of.high === null ? null : (
        <small>{t("ui.trust.between", { low: Math.round(of.low * 100), high: Math.round(of.high * 100) })}</small>
      )}
    </div>
  );
}

function Bar({ of }: { of: Measure }) {
  const { value, low, high } = of;
  return (
    <svg class="trust-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect class="trust-bar-all" width="100" height="6" />
      {low === null || high === null ? null : (
        <rect class="trust-bar-may" x={low * 100} width={(high - low) * 100} height="6" />
      )}
      <rect class="trust-bar-is" x={Math.min((value ?? 0) * 100, 99) - 0.5} width="1.5" height="6" />
    </svg>
  );
}

/** Real people in planks that others had labelled. */
function Real({ planks }: { planks: LabelledPlanks }) {
  return (
    <>
      <h3>{t("ui.trust.real")}</h3>
      <p>{t("ui.trust.real.text", { n: planks.macro_f1.n, people: planks.macro_f1.clusters ?? 0 })}</p>
      <ul class="trust-checks">
        {(["C", "H", "L"] as const).map((label) => (
          <li key={label}>{t(`ui.trust.real.${label}`, answered(planks, label))}</li>
        ))}
      </ul>
    </>
  );
}
