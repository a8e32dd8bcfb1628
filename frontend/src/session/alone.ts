/**
 * One session, one page. Two windows of one browser look alike to the server, and both would count; so whoever begins asks the
 * other windows first, and a window whose session is taken over is told.
 */

const CHANNEL = "lumbar.session";
/** Windows of one browser answer within this; one that does not is frozen and counts nothing. */
const ANSWER_MS = 200;

type Said = { type: "who" | "here" | "mine"; session: string };

/** Something like a BroadcastChannel, so that tests need none. */
export interface Channel {
  onmessage: ((event: { data: unknown }) => void) | null;
  postMessage(said: Said): void;
  close(): void;
}

export const ownChannel = (): Channel => new BroadcastChannel(CHANNEL) as unknown as Channel;

/** Whether another window of this browser runs the session now. */
export async function runsElsewhere(session: string, open: () => Channel = ownChannel): Promise<boolean> {
  const channel = open();
  try {
    return await new Promise<boolean>((resolve) => {
      const none = setTimeout(() => resolve(false), ANSWER_MS);
      channel.onmessage = ({ data }) => {
        const said = data as Said;
        if (said.session !== session || said.type === "who") return;
        clearTimeout(none);
        resolve(true);
      };
      channel.postMessage({ type: "who", session });
    });
  } finally {
    channel.close();
  }
}

/** Run the session in this window, and nowhere else. `lost` is called when another one takes it. Gives what lets go of it. */
export function runHere(session: string, lost: () => void, open: () => Channel = ownChannel): () => void {
  const channel = open();
  channel.onmessage = ({ data }) => {
    const said = data as Said;
    if (said.session !== session) return;
    if (said.type === "who") channel.postMessage({ type: "here", session });
    else if (said.type === "mine") lost();
  };
  channel.postMessage({ type: "mine", session });
  return () => channel.close();
}
