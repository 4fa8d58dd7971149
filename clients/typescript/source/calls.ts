/** One call, from the question to its outcome; nothing here reaches out. */

import type { Authorized, Hold } from "./answers.ts";
import { CallUnreported, isReport, type More, type Outcome, release, report, type Report, type Reported, type Unreported, type Word } from "./reports.ts";

/** Puts what could not be said where it is said later. */
export type Keep = (unreported: Unreported) => unknown;

/**
 * What the body of `client.call(…)` works with.
 *
 * The body MUST call `begin` just before it dials, MUST NOT dial unless that is true, and says how it went with `end`.  When
 * it is done, its word is reported; without a `begin` the hold is released.  A call that was begun and not ended may have
 * reached the person: its hold is left to expire, which counts as an attempt, and `unreported` says so.
 */
export class Call {
  readonly answer: Authorized;
  unreported: Unreported | null = null;
  #isBegun = false;
  #report: Report | null = null;

  constructor(answer: Authorized) {
    this.answer = answer;
  }

  /** Whether there was an allow. */
  get allowed(): boolean {
    return this.answer.allowed;
  }

  /** The hold; throws where there is none. */
  get hold(): Hold {
    if (this.answer.kind !== "held") throw new Error("There is no hold: the call is not allowed.");
    return this.answer.hold;
  }

  /** Whether the call may be placed at this moment; if so, it counts as placed from now on. */
  begin(): boolean {
    if (this.answer.kind !== "held" || Date.now() >= this.answer.hold.expiresAt.getTime()) return false;
    this.#isBegun = true;
    return true;
  }

  /** Says how the call ended, now; of one that failed, the platform's code, and when it said to try again. */
  end(outcome: Outcome, durationS?: number, failure: Pick<More, "errorCode" | "retryAt"> = {}): void {
    if (!this.#isBegun) throw new Error("The call was not begun: call begin first, and dial only if it is true.");
    this.#report = report(this.hold.id, outcome, durationS === undefined ? failure : { ...failure, durationS });
  }

  /** What is to be said when the body is done; an Unreported where nobody told; null where nothing is. */
  word(): Word | Unreported | null {
    if (this.#report !== null) return this.#report;
    if (this.answer.kind !== "held") return null;
    return this.#isBegun ? unknown(this.answer.hold.id) : release(this.answer.hold.id);
  }

  /**
   * Gives what could not be said to `keep`; without one, throws CallUnreported where something would be lost.
   *
   * What the body threw goes on by itself where it knows more than we do.  A hold that could not be released loses nothing:
   * it expires and counts.
   */
  handBack(said: Reported | Unreported, keep: Keep | undefined, thrown: { error: unknown } | null): void {
    this.unreported = said.heard ? null : said;
    if (said.heard) return;
    if (keep !== undefined) keep(said);
    else if (isReport(said.word)) throw new CallUnreported(said, thrown?.error);
    else if (said.why === "outcome_unknown" && thrown === null) throw new CallUnreported(said);
  }
}

function unknown(hold: string): Unreported {
  const detail = "A call was begun, and nobody told how it ended.";
  return { heard: false, word: { hold }, why: "outcome_unknown", detail, final: false, status: null, problem: null };
}
