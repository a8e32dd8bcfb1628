import type { ScreenCard } from "../../api/types";
import { fullDate } from "../../words/when";
import { t } from "../../words/words";

export interface ShortCardProps {
  card: ScreenCard;
  changedSince: Record<string, string>;
  onNone(): void;
  /** Open the card in full; with the item that was ticked, if one was. */
  onOpen(item: string | null): void;
}

/** A card in short: its lines, and one tap for most people. A tick, or either of the quiet answers, opens it in full. */
export function ShortCard({ card, changedSince, onNone, onOpen }: ShortCardProps) {
  return (
    <>
      <ul class="options">
        {card.items.map((item) => {
          const since = changedSince[item.id];
          return (
            <li key={item.id}>
              <button type="button" class="option" onClick={() => onOpen(item.id)}>
                <span class="box" aria-hidden="true" />
                <span>
                  {t(item.short)}
                  {since ? <small>{t("ui.screen.changed-since", { on: fullDate(since) })}</small> : null}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <div class="question-end">
        <button type="button" class="button button-wide" onClick={onNone}>
          {t("ui.screen.none")}
        </button>
        <div class="question-quiet">
          <button type="button" class="button button-quiet" onClick={() => onOpen(null)}>
            {t("ui.screen.one")}
          </button>
          <button type="button" class="button button-quiet" onClick={() => onOpen(null)}>
            {t("ui.screen.unsure")}
          </button>
        </div>
      </div>
    </>
  );
}
