/** One exercise: how it looks, how to set up, what to feel, where the camera stands, and where all that comes from. */
import { useEffect, useRef, useState } from "preact/hooks";
import { exercises } from "../../api/load";
import type { Day, ExerciseInfo, ExerciseRung, Item } from "../../api/types";
import { Figure, type FigureProps } from "../../figure/Figure";
import { ArchTile } from "../../ui/ArchTile";
import { Icon } from "../../ui/Icon";
import { Page } from "../../ui/Page";
import { askedDay } from "../../ui/router";
import { Show, Waiting } from "../../ui/States";
import { lessMotion } from "../../ui/settings";
import { Unfilled } from "../../ui/Unfilled";
import { doseWords } from "../../words/dose";
import { has, list, t, written } from "../../words/words";
import { MissingPage } from "../MissingPage";
import { useToday } from "../today/useToday";
import { CameraPlan } from "./CameraPlan";
import { Cited } from "./Cited";
import { firstRung, formOf, goalWords, isDrill, often } from "./exercise";
import { everythingRests, PauseCard } from "./PauseCard";
import { WhyCard } from "./WhyCard";

export function ExercisePage({ id }: { id: string }) {
  return (
    <Show from={exercises} frame={(inside) => <Unfilled title={nameOf(id)}>{inside}</Unfilled>}>
      {(all) => {
        const one = all.find((exercise) => exercise.id === id);
        return one ? <Of one={one} /> : <MissingPage />;
      }}
    </Show>
  );
}

const nameOf = (id: string): string => (has(`${id}.name`) ? t(`${id}.name`) : "");

function Of({ one }: { one: ExerciseInfo }) {
  const { day, asked } = useToday();
  const rests = everythingRests(day);
  const before = (
    <a class="crumb" href="/exercises">
      <Icon name="back" size={18} />
      {t(`step.${one.step}`)}
      {isDrill(one) ? <small>{t(`step.${one.step}.ours`)}</small> : null}
    </a>
  );
  return (
    <Page
      title={t(`${one.id}.name`)}
      className={rests ? "exercise exercise-rests" : "exercise"}
      before={before}
      ownLimits
    >
      {asked ? <Waiting /> : rests ? <AtRest one={one} day={day} /> : <Taught one={one} day={day} />}
    </Page>
  );
}

/** What it looks like, and no more: nobody is led into it. */
function AtRest({ one, day }: { one: ExerciseInfo; day: Day | null }) {
  return (
    <>
      <PauseCard day={day} />
      <Window one={one} rung={firstRung(one)} mode="loop" />
      <p class="quiet">{t("ui.exercise.rests.then")}</p>
      <Sources one={one} />
    </>
  );
}

function Window({
  one,
  rung,
  mode,
  onHeld,
}: { one: ExerciseInfo; rung: string } & Pick<FigureProps, "mode" | "onHeld">) {
  return (
    <div class="window">
      <div class="window-sky" aria-hidden="true" />
      <div class="window-figure">
        <Figure exercise={one.id} rung={rung} mode={mode} onHeld={onHeld} line={one.judged && mode !== "start"} />
      </div>
    </div>
  );
}

/** The way into the hold, once, and then the hold with the words round it: nobody reads beside what moves. */
function Stage({ one, form }: { one: ExerciseInfo; form: ExerciseRung }) {
  const [moves, setMoves] = useState(true);
  useEffect(() => setMoves(true), [form.id]);
  if (lessMotion.value) return <Stills one={one} form={form} />;
  return (
    <div class="stage">
      <Window one={one} rung={form.id} mode={moves ? "into" : "still"} onHeld={() => setMoves(false)} />
      <Pointed one={one} form={form} moves={moves} />
      <button type="button" class="stage-again" disabled={moves} onClick={() => setMoves(true)}>
        {t("ui.exercise.again")}
      </button>
    </div>
  );
}

type CallOuts = typeof import("../../figure/CallOuts")["CallOuts"];

/** What the figure shows, in words that point at it: fetched with the first exercise that is looked at. */
function Pointed({ one, form, moves }: { one: ExerciseInfo; form: ExerciseRung; moves: boolean }) {
  const [come, setCome] = useState<{ CallOuts: CallOuts } | null>(null);
  useEffect(() => {
    // Out of reach the page is whole without it: each of its words stands in a sentence below.
    import("../../figure/CallOuts").then(setCome, () => undefined);
  }, []);
  if (!come || form.callouts.length === 0) return null;
  const words = form.callouts.map(({ message, at }) => ({ text: t(message), at }));
  return (
    <come.CallOuts exercise={one.id} rung={form.id} name={t("ui.exercise.callouts")} words={words} moves={moves} />
  );
}

/** For those who asked for less motion: where it starts, then what is held, and nothing moves between them. */
function Stills({ one, form }: { one: ExerciseInfo; form: ExerciseRung }) {
  return (
    <ul class="window-stills">
      <li>
        <Window one={one} rung={form.id} mode="start" />
        <p>{t("ui.exercise.still.start")}</p>
      </li>
      <li>
        <div class="stage">
          <Window one={one} rung={form.id} mode="still" />
          <Pointed one={one} form={form} moves={false} />
        </div>
        <p>{t(isDrill(one) ? "ui.exercise.still.low" : "ui.exercise.still.hold")}</p>
      </li>
    </ul>
  );
}

