/** A warning sign was answered, and lumbar cannot be reached: stop here, whatever the page knew before. */
import { useFocusOnArrival } from "../../ui/Page";
import { Limits, Shell } from "../../ui/Shell";
import { t } from "../../words/words";
import { PausedSky } from "./PausedPage";

export function HeldPage() {
  const title = t("ui.held.title");
  const heading = useFocusOnArrival(title);
  return (
    <Shell>
      <div class="paused">
        <PausedSky />
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p class="paused-text">{t("ui.held.text", { number: t("screen.emergency.number") })}</p>
        <p class="card paused-kept">{t("ui.held.kept")}</p>
      </div>
      <Limits />
    </Shell>
  );
}
