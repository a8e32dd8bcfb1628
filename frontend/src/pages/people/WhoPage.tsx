/** Who is here? One touch on a name. What was told here by somebody else goes to them all the same. */
import { useEffect, useState } from "preact/hooks";
import { waiting } from "../../api/facts";
import { lost } from "../../api/http";
import { forgetful } from "../../api/kept";
import { become, lock, lookWhoIsHere, mustChoose, myself, type Person, people } from "../../api/people";
import { me } from "../../api/person";
import { Badge } from "../../ui/Badge";
import { Page } from "../../ui/Page";
import { Waiting } from "../../ui/States";
import { t } from "../../words/words";
import { sentenceOf } from "../data/trouble";
import { PinForm } from "./PinForm";

const AGAIN_MS = 3_000;

export function WhoPage() {
  const [told, setTold] = useState("");
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<string | null>(null);
  useEffect(() => {
    // Whoever goes to another name leaves their own behind; one with a PIN is locked by that.
    if (myself.peek()?.pin && !mustChoose.peek()) void lock().catch(() => undefined);
    const look = (): void => void lookWhoIsHere().catch(() => undefined);
    look();
    const timer = setInterval(look, AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  const choose = async (person: Person) => {
    // This browser keeps nothing: what has not been sent would be gone with the page.
    if (forgetful.value && waiting.value > 0) return setTold(t("ui.who.unsent"));
    if (person.pin) return setAsked(asked === person.id ? null : person.id);
    setBusy(true);
    setTold("");
    try {
      await become(person.id);
    } catch (error) {
      setTold(sentenceOf(error));
      setBusy(false);
    }
  };
  const gone = lost.value && people.value !== null && me.value === null ? lost.value : null;
  const here = mustChoose.value ? null : me.value;
  return (
    <Page title={t("ui.who.title")} className="who" bare>
      {gone ? (
        <p class="card" role="status">
          {gone}
        </p>
      ) : null}
      {people.value === null ? (
        <Waiting />
      ) : (
        <ul class="who-list">
          {people.value.map((person) => (
            <li key={person.id}>
              <button
                type="button"
                disabled={busy}
                aria-expanded={person.pin ? asked === person.id : undefined}
                onClick={() => void choose(person)}
              >
                <Badge person={person} large />
                <span>
                  <strong>{person.name || t("ui.people.unnamed")}</strong>
                  {person.id === here ? <small>{t("ui.who.now")}</small> : null}
                  {person.pin ? <small>{t("ui.who.has-pin")}</small> : null}
                </span>
              </button>
              {asked === person.id ? <PinForm person={person} /> : null}
            </li>
          ))}
        </ul>
      )}
      <p role="alert">{told}</p>
      {here === null ? null : (
        <p>
          <a class="way" href="/people">
            {t("ui.people.title")}
          </a>
        </p>
      )}
      <p class="quiet">{t("ui.who.honest")}</p>
    </Page>
  );
}
