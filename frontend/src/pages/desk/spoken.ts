/** The device's voice for the desk's few sentences; the words are on the page as well. */
import { softSound } from "../../desk/tell";
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

let waits: ReturnType<typeof setTimeout> | undefined;

/** The soft sound, and then the words: never one under the other. */
export function speakAfterSound(text: string): void {
  clearTimeout(waits);
  const lasts_s = softSound();
  waits = setTimeout(() => speak(text), lasts_s * 1000);
}

export function hush(): void {
  clearTimeout(waits);
  speaker.stop();
}
