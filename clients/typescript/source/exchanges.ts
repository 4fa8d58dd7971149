/** The way to the server: sends a request until something final is heard or patience ends.  Nothing is logged. */

import { mayPass, type Patience, tryFor, waitAfter } from "./patience.ts";
import { checkedAddress, checkedCredential } from "./questions.ts";
import { type Failure, type Heard, JSON_TYPE, retryAfter } from "./reading.ts";

/** One POST, the same however often it is sent. */
export interface Request {
  readonly path: string;
  readonly content: string;
  readonly key?: string;
  readonly mediaType?: string;
  readonly largest?: number;
}

const LARGEST_ANSWER = 1 << 20; // bytes
const AGAIN: readonly string[] = ["timeout", "unreachable", "cut_off"];
const AGENT = "venia-client-typescript/0.1.0";

/** Requests to one server under one credential. */
export class Exchanges {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  constructor(url: string, credential: string) {
    this.#url = checkedAddress(url);
    this.#headers = { Authorization: `Bearer ${checkedCredential(credential)}`, "User-Agent": AGENT };
  }

  /** The first final answer, or the last that was heard while there was time. */
  async ask(request: Request, patience: Patience): Promise<Heard> {
    const begun = performance.now();
    const elapsed = (): number => performance.now() - begun;
    let heard: Heard | null = null;
    for (let tries = 1; ; tries++) {
      const milliseconds = tryFor(patience, elapsed());
      heard = telling(await this.#send(request, milliseconds), heard, milliseconds < patience.eachMs);
      if (!isPassing(heard)) return heard;
      const asked = "why" in heard ? null : retryAfter(heard, new Date());
      const wait = waitAfter(patience, tries, elapsed(), asked, Math.random());
      if (wait === null) return heard;
      await new Promise((resume) => setTimeout(resume, wait));
    }
  }

  /** One try.  However slowly the answer drips, it is over in time. */
  async #send(request: Request, milliseconds: number): Promise<Heard> {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), milliseconds);
    try {
      return await this.#sent(request, timeout.signal);
    } catch (error) {
      if (timeout.signal.aborted) return { why: "timeout", detail: "There was no whole answer in time." };
      return failure(error);
    } finally {
      clearTimeout(timer);
    }
  }

  async #sent(request: Request, signal: AbortSignal): Promise<Heard> {
    const { path, content, key, mediaType = JSON_TYPE, largest = LARGEST_ANSWER } = request;
    const headers: Record<string, string> = { ...this.#headers, Accept: `${mediaType}, application/problem+json`, "Accept-Encoding": "identity" };
    if (content !== "") headers["Content-Type"] = mediaType;
    if (key !== undefined) headers["Idempotency-Key"] = key;
    // Followed by nobody, kept nowhere, and without what a browser adds of its own.
    const rules = { redirect: "manual", cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" } as const;
    const response = await fetch(this.#url + path, { method: "POST", headers, body: content === "" ? null : content, signal, ...rules });
    if (response.type === "opaqueredirect") return { why: "redirect", detail: "The server answered with a redirection." };
    const pieces: Uint8Array[] = [];
    let size = 0;
    try {
      for await (const piece of response.body ?? []) {
        size += piece.length;
        // Leaving the loop cancels the stream.
        if (size > largest) return { why: "too_large", detail: `The answer has more than ${largest} bytes.` };
        pieces.push(piece);
      }
    } catch {
      return { why: signal.aborted ? "timeout" : "cut_off", detail: "The answer broke off before it was whole." };
    }
    return { status: response.status, headers: response.headers, content: joined(pieces, size) };
  }
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** What is to be told: a try for which there was too little time says less than the one before it. */
function telling(heard: Heard, before: Heard | null, isCutShort: boolean): Heard {
  const isTimeout = "why" in heard && heard.why === "timeout";
  return isCutShort && isTimeout && before !== null ? before : heard;
}

function isPassing(heard: Heard): boolean {
  return "why" in heard ? AGAIN.includes(heard.why) : mayPass(heard.status);
}

/** Fetch tells little of what went wrong; Node puts the cause beside it, and a browser nothing. */
function failure(error: unknown): Failure {
  const cause = (error as { cause?: { code?: unknown; name?: unknown } }).cause;
  const isBroken = /^(ECONNRESET|EPIPE|HPE_|UND_ERR_(SOCKET|RES|HEADERS|BODY)|HTTPParserError)/;
  if (isBroken.test(String(cause?.code ?? "")) || isBroken.test(String(cause?.name ?? ""))) {
    return { why: "cut_off", detail: "The connection broke before the answer was whole." };
  }
  return { why: "unreachable", detail: "The server cannot be reached." };
}
