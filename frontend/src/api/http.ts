/** Talks JSON with our own server, and knows whether it is there. */
import { signal } from "@preact/signals";
import type { Message } from "./types";

/** False from the first request that got no answer until one gets through again. */
export const serverThere = signal(true);

/** The server refused, and says why. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly problem: Message | null,
  ) {
    super(detail);
  }
}

/** No answer at all: the server is gone, or the network is. */
export class ServerGone extends Error {}

const TIMEOUT_MS = 15_000;

async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      headers: { Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    serverThere.value = false;
    throw new ServerGone("no answer", { cause });
  }
  if (answer.status >= 502 && answer.status <= 504) {
    serverThere.value = false;
    throw new ServerGone(String(answer.status));
  }
  serverThere.value = true;
  if (!answer.ok) throw await problemOf(answer);
  return (await answer.json()) as T;
}

async function problemOf(answer: Response): Promise<Problem> {
  try {
    const body = (await answer.json()) as { detail?: unknown; message?: Message };
    const detail = typeof body.detail === "string" ? body.detail : answer.statusText;
    return new Problem(answer.status, detail, body.message ?? null);
  } catch {
    return new Problem(answer.status, answer.statusText, null);
  }
}

export const get = <T>(path: string): Promise<T> => request<T>("GET", path);
export const post = <T>(path: string, body: unknown): Promise<T> => request<T>("POST", path, body);
