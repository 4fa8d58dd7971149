/**
 * What is answered: the server's allow, the server's deny, or a denial of our own because nothing sure was heard.
 *
 * `allowed` is true of an allow and of nothing else.  A check's allow (MayCall) holds nothing and is no leave to call; only
 * authorize's (Held) is.
 */

import type { Unreported } from "./reports.ts";

/** Why nothing sure was heard; the same words as in the Python client. */
export type Why =
  | "timeout" // No whole answer in the time there was.
  | "unreachable" // No connection, or none that is trusted.
  | "cut_off" // The connection broke before the answer was whole.
  | "busy" // 429 or 503, and no time left to wait as long as it said.
  | "server_error" // Another 5xx.
  | "refused" // A 4xx: the credential or the question; `problem` names it.
  | "redirect" // Never followed: it would hand the credential and the number to somebody else.
  | "status" // Another status than 200.
  | "content_type"
  | "too_large"
  | "malformed" // No JSON, or not of the contract's shape.
  | "inconsistent" // An answer that contradicts itself, such as an allow without a hold.
  | "hold_expired" // By this machine's clock.
  | "obligation"; // An allow on terms that the caller was not told how to fulfil.

/** Where the log has the answer. */
export interface Receipt {
  readonly log: string;
  readonly index: number;
  readonly leafHash: string;
}

/** An allow reserved for the one who asked, until it expires. */
export interface Hold {
  readonly id: string;
  readonly expiresAt: Date;
}

/** A term of an allow: whoever calls must do this. */
export interface Obligation {
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** One rule that is against the call; `details` is the reason as it was answered. */
export interface Reason {
  readonly code: string;
  readonly severity: string;
  readonly retryAt: Date | null;
  readonly remedy: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The server's allow, with its hold: call until it expires, do what the obligations say, then report. */
export interface Held {
  readonly kind: "held";
  readonly allowed: true;
  readonly hold: Hold;
  readonly obligations: readonly Obligation[];
  readonly contact: string | null;
  readonly ruleSet: string;
  readonly receipt: Receipt;
}

/** The server would allow it now; nothing is held, and before a call is placed authorize must decide. */
export interface MayCall {
  readonly kind: "may_call";
  readonly allowed: true;
  readonly obligations: readonly Obligation[];
  readonly contact: string | null;
  readonly ruleSet: string;
}

/** The server's deny, with every reason, worst first; no receipt where nothing was written (check). */
export interface Denied {
  readonly kind: "denied";
  readonly allowed: false;
  readonly reasons: readonly Reason[];
  readonly retryAt: Date | null;
  readonly contact: string | null;
  readonly ruleSet: string;
  readonly receipt: Receipt | null;
}

/**
 * No sure allow was heard, so there is none.
 *
 * `key` asks the same again without a second hold.  `unreleased` is a hold that came with an answer that could not be used
 * and that could not be given back: tell it later, or it counts as an attempt when it expires.
 */
export interface FailedClosed {
  readonly kind: "failed_closed";
  readonly allowed: false;
  readonly why: Why;
  readonly detail: string;
  readonly status: number | null;
  readonly problem: string | null;
  readonly retryAfter: number | null; // seconds, as the server asked for
  readonly key: string | null;
  readonly unreleased: Unreported | null;
}

export type Authorized = Held | Denied | FailedClosed;
export type Checked = MayCall | Denied | FailedClosed;
