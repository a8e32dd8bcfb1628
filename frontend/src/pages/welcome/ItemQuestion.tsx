import { useId } from "preact/hooks";
import type { Answer, ScreenItem } from "../../api/types";
import { fullDate } from "../../words/when";
import { t } from "../../words/words";
import { asksDetails, isOver, OVER } from "./flow";

const ANSWERS: Answer[] = ["yes", "no", "not-sure", "rather-not-say"];

export interface ItemQuestionProps {
  item: ScreenItem;
  since?: string | undefined;
  answer: Answer | undefined;
  details: Record<string, string>;
  onAnswer(answer: Answer): void;
  onDetail(id: string, option: string): void;
}

/** One item in full with its four answers, and the question behind a yes. What was cleared and passes may be over. */
export function ItemQuestion({ item, since, answer, details, onAnswer, onDetail }: ItemQuestionProps) {
  const answers = since && item.ends ? [...ANSWERS, OVER] : ANSWERS;
  const pick = (id: string) => {
    onAnswer(id === OVER ? "no" : (id as Answer));
    if (id === OVER) onDetail("now", OVER);
  };
  return (
    <div class="card item">
      <Choice
        legend={t(item.full)}
        note={since ? t("ui.screen.changed-since", { on: fullDate(since) }) : null}
        options={answers.map((id) => ({ id, text: t(`ui.answer.${id}`) }))}
        picked={isOver(answer, details) ? OVER : answer}
        onPick={pick}
      />
      {asksDetails(answer)
        ? item.details.map((detail) => (
            <Choice
              key={detail.id}
              legend={t(detail.text)}
              note={null}
              stacked
              options={detail.options.map((option) => ({ id: option.id, text: t(option.text) }))}
              picked={details[detail.id]}
              onPick={(id) => onDetail(detail.id, id)}
            />
          ))
        : null}
    </div>
  );
}

interface ChoiceProps {
  legend: string;
  note: string | null;
  options: { id: string; text: string }[];
  picked: string | undefined;
  stacked?: boolean;
  onPick(id: string): void;
}

export function Choice({ legend, note, options, picked, stacked = false, onPick }: ChoiceProps) {
  const name = useId();
  return (
    <fieldset class="choice">
      <legend>
        {legend}
        {note ? <small>{note}</small> : null}
      </legend>
      <div class={stacked ? "choices choices-stacked" : "choices"}>
        {options.map((option) => (
          <label key={option.id} class="choice-option">
            <input
              type="radio"
              name={name}
              value={option.id}
              checked={picked === option.id}
              onChange={() => onPick(option.id)}
            />
            <span>{option.text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
