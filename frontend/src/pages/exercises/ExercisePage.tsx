/** One exercise: how it looks, how to set up, what to feel, where the camera stands, and where all that comes from. */
import { useEffect, useRef, useState } from "preact/hooks";
import { exercises, today } from "../../api/load";
import type { ExerciseInfo, Item } from "../../api/types";
import { Figure } from "../../figure/Figure";
import { ArchTile } from "../../ui/ArchTile";
import { Icon } from "../../ui/Icon";
import { Page } from "../../ui/Page";
import { askedDay } from "../../ui/router";
import { Shell } from "../../ui/Shell";
import { Show } from "../../ui/States";
import { doseWords } from "../../words/dose";
import { has, list, say, t } from "../../words/words";
import { MissingPage } from "../MissingPage";
import { CameraPlan } from "./CameraPlan";
import { Cited } from "./Cited";
import { firstRung, goalWords, isDrill, often } from "./exercise";
import { WhyCard } from "./WhyCard";

export function ExercisePage({ id }: { id: string }) {
  return (
    <Show from={exercises} frame={(inside) => <Shell>{inside}</Shell>}>
      {(all) => {
        const one = all.find((exercise) => exercise.id === id);
        return one ? <Of one={one} /> : <MissingPage />;
      }}
    </Show>
  );
}

function Of({ one }: { one: ExerciseInfo }) {
  const item = useTodaysItem(one.id);
  const mine = item?.rung ?? firstRung(one);
  const [picked, setPicked] = useState<string | null>(null);
  const shown = picked ?? mine;
  const before = (
    <a class="crumb" href="/exercises">
      <Icon name="back" size={18} />
      {t(`step.${one.step}`)}
      {isDrill(one) ? <small>{t(`step.${one.step}.ours`)}</small> : null}
    </a>
  );
  return (
    <Page title={t(`${one.id}.name`)} className="exercise" before={before} ownLimits>
      <div class="exercise-left">
        <div class="window">
          <div class="window-sky" aria-hidden="true" />
          <div class="window-figure">
            <Figure exercise={one.id} rung={shown} mode="loop" line={one.judged} />
          </div>
        </div>
        <Rungs one={one} mine={item ? mine : null} shown={shown} onPick={setPicked} />
        <section class="card">
          <h2>{t("ui.exercise.set-up")}</h2>
          <ol class="setup">
            {setUp(one, shown).map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ol>
          {one.equipment.length > 0 ? (
            <p class="quiet">
              {t("ui.exercise.equipment")}: {one.equipment.map((thing) => t(`equipment.${thing}`)).join(", ")}
            </p>
          ) : null}
        </section>
        <div class="feel">
          <Words heading="ui.exercise.feel" id={`${one.id}.feel`} />
          <Words heading="ui.exercise.stop" id={`${one.id}.not-feel`} />
        </div>
      </div>
      <div class="exercise-right">
        <Dose one={one} item={item} />
        <Hear one={one} />
        <section class="card camera">
          <div>
            <h2>{t("ui.exercise.camera")}</h2>
            <p>{one.judged && has(`${one.id}.camera`) ? t(`${one.id}.camera`) : t("ui.exercise.camera.timed")}</p>
          </div>
          {one.judged ? <CameraPlan camera={one.camera} standing={one.position === "standing"} /> : null}
        </section>
        {item || askedDay() ? <WhyCard exercise={one.id} on={askedDay()} /> : null}
        <Sources one={one} />
      </div>
    </Page>
  );
}

/** How to get into the form that is shown, in steps. For every form but the first these are the voice's own sentences. */
function setUp(one: ExerciseInfo, rung: string): string[] {
  if (rung === firstRung(one)) return list(`${one.id}.set-up`);
  return say(`${one.id}.rung.${rung}.set-up`).split(SENTENCE_END);
}

const SENTENCE_END = /(?<=[.!?])\s+/;

/** What today asks of this exercise; null where today is not known, or leaves it out. */
function useTodaysItem(id: string): Item | null {
  useEffect(() => {
    if (today.signal.peek().value === null) void today.load();
  }, []);
  const day = today.signal.value.value;
  return day?.steps.flatMap((step) => step.items).find((item) => item.exercise === id) ?? null;
}

function Dose({ one, item }: { one: ExerciseInfo; item: Item | null }) {
  return (
    <section class="card dose">
      {item && (item.state === "due" || item.state === "optional") ? (
        <div>
          <span class="number">{doseWords(item)}</span>
          <span>{t("ui.exercise.today")}</span>
        </div>
      ) : null}
      <div>
        <span class="number">{goalWords(one)}</span>
        <span>
          {t(one.step === "core" ? "ui.exercise.goal" : isDrill(one) ? "ui.exercise.drill" : "ui.exercise.hold")}
          {one.sides === "each" ? `, ${t("ui.dose.each-side")}` : ""}
        </span>
      </div>
      <p>{often(one)}</p>
    </section>
  );
}

interface RungsProps {
  one: ExerciseInfo;
  /** The person's own rung today, if there is one. */
  mine: string | null;
  shown: string;
  onPick(rung: string): void;
}

function Rungs({ one, mine, shown, onPick }: RungsProps) {
  const name = (rung: string) => t(`${one.id}.rung.${rung}`);
  const strip = useStripAt(shown);
  return (
    <section class="rungs" aria-label={t("ui.exercise.rungs")}>
      <ul ref={strip}>
        {one.rungs.map((rung) => (
          <li key={rung.id}>
            <button type="button" class="rung" aria-pressed={rung.id === shown} onClick={() => onPick(rung.id)}>
              <ArchTile
                exercise={one.id}
                rung={rung.id}
                size="large"
                done={rung.id === shown}
                line={rung.id === shown}
              />
              <span>
                {name(rung.id)}
                {rung.goal_form ? <small>{t("ui.exercise.rung.goal")}</small> : null}
              </span>
            </button>
          </li>
        ))}
        {one.loads.map((load) => (
          <li key={load.id} class="rung rung-shut">
            <span class="tile tile-large tile-shut">
              <Icon name="lock" size={26} />
            </span>
            <span>{t("ui.exercise.rung.load")}</span>
          </li>
        ))}
      </ul>
      {mine ? <p>{t("ui.exercise.rungs.you", { rung: name(mine) })}</p> : null}
      {one.loads.map((load) => (
        <p key={load.id} class="quiet">
          {t(`${one.id}.load.${load.id}`, { kg: load.first_kg ?? "" })}
        </p>
      ))}
    </section>
  );
}

/** A strip that is scrolled so that the form that is shown stands in its middle. */
function useStripAt(shown: string) {
  const strip = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const here = strip.current?.querySelector<HTMLElement>('[aria-pressed="true"]')?.parentElement;
    if (!strip.current || !here) return;
    strip.current.scrollLeft = here.offsetLeft - (strip.current.clientWidth - here.offsetWidth) / 2;
  }, [shown]);
  return strip;
}

