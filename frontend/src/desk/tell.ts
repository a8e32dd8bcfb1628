/** How a nudge reaches somebody who looks elsewhere: a soft sound, and a notification where the browser was allowed to show one. */
import { settings } from "../ui/settings";
import { placeOf, Sounds } from "../voice/sounds";

const sounds = new Sounds(() => settings.value.volume);

/** Call it from a touch: before one, browsers play nothing. */
export const wakeSound = (): Promise<void> => sounds.wake();

/** Plays it; for how long it is heard, in seconds. */
export function softSound(): number {
  sounds.play("ready");
  return placeOf("ready").lasts_s;
}

/** Whether this browser can show notifications at all, and whether it may. */
export const notices = (): "granted" | "denied" | "default" | "none" =>
  "Notification" in window ? Notification.permission : "none";

export async function askForNotices(): Promise<void> {
  if (notices() === "default") await Notification.requestPermission();
}

/** A newer one of the same tag takes the older one's place. */
export function notify(title: string, text: string, tag: string): void {
  if (notices() !== "granted") return;
  try {
    const shown = new Notification(title, { body: text, tag, silent: true });
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
  } catch {
    // Some phones show none from a page; the card and the sound are there.
  }
}
