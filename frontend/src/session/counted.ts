/** A script as the words of today want it, also where it was made before they did. */
import type { Message, SessionScript, Step } from "./script";

/** What says so many seconds, and is worded by their number. */
const BY_SECONDS = new Set(["script.rest", "script.next-round"]);

/**
 * The script with the count that its rests are worded by. One that was made by an older lumbar and goes on under this
 * one says its seconds alone, and its rests would have no words.
 */
export const counted = (script: SessionScript): SessionScript => ({ ...script, steps: script.steps.map(countedStep) });

const countedStep = (step: Step): Step => ({
  ...step,
  say: step.say.map(countedMessage),
  show: step.show && countedMessage(step.show),
});

function countedMessage(message: Message): Message {
  const { seconds, count } = message.params;
  if (!BY_SECONDS.has(message.id) || seconds === undefined || count !== undefined) return message;
  return { ...message, params: { ...message.params, count: seconds } };
}
