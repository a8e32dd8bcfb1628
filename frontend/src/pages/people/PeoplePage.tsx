/** The people who use this lumbar: adding somebody, other names, and removing. */
import { useEffect, useState } from "preact/hooks";
import { lookWhoIsHere, myself, type Person, people, several } from "../../api/people";
import { Page } from "../../ui/Page";
import { Waiting } from "../../ui/States";
import { t } from "../../words/words";
import { Add } from "./Add";
import { OnePerson } from "./OnePerson";
import { OwnPin } from "./OwnPin";

export function PeoplePage() {
  const [fresh, setFresh] = useState<Person | null>(null);
  useEffect(() => {
    void lookWhoIsHere().catch(() => undefined);
  }, []);
  const here = myself.value;
  return (
    <Page title={t("ui.people.title")} className="settings">
      <p class="lead">{t(several.value ? "ui.people.lead" : "ui.people.lead-one")}</p>
      {people.value === null || here === null ? (
        <Waiting />
      ) : (
        <>
          {several.value
            ? people.value.map((person) => (
                <OnePerson
                  key={person.id}
                  person={person}
                  here={person.id === here.id}
                  fresh={person.id === fresh?.id}
                />
              ))
            : null}
          <OwnPin person={here} />
          <Add here={here} onAdded={setFresh} />
        </>
      )}
      <p class="quiet">{t("ui.who.honest")}</p>
      {several.value ? (
        <p>
          <a class="way" href="/who">
            {t("ui.who.title")}
          </a>
        </p>
      ) : null}
    </Page>
  );
}
