/** What stands round every page: the way to the others, the notices, the limits of what we are. */
import type { ComponentChildren } from "preact";
import { refusal, waiting } from "../api/facts";
import { serverThere } from "../api/http";
import { t } from "../words/words";
import { Icon, type IconName } from "./Icon";
import { Logo } from "./Logo";
import { type Route, route } from "./router";

const PLACES: { to: string; words: string; icon: IconName; pages: Route["page"][] }[] = [
  { to: "/", words: "ui.nav.today", icon: "today", pages: ["today"] },
  { to: "/progress", words: "ui.nav.progress", icon: "progress", pages: ["progress"] },
  { to: "/exercises", words: "ui.nav.exercises", icon: "exercises", pages: ["exercises", "exercise"] },
  { to: "/how", words: "ui.nav.how", icon: "how", pages: ["how"] },
];

/** The whole frame. `bare` leaves the way to the other pages out: one thing at a time. */
export function Shell({ bare = false, children }: { bare?: boolean; children: ComponentChildren }) {
  return (
    <div class={bare ? "shell shell-bare" : "shell"}>
      <a class="skip" href="#main">
        {t("ui.skip")}
      </a>
      <header class="header">
        <a class="header-logo" href="/" aria-label={t("ui.home")}>
          <Logo />
        </a>
        {bare ? null : <Places />}
        {bare ? null : (
          <a class="header-gear" href="/settings" aria-current={route.value.page === "settings" ? "page" : undefined}>
            <Icon name="settings" size={22} />
            <span class="hidden">{t("ui.nav.settings")}</span>
          </a>
        )}
      </header>
      <Notices />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** The header's row on a laptop, the bar of tabs on a phone: one list, placed by CSS. */
function Places() {
  const { page } = route.value;
  return (
    <nav class="places" aria-label={t("ui.nav.label")}>
      <ul>
        {PLACES.map((place) => (
          <li key={place.to}>
            <a href={place.to} aria-current={place.pages.includes(page) ? "page" : undefined}>
              <Icon name={place.icon} size={24} />
              <span>{t(place.words)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Notices() {
  return (
    <div class="notices" role="status">
      {serverThere.value ? null : (
        <div class="notice">
          <Icon name="gone" size={22} />
          <p>
            <strong>{t("ui.gone.title")}</strong>{" "}
            {waiting.value > 0 ? t("ui.gone.waiting", { count: waiting.value }) : t("ui.gone.text")}
          </p>
          <button type="button" class="button button-quiet" onClick={() => location.reload()}>
            {t("ui.gone.retry")}
          </button>
        </div>
      )}
      {refusal.value ? (
        <div class="notice">
          <Icon name="info" size={22} />
          <p>
            <strong>{t("ui.refused.title")}</strong> {refusal.value}
          </p>
          <button
            type="button"
            class="button button-quiet"
            onClick={() => {
              refusal.value = null;
            }}
          >
            {t("ui.close")}
          </button>
        </div>
      ) : null}
    </div>
  );
}

/** The sentence that is always in sight. */
export function Limits() {
  return (
    <p class="limits">
      {t("ui.limits")} <a href="/about">{t("ui.limits.more")}</a>
    </p>
  );
}
