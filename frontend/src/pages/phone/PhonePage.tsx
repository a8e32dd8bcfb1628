/** "Use your phone": on the computer a code to scan and what to do with it; on the phone, how to keep the app. */
import { useEffect, useState } from "preact/hooks";
import { anotherCode, type Device, type Invitation, lan } from "../../api/lan";
import { Page } from "../../ui/Page";
import { Show } from "../../ui/States";
import { clock } from "../../words/when";
import { list, t } from "../../words/words";
import { sentenceOf } from "../data/trouble";
import { Certificate } from "./Certificate";
import { Devices } from "./Devices";

export function PhonePage() {
  return (
    <Page title={t("ui.phone.title")} className="prose phone">
      <Show from={lan}>
        {(here) => {
          if (here.device) return <OnThePhone device={here.device} certificate={here.certificate} />;
          return here.invitation ? <Invite first={here.invitation} certificate={here.certificate} /> : <Off />;
        }}
      </Show>
    </Page>
  );
}

function Off() {
  return (
    <>
      <section class="card">
        <h2>{t("ui.phone.off")}</h2>
        <p>{t("ui.phone.off.text")}</p>
        <p>
          <code>lumbar serve --lan</code>
        </p>
      </section>
      <Devices onNew={() => undefined} />
    </>
  );
}

function Invite({ first, certificate }: { first: Invitation; certificate: boolean }) {
  const [invitation, setInvitation] = useState<Invitation | null>(first);
  const [welcomed, setWelcomed] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useOver(invitation, () => setInvitation(null));
  const another = () => {
    setWelcomed(null);
    setTrouble(null);
    anotherCode().then(setInvitation, (error: unknown) => setTrouble(sentenceOf(error)));
  };
  const came = (device: Device) => {
    setWelcomed(device.name);
    setInvitation(null);
  };
  return (
    <>
      <section class="card">
        <h2>{t("ui.phone.three")}</h2>
        <ol>
          {list("ui.phone.step").map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p role="status">{trouble ?? (welcomed === null ? "" : t("ui.phone.welcomed", { name: welcomed }))}</p>
        {invitation ? <Code invitation={invitation} /> : null}
        <button type="button" class="button button-plain" onClick={another}>
          {t(invitation ? "ui.phone.another" : "ui.phone.show")}
        </button>
      </section>
      {certificate ? <Certificate fingerprint={first.fingerprint} /> : null}
      <Devices onNew={came} />
    </>
  );
}

function Code({ invitation }: { invitation: Invitation }) {
  return (
    <div class="invitation">
      <img src={invitation.qr} alt={t("ui.phone.qr")} width="260" height="260" />
      <div>
        <p>{t("ui.phone.or")}</p>
        <p class="invitation-address">{invitation.address}</p>
        <p class="invitation-code">{invitation.code}</p>
        <p class="quiet">{t("ui.phone.until", { at: clock(invitation.until) })}</p>
      </div>
    </div>
  );
}

/** Calls back once a code's time is over: what lets nobody in is not shown. */
function useOver(invitation: Invitation | null, over: () => void): void {
  useEffect(() => {
    if (!invitation) return;
    const timer = setTimeout(over, Math.max(0, new Date(invitation.until).getTime() - Date.now()));
    return () => clearTimeout(timer);
  }, [invitation]);
}

function OnThePhone({ device, certificate }: { device: Device; certificate: boolean }) {
  return (
    <>
      <section class="card">
        <h2>{t("ui.phone.in")}</h2>
        <p>{t("ui.phone.in.text", { name: device.name })}</p>
      </section>
      <section class="card">
        <h2>{t("ui.phone.app")}</h2>
        {list("ui.phone.app.text").map((text) => (
          <p key={text}>{text}</p>
        ))}
      </section>
      {certificate ? <Certificate fingerprint={null} /> : null}
    </>
  );
}
