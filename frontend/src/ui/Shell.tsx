/** What stands round every page: the way to the others, the notices, the limits of what we are. */
import type { ComponentChildren } from "preact";
import { refusal, waiting } from "../api/facts";
import { serverThere } from "../api/http";
import { mustChoose, myself, several } from "../api/people";
import { reminder } from "../desk/reminders";
import { deskCamera, deskSaid } from "../desk/shown";
import { t, written } from "../words/words";
import { Badge } from "./Badge";
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
        {several.value || myself.value?.pin ? <WhoIsHere /> : null}
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

/** Where several people use this lumbar it is always in sight for whom the page speaks, and one touch to change it. */
function WhoIsHere() {
  const person = myself.value;
  if (!person || mustChoose.value) return null;
  const here = route.value.page === "who" ? "page" : undefined;
  return (
    <a
      class="header-who"
      href="/who"
      aria-current={here}
      aria-label={person.name ? t("ui.who.switch", { name: person.name }) : t("ui.who.lock")}
    >
      {person.name ? <Badge person={person} /> : <Icon name="lock" size={22} />}
      <span>{person.name || t("ui.who.lock")}</span>
    </a>
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
      {reminder.value ? (
        <div class="notice">
          <Icon name="today" size={22} />
          <p>{written(reminder.value)}</p>
          <button
            type="button"
            class="button button-quiet"
            onClick={() => {
              reminder.value = null;
            }}
          >
            {t("ui.close")}
          </button>
        </div>
      ) : null}
      <AtDesk />
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

/** The watch at the desk goes on while other pages are read: that its camera is on, and what it said. */
function AtDesk() {
  if (route.value.page === "desk" || !(deskCamera.value || deskSaid.value)) return null;
  return (
    <div class="notice">
      <Icon name="camera" size={22} />
      <p>
        {deskCamera.value ? <strong>{t("ui.desk.camera.elsewhere")}</strong> : null}{" "}
        {deskSaid.value ? written(deskSaid.value) : null}
      </p>
      <a class="button button-quiet" href="/desk">
        {t("ui.desk.title")}
      </a>
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
