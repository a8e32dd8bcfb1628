/** Talks JSON with our own server, and knows whether it is there. */
import { signal } from "@preact/signals";
import { me } from "./person";
import type { Message } from "./types";

/** False from the first request that got no answer until one gets through again. */
export const serverThere = signal(true);

/** True once the server has said that this device was not let in, or not any more. */
export const unpaired = signal(false);

/** Why this page speaks for nobody: the server's sentence, once it has said that somebody must choose a name. */
export const lost = signal<string | null>(null);

const NOBODY = ["error.person-choose", "error.person-gone", "error.person-locked"];

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

const NOT_NOW = 503;

/** Whether to ask again later, with nothing changed: no answer, or the server's own word that its data cannot be reached now. */
export const passes = (error: unknown): boolean =>
  error instanceof ServerGone || (error instanceof Problem && error.status === NOT_NOW);

let language: string | null = null;

/** The language that the server's own sentences are to be in. */
export function speaksTo(chosen: string): void {
  language = chosen;
}

const TIMEOUT_MS = 15_000;
/** A file of many years takes a while to be read. */
const FILE_TIMEOUT_MS = 300_000;

/** Ask the server, for this page's person or another one. Throws Problem when it refuses, ServerGone when it does not answer. */
export async function request<T>(method: string, path: string, body?: unknown, person = me.peek()): Promise<T> {
  return (await (await answered(method, path, body, person)).json()) as T;
}

/** An address that something opens which sends no header of ours: a download, a beacon, a socket. */
export function addressed(path: string): string {
  const person = me.value;
  return person === null ? path : `${path}${path.includes("?") ? "&" : "?"}person=${encodeURIComponent(person)}`;
}

/** An answer that is there and no refusal. Throws Problem and ServerGone. */
async function answered(method: string, path: string, body?: unknown, person = me.peek()): Promise<Response> {
  const file = body instanceof Blob;
  const sent = body === undefined ? {} : { body: file ? body : JSON.stringify(body) };
  const type = file ? "application/octet-stream" : "application/json";
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      headers: {
        Accept: "application/json, */*;q=0.5",
        ...(person === null ? {} : { "Lumbar-Person": person }),
        ...(language === null ? {} : { "Accept-Language": language }),
        ...(body === undefined ? {} : { "Content-Type": type }),
      },
      ...sent,
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(file ? FILE_TIMEOUT_MS : TIMEOUT_MS),
    });
  } catch (cause) {
    serverThere.value = false;
    throw new ServerGone("no answer", { cause });
  }
  if (answer.status >= 502 && answer.status <= 504 && !isOurs(answer)) {
    serverThere.value = false;
    throw new ServerGone(String(answer.status));
  }
  serverThere.value = true;
  if (!answer.ok) throw noticed(await problemOf(answer), person);
  return answer;
}

/** Whether a refusal is the server's own; one of a proxy before it says that the server is gone. */
const isOurs = (answer: Response): boolean =>
  (answer.headers.get("content-type") ?? "").startsWith("application/problem+json");

/** A file that the server makes, and the name that it gives it. */
export async function postForFile(path: string, body: unknown): Promise<{ file: Blob; name: string }> {
  const answer = await answered("POST", path, body);
  const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1];
  return { file: await answer.blob(), name: name ?? "lumbar" };
}

function noticed(problem: Problem, person: string | null): Problem {
  if (person === me.peek() && NOBODY.includes(problem.problem?.id ?? "")) lost.value = problem.detail;
  if (problem.problem?.id === "error.not-paired") unpaired.value = true;
  return problem;
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
/** Sends a value as JSON, or a file as it is. */
export const post = <T>(path: string, body: unknown, person = me.peek()): Promise<T> =>
  request<T>("POST", path, body, person);
