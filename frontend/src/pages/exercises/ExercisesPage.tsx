/** All exercises, by the programme's steps. */
import { exercises } from "../../api/load";
import type { ExerciseInfo, Step } from "../../api/types";
import { ArchTile } from "../../ui/ArchTile";
import { Page } from "../../ui/Page";
import { Show } from "../../ui/States";
import { has, t } from "../../words/words";
import { useToday } from "../today/useToday";
import { firstRung, goalWords, often } from "./exercise";
import { everythingRests, PauseCard } from "./PauseCard";

const STEPS: Step[] = ["hips", "core", "posture", "move"];

export function ExercisesPage() {
  const { day } = useToday();
  return (
    <Page title={t("ui.exercises.title")} className="exercises">
      {everythingRests(day) ? <PauseCard day={day} /> : null}
      <p class="lead">{t("ui.exercises.lead")}</p>
      <Show from={exercises}>
        {(all) => (
          <>
            {STEPS.map((step, index) => (
              <StepOf key={step} step={step} number={index + 1} exercises={all.filter((one) => one.step === step)} />
            ))}
          </>
        )}
      </Show>
    </Page>
  );
}

function StepOf({ step, number, exercises }: { step: Step; number: number; exercises: ExerciseInfo[] }) {
  return (
    <section class="exercises-step">
      <h2>
        <span class="quiet">{number}</span> {t(`step.${step}`)}{" "}
        {step === "move" ? <small>{t("step.move.ours")}</small> : null}
      </h2>
      <ul class="exercises-list">
        {exercises.map((one) => (
          <li key={one.id} class="card exercises-one">
            <ArchTile exercise={one.id} rung={firstRung(one)} size="large" />
            <a href={`/exercises/${one.id}`} class="row-name">
              {t(`${one.id}.name`)}
            </a>
            <p class="row-why">{has(`${one.id}.why`) ? t(`${one.id}.why`) : ""}</p>
            <p class="exercises-dose">
              <span class="number">
                {step === "core" ? t("ui.dose.goal", { goal: one.dose.target_s }) : goalWords(one)}
              </span>
              , <span class="exercises-often">{often(one)}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