function Taught({ one, day }: { one: ExerciseInfo; day: Day | null }) {
  const item = itemOf(day, one.id);
  const mine = item?.rung ?? firstRung(one);
  const [picked, setPicked] = useState<string | null>(null);
  const shown = picked ?? mine;
  const form = formOf(one, shown);
  return (
    <>
      <div class="exercise-left">
        <Stage one={one} form={form} />
        <Rungs one={one} item={item} shown={shown} onPick={setPicked} />
        <section class="card">
          <h2>{t("ui.exercise.set-up")}</h2>
          <ol class="setup">
            {setUp(form).map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ol>
          <Needs form={form} item={item} />
        </section>
        <div class="feel">
          <Words heading="ui.exercise.feel" id={form.feel} />
          <Words heading="ui.exercise.stop" id={form.stop} />
        </div>
      </div>
      <div class="exercise-right">
        <Dose one={one} item={item} />
        <Hear form={form} />
        <section class="card camera">
          <div>
            <h2>{t("ui.exercise.camera")}</h2>
            <p>{t(form.camera ?? "ui.exercise.camera.timed")}</p>
          </div>
          {form.camera ? <CameraPlan camera={one.camera} standing={UPRIGHT.includes(form.position)} /> : null}
        </section>
        {item || askedDay() ? <WhyCard exercise={one.id} on={askedDay()} /> : null}
        <Sources one={one} />
      </div>
    </>
  );
}

/** Where somebody is seen from above as standing; a kneeling one takes the mat's length. */
const UPRIGHT = ["standing", "sitting"];

/** What has to lie ready for a form: its things, and the weight of somebody who has one by now. */
function Needs({ form, item }: { form: ExerciseRung; item: Item | null }) {
  const things = form.equipment.map((thing) => t(`equipment.${thing}`));
  if (item && item.load_kg > 0 && item.rung === form.id) things.push(t("ui.exercise.load.need", { kg: item.load_kg }));
  if (things.length === 0) return null;
  return (
    <p class="quiet">
      {t("ui.exercise.equipment")}: {things.join(", ")}
    </p>
  );
}

/** How to get into the form that is shown, a sentence a step. */
const setUp = (form: ExerciseRung): string[] => form.set_up.flatMap((id) => t(id).split(SENTENCE_END));

const SENTENCE_END = /(?<=[.!?])\s+/;

/** What today asks of an exercise; null where today is not known, or leaves it out. */
const itemOf = (day: Day | null, id: string): Item | null =>
  day?.steps.flatMap((step) => step.items).find((item) => item.exercise === id) ?? null;

function Dose({ one, item }: { one: ExerciseInfo; item: Item | null }) {
  return (
    <section class="card dose">
      {item && (item.state === "due" || item.state === "optional") ? (
        <div>
          <span class="number">{doseWords(item)}</span>
          <span>
            {t("ui.exercise.today")}
            {item.load_kg > 0 ? `, ${t("ui.dose.load", { kg: item.load_kg })}` : ""}
          </span>
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
  /** The person's own of today, if there is one. */
  item: Item | null;
  shown: string;
  onPick(rung: string): void;
}

function Rungs({ one, item, shown, onPick }: RungsProps) {
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
          <Loaded key={load.id} kg={item?.load_kg ?? 0} />
        ))}
      </ul>
      {item ? <p>{t("ui.exercise.rungs.you", { rung: name(item.rung) })}</p> : null}
      {one.loads.map((load) => (
        <p key={load.id} class="quiet">
          {[...loadSays(item), t(`${one.id}.load.${load.id}`, { kg: load.first_kg ?? "" })].join(" ")}
        </p>
      ))}
    </section>
  );
}

/** The last stage of the strip: with a weight. Shut, or the person's own by now. */
function Loaded({ kg }: { kg: number }) {
  return (
    <li class={kg > 0 ? "rung rung-own" : "rung rung-shut"}>
      <span class={`tile tile-large ${kg > 0 ? "tile-done" : "tile-shut"}`}>
        <Icon name={kg > 0 ? "check" : "lock"} size={26} />
      </span>
      <span>{kg > 0 ? t("ui.dose.load", { kg }) : t("ui.exercise.rung.load")}</span>
    </li>
  );
}

/** How it stands with the weight: carried now, what it waits for, or shut for somebody of whom that is not known. */
function loadSays(item: Item | null): string[] {
  const waits = (item?.reasons ?? []).filter(({ message }) => message.id.startsWith("plan.load."));
  if (item && item.load_kg > 0) {
    const goal = waits.filter(({ message }) => message.id === "plan.load.goal");
    return [t("ui.exercise.load.now", { kg: item.load_kg }), ...goal.map(({ message }) => written(message))];
  }
  return waits.length > 0 ? waits.map(({ message }) => written(message)) : [t("ui.exercise.load.later")];
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

/** What the voice may say of a form: the prompts, then the cues of what a camera sees. */
function Hear({ form }: { form: ExerciseRung }) {
  const words = form.hear.filter(has).slice(0, 5);
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
