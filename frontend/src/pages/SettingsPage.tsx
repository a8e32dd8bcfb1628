/** How this device shows and speaks. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { Page } from "../ui/Page";
import { change, type Settings, settings } from "../ui/settings";
import { isRecorded } from "../voice/recordings";
import { speakerOf } from "../voice/speaker";
import { languageName, say, t, words } from "../words/words";
import { Choice } from "./welcome/ItemQuestion";

export function SettingsPage() {
  return (
    <Page title={t("ui.settings.title")} className="settings">
      <p class="lead">{t("ui.settings.lead")}</p>
      <section class="card">
        <h2>{t("ui.settings.look")}</h2>
        <Option name="theme" values={["auto", "light", "dark"]} />
        <Option name="contrast" values={["auto", "standard", "more"]} />
        <Option name="motion" values={["auto", "full", "reduce"]} />
        <Option name="mass" values={["kg", "lb"]} />
        <Language />
      </section>
      <Voice />
      <section class="card">
        <h2>{t("ui.settings.camera")}</h2>
        <Tick name="camera" text={t("ui.settings.camera.on")} />
        <p class="quiet">{t("ui.settings.camera.text")}</p>
        <p>
          <a class="way" href="/trust">
            {t("ui.trust.title")}
          </a>
        </p>
        <p>
          <a class="way" href="/desk">
            {t("ui.desk.title")}
          </a>
        </p>
      </section>
      <section class="card">
        <h2>{t("ui.settings.more")}</h2>
        <p>
          <a class="way" href="/people">
            {t("ui.people.title")}
          </a>
        </p>
        <p>
          <a class="way" href="/phone">
            {t("ui.phone.title")}
          </a>
        </p>
        <p>
          <a class="way" href="/data">
            {t("ui.data.title")}
          </a>
        </p>
        <p>
          <a class="way" href="/about">
            {t("ui.how.about")}
          </a>
        </p>
      </section>
    </Page>
  );
}

function Option<K extends "theme" | "contrast" | "motion" | "mass">({
  name,
  values,
}: {
  name: K;
  values: Settings[K][];
}) {
  return (
    <Choice
      legend={t(`ui.settings.${name}`)}
      note={null}
      options={values.map((value) => ({ id: value, text: t(`ui.settings.${name}.${value}`) }))}
      picked={settings.value[name]}
      onPick={(id) => change({ [name]: id })}
    />
  );
}

/** Each language by its own name, and whatever the browser asks for. */
function Language() {
  const every = words.value?.languages ?? [];
  const options = every.map((id) => ({ id, text: languageName(id) }));
  return (
    <Choice
      legend={t("ui.settings.language")}
      note={null}
      options={[{ id: "auto", text: t("ui.settings.language.auto") }, ...options]}
      picked={settings.value.language}
      onPick={(id) => change({ language: id })}
    />
  );
}

function Tick({ name, text }: { name: "voice" | "camera"; text: string }) {
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={settings.value[name]}
        onChange={(event) => change({ [name]: event.currentTarget.checked })}
      />
      <span>{text}</span>
    </label>
  );
}

function Voice() {
  const voices = useVoices();
  const recorded = isRecorded(words.value?.language ?? "en");
  const { voice, volume, rate, voiceOf } = settings.value;
  const device = voices.length > 0;
  return (
    <section class="card">
      <h2>{t("ui.settings.voice")}</h2>
      <Tick name="voice" text={t("ui.settings.voice.on")} />
      {device ? null : <p class="quiet">{t(`ui.settings.voice.${recorded ? "none" : "neither"}`)}</p>}
      {device && recorded ? <VoiceOf /> : null}
      <label class="field">
        <span>{t("ui.settings.voice.volume")}</span>
        <input
          type="range"
          min="0"
          max="1"
          step="0.05"
          value={volume}
          onInput={(event) => change({ volume: event.currentTarget.valueAsNumber })}
        />
      </label>
      <label class="field">
        <span>{t("ui.settings.voice.rate")}</span>
        <input
          type="range"
          min="0.7"
          max="1.3"
          step="0.05"
          value={rate}
          disabled={!voice}
          onInput={(event) => change({ rate: event.currentTarget.valueAsNumber })}
        />
      </label>
      {device && voiceOf === "device" ? <WhichVoice voices={voices} /> : null}
      {device || recorded ? <TryVoice /> : null}
    </section>
  );
}

const WHOSE: Settings["voiceOf"][] = ["device", "lumbar"];

/** The device's own voice or the recorded one, where both can be had. */
function VoiceOf() {
  return (
    <Choice
      legend={t("ui.settings.voice.of")}
      note={null}
      options={WHOSE.map((id) => ({ id, text: t(`ui.settings.voice.of.${id}`) }))}
      picked={settings.value.voiceOf}
      onPick={(id) => change({ voiceOf: WHOSE.find((one) => one === id) ?? "device" })}
    />
  );
}

function WhichVoice({ voices }: { voices: SpeechSynthesisVoice[] }) {
  const { voice, voiceUri } = settings.value;
  return (
    <label class="field">
      <span>{t("ui.settings.voice.which")}</span>
      <select
        value={voiceUri ?? ""}
        disabled={!voice}
        onChange={(event) => change({ voiceUri: event.currentTarget.value || null })}
      >
        <option value="">{t("ui.settings.voice.usual")}</option>
        {voices.map((one) => (
          <option key={one.voiceURI} value={one.voiceURI}>
            {one.name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A sentence by the voice that a session would have. */
function TryVoice() {
  const speaker = useMemo(
    () =>
      speakerOf(
        () => settings.value,
        () => words.value?.language ?? "en",
      ),
    [],
  );
  useEffect(() => () => speaker.stop(), [speaker]);
  return (
    <button
      type="button"
      class="button button-plain"
      disabled={!settings.value.voice}
      onClick={() => speaker.say(say("coach.that-counts"), () => undefined)}
    >
      {t("ui.settings.voice.try")}
    </button>
  );
}

/** The voices that work on this device itself and speak the words' language; they arrive late in some browsers. */
function useVoices(): SpeechSynthesisVoice[] {
  const language = words.value?.language ?? "en";
  const [voices, setVoices] = useState<SpeechSynthesisVoice[]>([]);
  useEffect(() => {
    const synthesis = window.speechSynthesis as SpeechSynthesis | undefined;
    if (!synthesis) return;
    const look = () =>
      setVoices(synthesis.getVoices().filter((one) => one.localService && one.lang.toLowerCase().startsWith(language)));
    look();
    synthesis.addEventListener?.("voiceschanged", look);
    return () => synthesis.removeEventListener?.("voiceschanged", look);
  }, [language]);
  return voices;
}
