/** How this device shows and speaks to a person. Kept on the device: it is no part of the record. */
import { type Signal, signal } from "@preact/signals";
import { keep, keptValue } from "../api/kept";
import { own } from "../api/person";
import { massUnit } from "../words/words";

const KEY = "lumbar.settings";

export interface Settings {
  theme: "auto" | "light" | "dark";
  contrast: "auto" | "standard" | "more";
  motion: "auto" | "full" | "reduce";
  /** Whether the coach speaks. */
  voice: boolean;
  /** 0 to 1. */
  volume: number;
  /** The speech voice's own URI; null takes the device's usual one. */
  voiceUri: string | null;
  /** Whose voice speaks, where the device has one: its own, or lumbar's recorded one. */
  voiceOf: "device" | "lumbar";
  /** Words per minute as a factor of the usual. */
  rate: number;
  /** Whether a session begins with the camera on. */
  camera: boolean;
  /** Whether a page that is open here reminds of what is due. */
  reminders: boolean;
  /** The unit that masses are written in. */
  mass: "kg" | "lb";
  /** The id of a language; auto takes those of the browser. */
  language: string;
}

const USUAL: Settings = {
  theme: "auto",
  contrast: "auto",
  motion: "auto",
  voice: true,
  volume: 1,
  voiceUri: null,
  voiceOf: "device",
  rate: 1,
  camera: false,
  reminders: false,
  mass: usualMass(),
  language: "auto",
};

/** Pounds where they are what people weigh things in. */
function usualMass(): "kg" | "lb" {
  return /-(US|LR|MM)$/i.test(navigator.language) ? "lb" : "kg";
}

/** The languages to show words in, the most wanted first. */
export const wantedLanguages = ({ language }: Settings): readonly string[] =>
  language === "auto" ? navigator.languages : [language];

/** Unreadable settings are worth no more than the usual ones. */
const read = (): Settings => ({ ...USUAL, ...keptValue<Partial<Settings>>(own(KEY)) });

export const settings: Signal<Settings> = signal(read());

export function change(part: Partial<Settings>): void {
  settings.value = { ...settings.value, ...part };
  keep(own(KEY), JSON.stringify(settings.value));
}

const asksContrast = matchMedia("(prefers-contrast: more)");
const asksLessMotion = matchMedia("(prefers-reduced-motion: reduce)");

/** True when the person, or their device, asks for less motion. */
export const lessMotion = signal(false);

/** Keep the page's root in step with settings and device: everything else follows by CSS. */
export function applySettings(): void {
  const apply = () => {
    const { theme, contrast, motion } = settings.value;
    const { dataset } = document.documentElement;
    if (theme === "auto") delete dataset.theme;
    else dataset.theme = theme;
    const more = contrast === "more" || (contrast === "auto" && asksContrast.matches);
    const less = motion === "reduce" || (motion === "auto" && asksLessMotion.matches);
    dataset.contrast = more ? "more" : "standard";
    dataset.motion = less ? "reduce" : "full";
    lessMotion.value = less;
    massUnit.value = settings.value.mass;
  };
  settings.subscribe(apply);
  asksContrast.addEventListener("change", apply);
  asksLessMotion.addEventListener("change", apply);
  addEventListener("storage", (event) => {
    if (event.key === own(KEY)) settings.value = read();
  });
}
