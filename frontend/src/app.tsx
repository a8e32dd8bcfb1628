/** Which page is shown, once there are words to show it with. */
import { lazy, Suspense } from "preact/compat";
import { useEffect, useState } from "preact/hooks";
import { AboutPage } from "./pages/AboutPage";
import { DayPage } from "./pages/day/DayPage";
import { ExercisePage } from "./pages/exercises/ExercisePage";
import { ExercisesPage } from "./pages/exercises/ExercisesPage";
import { FlarePage } from "./pages/flare/FlarePage";
import { HowPage } from "./pages/how/HowPage";
import { MissingPage } from "./pages/MissingPage";
import { OutcomePage } from "./pages/outcomes/OutcomePage";
import { ProgressPage } from "./pages/progress/ProgressPage";
import { ReviewPage } from "./pages/review/ReviewPage";
import { SettingsPage } from "./pages/SettingsPage";
import { TodayPage } from "./pages/today/TodayPage";
import { TrustPage } from "./pages/trust/TrustPage";
import { WelcomePage } from "./pages/welcome/WelcomePage";
import { YouPage } from "./pages/you/YouPage";
import { route } from "./ui/router";
import { Waiting } from "./ui/States";
import { loadWords, t, words } from "./words/words";

/** The camera's and the player's code is fetched when a session begins, not before. */
const SessionPage = lazy(() => import("./session/SessionPage").then((module) => module.SessionPage));

export function App() {
  const [silent, setSilent] = useState(false);
  useEffect(() => {
    const ask = () => loadWords().catch(() => setSilent(true));
    void ask();
    const again = setInterval(() => words.peek() === null && void ask(), 3_000);
    return () => clearInterval(again);
  }, []);
  if (words.value === null) return silent ? <NoWords /> : null;
  return <Current />;
}

function Current() {
  const here = route.value;
  switch (here.page) {
    case "today":
      return <TodayPage />;
    case "welcome":
      return <WelcomePage />;
    case "session":
      return (
        <Suspense fallback={<SessionOnItsWay />}>
          <SessionPage />
        </Suspense>
      );
    case "progress":
      return <ProgressPage />;
    case "exercises":
      return <ExercisesPage />;
    case "exercise":
      return <ExercisePage key={here.id} id={here.id} />;
    case "outcome":
      return <OutcomePage key={here.id} id={here.id} />;
    case "how":
      return <HowPage />;
    case "review":
      return <ReviewPage />;
    case "flare":
      return <FlarePage />;
    case "day":
      return <DayPage />;
    case "you":
      return <YouPage />;
    case "settings":
      return <SettingsPage />;
    case "about":
      return <AboutPage />;
    case "trust":
      return <TrustPage />;
    case "missing":
      return <MissingPage />;
  }
}

function SessionOnItsWay() {
  return (
    <main id="main">
      <h1 class="hidden">{t("session.title")}</h1>
      <Waiting />
    </main>
  );
}

/** The one sentence that the page must know by itself: it is shown when the words cannot be fetched. */
function NoWords() {
  return (
    <main class="nowords">
      <h1>lumbar</h1>
      <p role="status">
        lumbar is not running on this computer right now. Start it with “lumbar serve”; this page will notice.
      </p>
    </main>
  );
}
