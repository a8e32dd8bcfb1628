/** The first screen: ten cards, two scales, one acknowledgement. Also the screen that is asked again later. */
import { useEffect, useRef, useState } from "preact/hooks";
import { record, warningWaits } from "../../api/facts";
import { screening, settleToday, today } from "../../api/load";
import type { Day, Form, ScreenCard } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { useFocusOnArrival } from "../../ui/Page";
import { navigate, query } from "../../ui/router";
import { Scale } from "../../ui/Scale";
import { Limits, Shell } from "../../ui/Shell";
import { Show } from "../../ui/States";
import { t } from "../../words/words";
import { FullCard } from "./FullCard";
import { type Flow, furthest, none, places, screenBody, warnings } from "./flow";
import { forget, keep, restore } from "./kept";
import { Progress } from "./Progress";
import { ReadBack } from "./ReadBack";
import { ShortCard } from "./ShortCard";

export function WelcomePage() {
  return (
    <Show from={today} frame={bare}>
      {(day) => (
        <Show from={screening} frame={bare}>
          {(form) =>
            query.value.has("agree") ? <Agree form={form} /> : <Walk key={form.version} form={form} day={day} />
          }
        </Show>
      )}
    </Show>
  );
}

const bare = (inside: preact.ComponentChildren) => <Shell bare>{inside}</Shell>;

type View = "short" | "full" | "check";

const addressOf = (index: number, view: View = "short"): string =>
  `/welcome?at=${index + 1}${view === "short" ? "" : `&view=${view}`}`;

function Walk({ form, day }: { form: Form; day: Day }) {
  const [agree] = useState(() => day.verdict === null || day.needs.includes("acknowledge"));
  const [flow, setFlow] = useState<Flow>(() => restore(form));
  const [picked, setPicked] = useState<string | null>(null);
  const sent = useRef(false);
  const all = places(form, agree);
  const asked = Number(query.value.get("at") ?? "1") - 1;
  const index = Math.max(0, Math.min(Number.isInteger(asked) ? asked : 0, furthest(all, flow)));
  const view = (query.value.get("view") ?? "short") as View;
  const place = all[index];

  useEffect(() => {
    if (index !== asked) navigate(addressOf(index), { replace: true });
  }, [index, asked]);

  const change = (next: Flow) => {
    setFlow(next);
    keep(next);
  };
  const finish = (last: Flow, agreed: boolean) => {
    // A second press while the first is on its way would tell everything twice.
    if (sent.current) return;
    sent.current = true;
    void send(last, form, agreed);
  };
  const goOn = (next: Flow) => {
    change(next);
    if (index + 1 < all.length) navigate(addressOf(index + 1));
    else finish(next, agree);
  };
  const afterCard = (card: ScreenCard, next: Flow) => {
    if (warnings(card, next.answers).length === 0) return goOn(next);
    change(next);
    navigate(addressOf(index, "check"));
  };
  if (!place) return null;
  const frame = { index, count: all.length, view, again: day.verdict !== null };
  if (place.at === "card") {
    const { card } = place;
    const signs = warnings(card, flow.answers);
    if (view === "check" && signs.length > 0) {
      return (
        <Frame {...frame} title={t("ui.screen.check.title")}>
          <ReadBack
            items={card.items.filter((item) => signs.includes(item.id))}
            answers={flow.answers}
            onRight={() => finish(flow, false)}
            onChange={() => navigate(addressOf(index, "full"))}
          />
        </Frame>
      );
    }
    if (view === "full") {
      return (
        <Frame {...frame} title={question(card)} topic={t(card.title)}>
          <FullCard
            key={card.id}
            card={card}
            form={form}
            flow={flow}
            picked={picked}
            onDone={(next) => afterCard(card, next)}
          />
        </Frame>
      );
    }
    return (
      <Frame
        {...frame}
        title={question(card)}
        topic={t(card.title)}
        lead={index === 0 && !frame.again ? t("ui.screen.lead-first") : t("ui.screen.lead")}
      >
        <ShortCard
          card={card}
          changedSince={form.changed_since}
          onNone={() => goOn(none(card, flow))}
          onOpen={(item) => {
            setPicked(item);
            navigate(addressOf(index, "full"));
          }}
        />
      </Frame>
    );
  }
  if (place.at === "pain-week") {
    return (
      <Frame {...frame} title={t("ui.screen.pain-week")} lead={t("ui.screen.pain-week.lead")}>
        <PainScale legend={t("ui.screen.pain-week")} value={flow.nprs} onPick={(nprs) => goOn({ ...flow, nprs })} />
      </Frame>
    );
  }
  if (place.at === "pain-now") {
    return (
      <Frame {...frame} title={t("ui.screen.pain-now")} lead={t("ui.screen.pain-now.lead")}>
        <PainScale
          legend={t("ui.screen.pain-now")}
          value={flow.painNow}
          onPick={(painNow) => goOn({ ...flow, painNow })}
        />
      </Frame>
    );
  }
  return (
    <Frame {...frame} title={t("ui.screen.agree.title")}>
      <Agreement form={form} onAgree={() => goOn(flow)} />
    </Frame>
  );
}

