/** Everything of one's own gone. This browser forgets what it kept, too. */
import { useState } from "preact/hooks";
import { post } from "../../api/http";
import { forget, keptKeys } from "../../api/kept";
import { several } from "../../api/people";
import { forgetPerson, me } from "../../api/person";
import type { Erased } from "../../api/types";
import { t } from "../../words/words";
import { EraseForm, Gone } from "./EraseForm";
import { sentenceOf } from "./trouble";

export function Erase() {
  const [alone] = useState(() => !several.value);
  const [gone, setGone] = useState<Erased | null>(null);
  const [told, setTold] = useState("");
  const erase = async (word: string) => {
    setTold("");
    try {
      const erased = await post<Erased>("/api/erase", { word });
      if (alone) for (const key of keptKeys("lumbar.")) forget(key);
      else if (me.value !== null) forgetPerson(me.value);
      setGone(erased);
    } catch (error) {
      setTold(sentenceOf(error));
    }
  };
  if (gone) {
    const goOn = () => location.assign("/"); // a fresh load, for this page still remembers what was
    return <Gone title={t("ui.data.erased")} gone={gone} button={t("ui.data.erased.on")} onGoOn={goOn} />;
  }
  return (
    <EraseForm
      className="card"
      title={t(alone ? "ui.data.erase" : "ui.data.erase.mine")}
      text={t(alone ? "ui.data.erase.text" : "ui.data.erase.text-mine")}
      button={t(alone ? "ui.data.erase.do" : "ui.data.erase.mine")}
      onErase={erase}
    >
      <p role="status">{told}</p>
    </EraseForm>
  );
}
