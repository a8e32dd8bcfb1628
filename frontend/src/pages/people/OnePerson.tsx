/** One of several people: the name, and removing with all that was told. An addition of just now is undone by a touch. */
import { useState } from "preact/hooks";
import { Problem } from "../../api/http";
import { lookWhoIsHere, type Person, remove, rename } from "../../api/people";
import type { Erased } from "../../api/types";
import { Badge } from "../../ui/Badge";
import { t } from "../../words/words";
import { EraseForm, Gone } from "../data/EraseForm";
import { sentenceOf } from "../data/trouble";

interface Props {
  person: Person;
  /** Whether this page speaks for them. */
  here: boolean;
  /** Whether they were added just now. */
  fresh: boolean;
}

export function OnePerson({ person, here, fresh }: Props) {
  const [told, setTold] = useState("");
  const [asks, setAsks] = useState(false);
  const [gone, setGone] = useState<Erased | null>(null);
  const change = async (event: SubmitEvent) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget as HTMLFormElement).get("name"));
    await rename(person.id, name).then(
      () => setTold(t("ui.people.renamed")),
      (error) => setTold(sentenceOf(error)),
    );
  };
  const leave = async (typed: string) => {
    try {
      const erased = await remove(person.id, typed);
      if (erased.facts > 0 || here) setGone(erased);
      else await lookWhoIsHere();
    } catch (error) {
      if (error instanceof Problem && error.problem?.id === "error.erase-word" && !asks) setAsks(true);
      else setTold(sentenceOf(error));
    }
  };
  if (gone) {
    return (
      <Gone
        title={t("ui.people.removed", { name: person.name })}
        gone={gone}
        button={t("ui.people.removed.on")}
        onGoOn={() => (here ? location.assign("/") : void lookWhoIsHere())}
      />
    );
  }
  return (
    <section class="card person">
      <h2>
        <Badge person={person} />
        <span>{person.name || t("ui.people.unnamed")}</span>
        {here ? <small>{t("ui.people.you")}</small> : null}
      </h2>
      <form class="person-name" onSubmit={(event) => void change(event)}>
        <label class="field">
          <span>{t("ui.people.name")}</span>
          <input name="name" required maxLength={40} defaultValue={person.name} autocomplete="off" />
        </label>
        <button
          type="submit"
          class="button button-plain"
          aria-label={t("ui.people.rename-named", { name: person.name })}
        >
          {t("ui.people.rename")}
        </button>
      </form>
      {asks ? (
        <EraseForm
          className="person-remove"
          text={t("ui.people.remove.text", { name: person.name })}
          button={t("ui.people.remove-named", { name: person.name })}
          onErase={leave}
        >
          <button type="button" class="button button-plain" onClick={() => setAsks(false)}>
            {t("ui.people.keep")}
          </button>
        </EraseForm>
      ) : (
        <button
          type="button"
          class="button button-plain"
          aria-label={t(fresh ? "ui.people.undo-named" : "ui.people.remove-named", { name: person.name })}
          onClick={() => (fresh ? void leave("") : setAsks(true))}
        >
          {t(fresh ? "ui.people.undo" : "ui.people.remove")}
        </button>
      )}
      <p role="status">{told}</p>
    </section>
  );
}
