/** What an answer means.  Pure, and closed: an allow MUST be sure in every respect; whatever is not sure is a denial. */

import type { Authorized, Checked, Denied, FailedClosed, Held, MayCall, Obligation, Receipt, Why } from "./answers.ts";
import { mayPass, readRetryAfter } from "./patience.ts";
import type { Reported, Unreported, Word } from "./reports.ts";
import {
  asList,
  asMoment,
  asObject,
  asText,
  asUuid,
  type Body,
  Malformed,
  optional,
  readHold,
  readObject,
  readObligations,
  readReasons,
  readReceipt,
} from "./shapes.ts";

/** A whole answer. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly content: Uint8Array;
}

/** No whole answer. */
export interface Failure {
  readonly why: Why;
  readonly detail: string;
}

export type Heard = Reply | Failure;

/** What the caller is told, and the hold that came along and is of no use to it. */
export interface Verdict {
  readonly answer: Authorized;
  readonly unused: string | null;
}

/** An answer on which nobody should be called. */
export class Unsure extends Error {
  readonly why: Why;

  constructor(why: Why, detail: string) {
    super(detail);
    this.why = why;
  }
}

export const JSON_TYPE = "application/json";
// A hold that seems to outlast what was asked for by more than this comes of clocks that differ, and so its end is unsure.
const SKEW_MS = 60_000;
const PROBLEM = /^urn:venia:problem:[a-z-]{1,64}$/;

/** The answer to an authorize of `ttl` seconds, heard `now`. */
export function readAuthorize(heard: Heard, fulfils: ReadonlySet<string>, ttl: number, key: string, now: Date): Verdict {
  let body: Body = {};
  try {
    body = whole(heard);
    return { answer: authorized(body, fulfils, ttl, now), unused: null };
  } catch (error) {
    return { answer: failed(heard, error, key, now), unused: holdOf(body) };
  }
}

function authorized(body: Body, fulfils: ReadonlySet<string>, ttl: number, now: Date): Held | Denied {
  const receipt = readReceipt(body["receipt"]);
  const hasHold = body["hold"] !== undefined && body["hold"] !== null;
  if (!isAllow(body)) {
    if (hasHold) throw new Unsure("inconsistent", "A deny came with a hold.");
    return denied(body, receipt);
  }
  const obligations = termsOf(body, fulfils);
  if (!hasHold) throw new Unsure("inconsistent", "An allow came without a hold.");
  const hold = readHold(body["hold"]);
  const left = hold.expiresAt.getTime() - now.getTime();
  if (left <= 0) throw new Unsure("hold_expired", "The hold is over by this machine's clock.");
  if (left > ttl * 1_000 + SKEW_MS) {
    throw new Unsure("inconsistent", "The hold ends later than was asked for: a clock is wrong, here or there.");
  }
  return { kind: "held", allowed: true, hold, obligations, contact: contactOf(body), ruleSet: ruleSet(body), receipt };
}

/** The answer to a check. */
export function readCheck(heard: Heard, fulfils: ReadonlySet<string>, now: Date): Checked {
  try {
    return checked(whole(heard), fulfils);
  } catch (error) {
    return failed(heard, error, null, now);
  }
}

function checked(body: Body, fulfils: ReadonlySet<string>): MayCall | Denied {
  if (!isAllow(body)) return denied(body, null);
  const obligations = termsOf(body, fulfils);
  return { kind: "may_call", allowed: true, obligations, contact: contactOf(body), ruleSet: ruleSet(body) };
}

/** One line of many: a decision, or the problem that the question would have got alone. */
export function readLine(body: Body, fulfils: ReadonlySet<string>): Checked {
  try {
    return "error" in body ? lineFailed(body) : checked(body, fulfils);
  } catch (error) {
    return closed(whyOf(error), (error as Error).message);
  }
}

function lineFailed(body: Body): FailedClosed {
  const error = asObject(body["error"], "error");
  const status = error["status"];
  if (!Number.isInteger(status) || "decision" in body) {
    throw new Malformed("A line has an error without a status, or a decision beside it.");
  }
  const number = status as number;
  return { ...closed(whyOfStatus(number), `The line was answered with ${number}.`), status: number, problem: problemType(error) };
}

