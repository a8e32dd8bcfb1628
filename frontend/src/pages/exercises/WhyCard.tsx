/** Why a dose of today, or of another day, is what it is: each reason with its rule, numbers, source and sign-off, and the days it looked at. */
import { useMemo } from "preact/hooks";
import { source } from "../../api/load";
import type { Because, Looked, Why } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { Show } from "../../ui/States";
import { doseSaid } from "../../words/dose";
import { shortDay } from "../../words/when";
import { t, written } from "../../words/words";
import { Cited } from "./Cited";

export function WhyCard({ exercise, on }: { exercise: string; on: string | null }) {
  const why = useMemo(() => source<Why>(`/api/why/${exercise}${on ? `?on=${on}` : ""}`), [exercise, on]);
  return (
    <section class="card why" id="why">
      <h2>{on ? t("ui.why.title.on", { on }) : t("ui.why.title")}</h2>
      <Show from={why}>{(told) => <Told told={told} />}</Show>
    </section>
  );
}

function Told({ told }: { told: Why }) {
  const days = [
    ...told.looked.map((day) => ({ on: day.on, words: dayWords(day, told.item?.repetitions ?? 1) })),
    ...told.walks.map((day) => ({ on: day.on, words: walkWords(day) })),
  ];
  return (
    <>
      <ul class="why-reasons">
        {told.because.map((one) => (
          <li key={written(one.message)}>
            <details>
              <summary>
                {written(one.message)}
                <Icon name="next" size={18} />
              </summary>
              <Behind one={one} />
            </details>
          </li>
        ))}
      </ul>
      {days.length > 0 ? (
        <details>
          <summary>
            {t("ui.why.looked")}
            <Icon name="next" size={18} />
          </summary>
          <ol class="why-days">
            {days.map((day) => (
              <li key={day.on}>
                <strong>{shortDay(day.on)}</strong> {day.words.join(" · ")}
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </>
  );
}

function Behind({ one }: { one: Because }) {
  const signed = one.signed_off;
  return (
    <div class="why-behind">
      {one.rule ? <p>{t(`rule.${one.rule.id}`)}</p> : null}
      {one.rule?.numbers.map((row) => (
        <dl key={row.map(({ value }) => value).join()}>
          {row.map(({ name, label, says }) => (
            <div key={name}>
              <dt>{written(label)}</dt>
              <dd>{says.map(written).join(", ")}</dd>
            </div>
          ))}
        </dl>
      ))}
      <p class="quiet">
        <Cited source={one.source} /> ({t(`ui.source.${one.source.status}`)})
      </p>
      <p class="quiet">{signed ? t("ui.why.signed", { ...signed }) : t("ui.why.unsigned")}</p>
    </div>
  );
}

/** How long was walked on a day, and how the morning after was. */
const walkWords = ({ minutes, morning }: Why["walks"][number]): string[] => [
  t("ui.walk.minutes", { count: minutes }),
  ...(morning === null ? [] : [t("ui.why.morning", { morning: `@ui.morning.${morning}` })]),
];

/** What was held and told on a day, how it was read, and what followed. */
function dayWords(day: Looked, repetitions: number): string[] {
  const held = day.holds.map(({ count, seconds }) => doseSaid({ sets: count, hold_s: seconds, repetitions }));
  const numbers = (["before", "worst", "effort"] as const).flatMap((name) => {
    const value = day[name];
    return value === null ? [] : [t(`ui.why.${name}`, { value })];
  });
  return [
    ...held,
    ...(day.measured_s === null || day.measured_by === null
      ? []
      : [t(`ui.why.measured-${day.measured_by}`, { seconds: Math.floor(day.measured_s) })]),
    ...numbers,
    ...(day.morning === null ? [] : [t("ui.why.morning", { morning: `@ui.morning.${day.morning}` })]),
    ...(day.read_as === null ? [] : [t(`why.reaction.${day.read_as}`)]),
    ...(day.followed === null ? [] : [written(day.followed)]),
  ];
}