function Words({ heading, id }: { heading: string; id: string }) {
  return (
    <section>
      <h2>{t(heading)}</h2>
      {list(id).map((text) => (
        <p key={text}>{text}</p>
      ))}
    </section>
  );
}

/** What the voice may say: the prompts, then the cues of what a camera sees. */
function Hear({ one }: { one: ExerciseInfo }) {
  const ids = [...new Set([...one.prompts.map((prompt) => prompt.message), ...one.checks.map((check) => check.cue)])];
  const words = ids.filter(has).slice(0, 5);
  if (words.length === 0) return null;
  return (
    <section class="card">
      <h2>{t("ui.exercise.hear")}</h2>
      <ul class="hear">
        {words.map((id) => (
          <li key={id}>{t(id)}</li>
        ))}
      </ul>
    </section>
  );
}

function Sources({ one }: { one: ExerciseInfo }) {
  return (
    <section class="sources">
      <h2>{t("ui.exercise.sources")}</h2>
      <ul>
        {one.sources.map((source) => (
          <li key={source.id}>
            <Cited source={source} /> <small>{t(`ui.source.${source.status}`)}</small>
          </li>
        ))}
      </ul>
      <p>
        {t("ui.exercise.unsigned")} {t("ui.limits")}
      </p>
    </section>
  );
}
