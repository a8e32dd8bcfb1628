/** Whether new forms, first weights and new exercises wait for an expert's word. */
import { useState } from "preact/hooks";
import { zone } from "../../api/device";
import { Problem, post } from "../../api/http";
import { packet, settleToday, today } from "../../api/load";
import type { Day } from "../../api/types";
import { Show } from "../../ui/States";
import { fullDate } from "../../words/when";
import { t } from "../../words/words";
import { Choice } from "../welcome/ItemQuestion";

export function Waiting() {
  return <Show from={today}>{(day) => <Wish day={day} />}</Show>;
}

function Wish({ day }: { day: Day }) {
  const [told, setTold] = useState("");
  const choose = async (wanted: boolean) => {
    try {
      await post("/api/approvals", { wanted, zone: zone() });
      setTold("");
      await Promise.all([settleToday(), packet.load()]);
    } catch (error) {
      setTold(error instanceof Problem ? error.detail : t("ui.gone.page"));
    }
  };
  const by = day.waits?.by ?? null;
  return (
    <section class="card">
      <h2>{t("ui.waits.title")}</h2>
      <p>{t("ui.waits.text")}</p>
      {by === null ? (
        <Choice
          legend={t("ui.waits.choice")}
          note={day.waits ? t("ui.waits.since", { since: fullDate(day.waits.since) }) : null}
          stacked
          options={(["on", "off"] as const).map((id) => ({ id, text: t(`ui.waits.${id}`) }))}
          picked={day.waits ? "on" : "off"}
          onPick={(id) => void choose(id === "on")}
        />
      ) : (
        <p>
          {t("ui.waits.by", { by, profession: day.waits?.profession ?? "", since: fullDate(day.waits?.since ?? "") })}
        </p>
      )}
      <p role="status">{told}</p>
    </section>
  );
}
