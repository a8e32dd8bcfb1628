/** A file is looked at first; what it would bring is shown, and only then taken in. */
import { useState } from "preact/hooks";
import { post } from "../../api/http";
import { settleToday } from "../../api/load";
import type { Brought } from "../../api/types";
import { FilePick } from "../../ui/FilePick";
import { has, t } from "../../words/words";
import { sentenceOf } from "./trouble";

interface Looked {
  file: File;
  brought: Brought;
}

export function Import() {
  const [looked, setLooked] = useState<Looked | null>(null);
  const [mine, setMine] = useState(false);
  const [told, setTold] = useState("");
  const [busy, setBusy] = useState(false);
  const ask = async (file: File, query: string): Promise<Brought | null> => {
    setBusy(true);
    setTold("");
    try {
      return await post<Brought>(`/api/import?${query}`, file);
    } catch (error) {
      setTold(sentenceOf(error));
      return null;
    } finally {
      setBusy(false);
    }
  };
  const look = async (file: File | undefined) => {
    setLooked(null);
    setMine(false);
    if (!file) return setTold("");
    const brought = await ask(file, "preview=true");
    if (brought) setLooked({ file, brought });
  };
  const take = async ({ file }: Looked) => {
    const brought = await ask(file, `mine=${mine}`);
    if (!brought) return;
    setLooked(null);
    setTold(t("import.taken", { count: brought.new, known: brought.known }));
    await settleToday();
  };
  return (
    <section class="card">
      <h2>{t("ui.data.import")}</h2>
      <p>{t("ui.data.import.text")}</p>
      <p class="quiet">{t("ui.data.import.table")}</p>
      <FilePick
        label={t("ui.data.import.file")}
        accept=".json,.gz,.csv,application/json,text/csv"
        disabled={busy}
        onPick={(input) => void look(input.files?.[0])}
      />
      {looked ? <Preview brought={looked.brought} mine={mine} setMine={setMine} /> : null}
      {looked && looked.brought.new > 0 ? (
        <button
          type="button"
          class="button"
          disabled={busy || (looked.brought.other_person && !mine)}
          onClick={() => void take(looked)}
        >
          {t("ui.data.import.take")}
        </button>
      ) : null}
      <p role="status">{busy ? t("ui.loading") : told}</p>
    </section>
  );
}

/** A kind of entries in words, and how many of them; one that this lumbar does not know has its own name. */
const kindOf = (type: string, count: number): string => {
  const known = `import.of.${type}`;
  return has(known) ? t("import.type", { type: `@${known}`, count }) : t("import.type-unknown", { type, count });
};

function Preview({ brought, mine, setMine }: { brought: Brought; mine: boolean; setMine: (yes: boolean) => void }) {
  return (
    <div class="data-preview" role="status">
      <p>{t("import.preview", { count: brought.new, known: brought.known })}</p>
      {brought.first && brought.last ? <p>{t("import.days", { first: brought.first, last: brought.last })}</p> : null}
      <ul>
        {Object.entries(brought.types).map(([type, count]) => (
          <li key={type}>{kindOf(type, count)}</li>
        ))}
      </ul>
      {brought.differing > 0 ? <p>{t("import.differing", { count: brought.differing })}</p> : null}
      {brought.other_person ? (
        <label class="tick">
          <input type="checkbox" checked={mine} onChange={(event) => setMine(event.currentTarget.checked)} />
          <span>{t("ui.data.import.mine")}</span>
        </label>
      ) : null}
    </div>
  );
}
