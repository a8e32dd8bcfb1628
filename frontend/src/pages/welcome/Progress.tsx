import { t } from "../../words/words";

/** Small suns: risen behind, rising here, not yet ahead. */
export function Progress({ at, count }: { at: number; count: number }) {
  return (
    <div class="suns" role="img" aria-label={t("ui.screen.progress", { at: at + 1, of: count })}>
      {Array.from({ length: count }, (_, i) => (
        <span key={i} class={i < at ? "sun-past" : i === at ? "sun-here" : "sun-ahead"} />
      ))}
    </div>
  );
}
