/** The device's voice for the desk's few sentences; the words are on the page as well. */
import { settings } from "../../ui/settings";
import { speakerOf } from "../../voice/speaker";
import { words } from "../../words/words";

const speaker = speakerOf(
  () => settings.value,
  () => words.value?.language ?? "en",
);

/** Whether it is heard: then a screen reader has no need to say the same over it. */
export const speaks = (): boolean => settings.value.voice && speaker.able;

export function speak(text: string): void {
  if (settings.value.voice) speaker.say(text, () => undefined);
}

export const hush = (): void => speaker.stop();