/** The acknowledgement by itself, when it has come round again, or was put off by a pause. */
function Agree({ form }: { form: Form }) {
  const agree = async () => {
    acknowledge(form);
    await settleToday();
    navigate("/", { replace: true });
  };
  return (
    <Frame index={0} count={1} view="short" again title={t("ui.screen.agree.title")}>
      <Agreement form={form} onAgree={() => void agree()} />
    </Frame>
  );
}

function Agreement({ form, onAgree }: { form: Form; onAgree(): void }) {
  return (
    <div class="agree">
      <p>{t(form.acknowledge.text)}</p>
      <button type="button" class="button button-wide" onClick={onAgree}>
        {t("ui.screen.agree.yes")}
      </button>
      <p class="quiet">{t("ui.screen.agree.quiet")}</p>
    </div>
  );
}

const acknowledge = (form: Form) =>
  record("acknowledged", { text: form.acknowledge.text, version: form.acknowledge.version });

/** Warning signs are asked for as things one notices; the rest as things that are so. */
const question = (card: ScreenCard): string =>
  t(card.items.some((item) => item.tier === "A") ? "ui.screen.question.signs" : "ui.screen.question.facts");

/** Record the answers, and go where they lead: Today shows the start, or why it waits. */
async function send(flow: Flow, form: Form, agree: boolean): Promise<void> {
  record("screen-answered", screenBody(flow));
  if (agree) acknowledge(form);
  forget();
  const day = await settleToday();
  if (warningWaits()) return navigate("/", { replace: true });
  navigate(day?.kind !== "paused" && day?.needs.includes("acknowledge") ? "/welcome?agree" : "/", { replace: true });
}

function PainScale({ legend, value, onPick }: { legend: string; value: number | null; onPick(value: number): void }) {
  return (
    <Scale legend={legend} quietLegend low={t("ui.pain.low")} high={t("ui.pain.high")} value={value} onPick={onPick} />
  );
}

interface FrameProps {
  index: number;
  count: number;
  view: View;
  again: boolean;
  title: string;
  /** What the card is about, above its question. */
  topic?: string;
  lead?: string;
  children: preact.ComponentChildren;
}

function Frame({ index, count, view, again, title, topic, lead, children }: FrameProps) {
  const heading = useFocusOnArrival(topic ?? title, `${index} ${view}`);
  return (
    <Shell bare>
      <div class="question" key={`${index} ${view}`}>
        <div class="question-top">
          {index > 0 || view !== "short" ? (
            <button type="button" class="round" onClick={() => history.back()} aria-label={t("ui.back")}>
              <Icon name="back" />
            </button>
          ) : again ? (
            <a class="round" href="/how" aria-label={t("ui.back")}>
              <Icon name="back" />
            </a>
          ) : (
            <span class="round-gap" />
          )}
          <Progress at={index} count={count} />
          <span class="quiet question-time">{t(index < count / 2 ? "ui.screen.time" : "ui.screen.time-short")}</span>
        </div>
        <div>
          {topic ? <p class="topic">{topic}</p> : null}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
        </div>
        {lead ? <p class="lead">{lead}</p> : null}
        {children}
      </div>
      <Limits />
    </Shell>
  );
}
