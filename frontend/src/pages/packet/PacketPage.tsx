/** For a physiotherapist or doctor: the packet to hand over, the same to read here, and the way their answer comes back. */
import { useState } from "preact/hooks";
import { zone } from "../../api/device";
import { Problem, post, postForFile } from "../../api/http";
import { packet, settleToday } from "../../api/load";
import type { Message } from "../../api/types";
import { FilePick } from "../../ui/FilePick";
import { Page } from "../../ui/Page";
import { Show } from "../../ui/States";
import { t, written } from "../../words/words";
import { ExpertView } from "./ExpertView";
import { Waiting } from "./Waiting";

export function PacketPage() {
  return (
    <Page title={t("ui.packet.title")} className="review packet">
      <p class="lead">{t("ui.packet.lead")}</p>
      <Give />
      <TakeBack />
      <Waiting />
      <Show from={packet}>{(told) => <ExpertView sheet={told.sheet} />}</Show>
    </Page>
  );
}

interface Print {
  id: string;
  what: "html" | "pdf" | "handout";
  size: "a4" | "letter";
}

const PRINTS: readonly Print[] = [
  { what: "pdf", size: "a4", id: "pdf-a4" },
  { what: "pdf", size: "letter", id: "pdf-letter" },
  { what: "html", size: "a4", id: "html" },
  { what: "handout", size: "a4", id: "handout-a4" },
  { what: "handout", size: "letter", id: "handout-letter" },
];

function Give() {
  const [told, setTold] = useState("");
  const save = async ({ what, size }: Print) => {
    setTold(t("ui.packet.making"));
    try {
      const { file, name } = await postForFile("/api/packets", { what, size, zone: zone() });
      keepFile(file, name);
      setTold(t("ui.packet.made", { name }));
      await packet.load();
    } catch (error) {
      setTold(error instanceof Problem ? error.detail : t("ui.gone.page"));
    }
  };
  return (
    <section class="card">
      <h2>{t("ui.packet.give")}</h2>
      <p>{t("ui.packet.give.text")}</p>
      <div class="packet-prints">
        {PRINTS.map((print) => (
          <button key={print.id} type="button" class="button button-plain" onClick={() => void save(print)}>
            {t(`ui.packet.print.${print.id}`)}
          </button>
        ))}
      </div>
      <p role="status">{told}</p>
      <p class="quiet">
        {t("ui.packet.name")} <a href="/you">{t("ui.you.title")}</a>
      </p>
    </section>
  );
}

/** Lets the browser keep a file. */
function keepFile(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** In bytes. Of what is larger than any answer the beginning is enough to be told so, and no request is too large. */
const LARGEST_ANSWER = 300_000;

/** did: what this very answer did, a sentence each. */
interface Taken {
  did: Message[];
}

function TakeBack() {
  const [told, setTold] = useState("");
  const take = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    if (!file) return;
    try {
      const { did } = await post<Taken>("/api/reviews", {
        content: await file.slice(0, LARGEST_ANSWER).text(),
        zone: zone(),
      });
      setTold(did.map((message) => written(message)).join(" "));
      await Promise.all([settleToday(), packet.load()]);
    } catch (error) {
      setTold(error instanceof Problem ? error.detail : t("ui.gone.page"));
    }
    input.value = "";
  };
  return (
    <section class="card">
      <h2>{t("ui.packet.back")}</h2>
      <FilePick label={t("ui.packet.back.file")} accept=".json,application/json" onPick={(input) => void take(input)} />
      <p role="status">{told}</p>
      <p>
        {t("ui.packet.back.paper")} <a href="/review">{t("ui.packet.back.enter")}</a>
      </p>
    </section>
  );
}
