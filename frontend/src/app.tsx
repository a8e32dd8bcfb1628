/** Which page is shown, once there are words to show it with. */
import { signal } from "@preact/signals";
import { lazy, Suspense } from "preact/compat";
import { useEffect, useState } from "preact/hooks";
import { unpaired } from "./api/http";
import { mustChoose } from "./api/people";
import { MissingPage } from "./pages/MissingPage";
import { WhoPage } from "./pages/people/WhoPage";
import { PairPage } from "./pages/phone/PairPage";
import { TodayPage } from "./pages/today/TodayPage";
import { warningIsOpen } from "./pages/welcome/kept";
import { WelcomePage } from "./pages/welcome/WelcomePage";
import { route } from "./ui/router";
import { Waiting } from "./ui/States";
import { settings, wantedLanguages } from "./ui/settings";
import { loadWords, t, words } from "./words/words";

/** The camera's and the player's code is fetched when a session begins, not before. */
const SessionPage = lazy(() => import("./session/SessionPage").then((module) => module.SessionPage));

const DeskPage = lazy(() => import("./pages/desk/DeskPage").then((module) => module.DeskPage));

const others = signal<typeof import("./pages/others") | null>(null);

function fetchOthers(): void {
  import("./pages/others").then(
    (pages) => {
      others.value = pages;
    },
    () => undefined, // out of reach: asked for again when one of them is wanted
  );
}

/** How long after the words the other pages are fetched: today's own answers and its figure come first. */
const OTHERS_AFTER_MS = 800;
/** How often what did not come is asked for again. */
const AGAIN_MS = 3_000;

export function App() {
  const [silent, setSilent] = useState(false);
  const { language } = settings.value;
  useEffect(() => {
    const ask = () => loadWords(wantedLanguages(settings.value)).catch(() => setSilent(true));
    void ask();
    const again = setInterval(() => words.peek() === null && void ask(), AGAIN_MS);
    return () => clearInterval(again);
  }, [language]);
  const speaks = words.value !== null;
  useEffect(() => {
    if (!speaks || others.peek()) return;
    const soon = setTimeout(fetchOthers, OTHERS_AFTER_MS);
    return () => clearTimeout(soon);
  }, [speaks]);
  if (words.value === null) return silent ? <NoWords /> : null;
  return <Current />;
}

function Current() {
  const here = route.value;
  // A session that runs goes on, whatever happens to the device's leave: what it tells waits until it is let in again.
  if (unpaired.value && here.page !== "session") return <PairPage />;
  if (mustChoose.value && here.page !== "session" && here.page !== "pair") return <WhoPage />;
  switch (here.page) {
    case "today":
      return <TodayPage />;
    case "welcome":
      return <WelcomePage />;
    case "session":
      if (warningIsOpen()) return <TodayPage />;
      return (
        <Suspense fallback={<OnItsWay title={t("session.title")} />}>
          <SessionPage />
        </Suspense>
      );
    case "pair":
      return <PairPage />;
    case "who":
      return <WhoPage />;
    case "desk":
      return (
        <Suspense fallback={<OnItsWay title={t("ui.desk.title")} />}>
          <DeskPage />
        </Suspense>
      );
    case "missing":
      return <MissingPage />;
    default:
      return <Other />;
  }
}

/** A page of the second file. Once that is there a page is shown at once, so that the focus moves with the visit. */
function Other() {
  const pages = others.value;
  useEffect(() => {
    if (pages) return;
    fetchOthers();
    const again = setInterval(fetchOthers, AGAIN_MS);
    return () => clearInterval(again);
  }, [pages]);
  if (!pages) {
    return (
      <main id="main">
        <Waiting />
      </main>
    );
  }
  const here = route.value;
  switch (here.page) {
    case "progress":
      return <pages.ProgressPage />;
    case "exercises":
      return <pages.ExercisesPage />;
    case "exercise":
      return <pages.ExercisePage key={here.id} id={here.id} />;
    case "outcome":
      return <pages.OutcomePage key={here.id} id={here.id} />;
    case "how":
      return <pages.HowPage />;
    case "review":
      return <pages.ReviewPage />;
    case "packet":
      return <pages.PacketPage />;
    case "flare":
      return <pages.FlarePage />;
    case "day":
      return <pages.DayPage />;
    case "told":
      return <pages.ToldPage />;
    case "walk":
      return <pages.WalkPage />;
    case "you":
      return <pages.YouPage />;
    case "people":
      return <pages.PeoplePage />;
    case "phone":
      return <pages.PhonePage />;
    case "settings":
      return <pages.SettingsPage />;
    case "data":
      return <pages.DataPage />;
    case "about":
      return <pages.AboutPage />;
    case "trust":
      return <pages.TrustPage />;
    default:
      return null;
  }
}

function OnItsWay({ title }: { title: string }) {
  return (
    <main id="main">
      <h1 class="hidden">{title}</h1>
      <Waiting />
    </main>
  );
}

/** The one sentence that the page must know by itself: it is shown when the words cannot be fetched. */
const NOT_RUNNING: Record<string, string> = {
  en: "lumbar is not running on this computer right now. Start it with “lumbar serve”; this page will notice.",
  es: "lumbar no está en marcha en este ordenador. Inícialo con «lumbar serve»; esta página se dará cuenta.",
};

function NoWords() {
  const known = wantedLanguages(settings.value).map((language) => language.split("-")[0] ?? "");
  const language = known.find((one) => one in NOT_RUNNING) ?? "en";
  return (
    <main class="nowords" lang={language}>
      <h1>lumbar</h1>
      <p role="status">{NOT_RUNNING[language]}</p>
    </main>
  );
}
