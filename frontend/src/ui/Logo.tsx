import { t } from "../words/words";

/** A sun under an arch, and the name. */
export function Logo() {
  return (
    <span class="logo">
      <svg width="30" height="18" viewBox="0 0 30 18" aria-hidden="true">
        <path
          d="M2.5 16 A12.5 12.5 0 0 1 27.5 16"
          fill="none"
          stroke="currentColor"
          stroke-width="3.2"
          stroke-linecap="round"
        />
        <path class="logo-sun" d="M9 17.6 A6 6 0 0 1 21 17.6 Z" />
      </svg>
      <span>{t("ui.name")}</span>
    </span>
  );
}
