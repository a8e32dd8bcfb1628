/** The phones that were let in, each with a way to take it away. */
import { useEffect, useState } from "preact/hooks";
import { passes } from "../../api/http";
import { type Device, devices, takeAway } from "../../api/lan";
import { dateOf } from "../../words/when";
import { t } from "../../words/words";
import { sentenceOf } from "../data/trouble";

const LOOK_MS = 4_000;

/** onNew: called with a device that was let in while this was on show. */
export function Devices({ onNew }: { onNew: (device: Device) => void }) {
  const [known, setKnown] = useState<Device[] | null>(null);
  const [told, setTold] = useState("");
  useEffect(() => {
    let before: Set<string> | null = null;
    const look = async (): Promise<void> => {
      try {
        const found = await devices();
        const fresh = found.find((device) => before && !before.has(device.id));
        before = new Set(found.map((device) => device.id));
        setKnown(found);
        if (fresh) onNew(fresh);
      } catch (error) {
        if (!passes(error)) throw error;
      }
    };
    void look();
    const timer = setInterval(() => document.visibilityState === "visible" && void look(), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  const remove = (id: string) => {
    setTold("");
    takeAway(id).then(
      (left) => {
        setKnown(left.devices);
        if (left.calendars) setTold(t("ui.phone.devices.calendar"));
      },
      (error: unknown) => setTold(sentenceOf(error)),
    );
  };
  if (known === null) return null;
  return (
    <section class="card">
      <h2>{t("ui.phone.devices")}</h2>
      {known.length === 0 ? <p class="quiet">{t("ui.phone.devices.none")}</p> : null}
      <p role="status">{told}</p>
      <ul class="devices">
        {known.map((device) => (
          <li key={device.id}>
            <span>
              <strong>{device.name}</strong>
              <small>{t("ui.phone.devices.seen", { on: dateOf(device.seen_at) })}</small>
            </span>
            <button
              type="button"
              class="button button-plain"
              aria-label={t("ui.phone.devices.remove-named", { name: device.name })}
              onClick={() => remove(device.id)}
            >
              {t("ui.phone.devices.remove")}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