/** Whether the server has what was said. */
export function readSettled(heard: Heard, word: Word, now: Date): Reported | Unreported {
  try {
    const body = whole(heard);
    readReceipt(body["receipt"]);
    const hold = asObject(body["hold"], "hold");
    if (asUuid(hold["id"], "hold/id") !== word.hold.toLowerCase()) throw new Unsure("inconsistent", "The answer is about another hold.");
    return { heard: true, hold: word.hold, state: asText(hold["state"], "hold/state") };
  } catch (error) {
    const { why, detail, status, problem } = failed(heard, error, word.key, now);
    // What was understood and refused will be refused again; a credential can be mended.
    const final = why === "refused" && status !== 401 && status !== 403 && !mayPass(status ?? 0);
    return { heard: false, word, why, detail, final, status, problem };
  }
}

function isAllow(body: Body): boolean {
  const decision = body["decision"];
  if (decision !== "allow" && decision !== "deny") throw new Malformed("decision is neither allow nor deny.");
  return decision === "allow";
}

function termsOf(body: Body, fulfils: ReadonlySet<string>): readonly Obligation[] {
  if (asList(body["reasons"], "reasons").length > 0) throw new Unsure("inconsistent", "An allow came with reasons against it.");
  const obligations = readObligations(body["obligations"]);
  const unknown = [...new Set(obligations.map((each) => each.type))].filter((each) => !fulfils.has(each)).sort();
  if (unknown.length > 0) throw new Unsure("obligation", `The allow is on terms that nobody here fulfils: ${unknown.join(", ")}.`);
  return obligations;
}

function denied(body: Body, receipt: Receipt | null): Denied {
  const reasons = readReasons(body["reasons"]);
  const retryAt = optional(body["retry_at"], "retry_at", asMoment);
  return { kind: "denied", allowed: false, reasons, retryAt, contact: contactOf(body), ruleSet: ruleSet(body), receipt };
}

function contactOf(body: Body): string | null {
  return optional(body["contact"], "contact", asUuid);
}

function ruleSet(body: Body): string {
  return asText(asObject(body["policy"], "policy")["rule_set"], "policy/rule_set");
}

function whole(heard: Heard): Body {
  const reply = replyOf(heard, JSON_TYPE);
  return readObject(reply.content);
}

/** The reply, if it is a 200 of this type. */
export function replyOf(heard: Heard, mediaType: string): Reply {
  if ("why" in heard) throw new Unsure(heard.why, heard.detail);
  if (heard.status !== 200) throw new Unsure(whyOfStatus(heard.status), `The server answered with ${heard.status}.`);
  const told = (heard.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  const coding = heard.headers.get("content-encoding") ?? "identity";
  if (told !== mediaType || coding.toLowerCase() !== "identity") {
    throw new Unsure("content_type", `The answer is not ${mediaType} as it is.`);
  }
  return heard;
}

function whyOfStatus(status: number): Why {
  if (status === 429 || status === 503) return "busy";
  if (status >= 300 && status < 400) return "redirect";
  if (status >= 400 && status < 500) return "refused";
  return status >= 500 && status < 600 ? "server_error" : "status";
}

/** The denial that comes of an answer in which something was unsure or malformed. */
export function failed(heard: Heard, error: unknown, key: string | null, now: Date): FailedClosed {
  const denial = { ...closed(whyOf(error), (error as Error).message), key };
  if ("why" in heard) return denial;
  const problem = heard.status === 200 ? null : problemOf(heard);
  return { ...denial, status: heard.status, problem, retryAfter: retryAfter(heard, now) };
}

/** The seconds that a busy server asks for. */
export function retryAfter(reply: Reply, now: Date): number | null {
  const isBusy = reply.status === 429 || reply.status === 503;
  return isBusy ? readRetryAfter(reply.headers.get("retry-after"), now) : null;
}

function closed(why: Why, detail: string): FailedClosed {
  const nothing = { status: null, problem: null, retryAfter: null, key: null, unreleased: null };
  return { kind: "failed_closed", allowed: false, why, detail, ...nothing };
}

function whyOf(error: unknown): Why {
  if (error instanceof Unsure) return error.why;
  if (error instanceof Malformed) return "malformed";
  throw error; // A mistake of our own.
}

/** The kind of problem, and nothing else of what is in it: a detail may quote what was sent. */
function problemOf(reply: Reply): string | null {
  try {
    return problemType(readObject(reply.content));
  } catch {
    return null;
  }
}

function problemType(problem: Body): string | null {
  const kind = problem["type"];
  return typeof kind === "string" && PROBLEM.test(kind) ? kind : null;
}

/** The hold in an answer that is of no use otherwise. */
function holdOf(body: Body): string | null {
  try {
    return asUuid(asObject(body["hold"], "hold")["id"], "hold/id");
  } catch {
    return null;
  }
}
