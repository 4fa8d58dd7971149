/**
 * What is said of a hold afterwards: how the call ended, or that none was placed; and what could not be said.
 *
 * A word is plain JSON and carries its idempotency key from the beginning: kept anywhere and told again, it counts once.
 */

import type { components } from "./wire.ts";
import { insistOn } from "./questions.ts";

export type Outcome = components["schemas"]["OutcomeBody"]["outcome"];

/** The call on a hold was placed, and ended like this at that moment. */
export interface Report {
  readonly hold: string;
  readonly outcome: Outcome;
  readonly at: string;
  readonly duration_s?: number;
  readonly error_code?: number;
  readonly retry_at?: string;
  readonly key: string;
}

/** No call was placed on the hold. */
export interface Release {
  readonly hold: string;
  readonly key: string;
}

/** A call was begun on the hold and nobody told how it ended.  Find out, and report it. */
export interface Unknown {
  readonly hold: string;
}

export type Word = Report | Release;

/** The server has it, durably. */
export interface Reported {
  readonly heard: true;
  readonly hold: string;
  readonly state: string;
}

/**
 * The server may not have heard the word.  Where it is not final, tell the same value again later; where it is, the server
 * understood and refused: the hold is unknown, or something else was said of it before.
 */
export interface Unreported {
  readonly heard: false;
  readonly word: Word | Unknown;
  readonly why: string;
  readonly detail: string;
  readonly final: boolean;
  readonly status: number | null;
  readonly problem: string | null;
}

/** A call ended and Venia does not know how.  `unreported` says what to tell; until then the hold counts. */
export class CallUnreported extends Error {
  override name = "CallUnreported";
  readonly unreported: Unreported;

  constructor(unreported: Unreported, cause?: unknown) {
    super(`${unreported.detail}  Say it later, or the hold counts as an attempt: ${JSON.stringify(unreported.word)}`, { cause });
    this.unreported = unreported;
  }
}

const OUTCOMES: readonly string[] = ["connected", "unanswered", "rejected", "failed", "refused", "opted_out"] satisfies Outcome[];
const LONGEST_CALL = 86_400; // seconds
const HIGHEST_CODE = 9_999_999;

/** An idempotency key for one intention. */
export function newKey(): string {
  return crypto.randomUUID();
}

/** What more is told of an outcome; of a failed call, the platform's code and when it said to try again. */
export interface More {
  readonly at?: Date;
  readonly durationS?: number;
  readonly errorCode?: number;
  readonly retryAt?: Date;
}

/** The call on this hold ended like this, now or at that moment. */
export function report(hold: string, outcome: Outcome, more: More = {}): Report {
  insistOn(OUTCOMES.includes(outcome), `Write an outcome as one of ${OUTCOMES.join(", ")}.`);
  const { at = new Date(), durationS, errorCode, retryAt } = more;
  const isDuration = durationS === undefined || (Number.isInteger(durationS) && durationS >= 0 && durationS <= LONGEST_CALL);
  insistOn(isDuration, `Write a duration as whole seconds from 0 to ${LONGEST_CALL}.`);
  const isCode = errorCode === undefined || (outcome === "failed" && Number.isInteger(errorCode) && errorCode > 0 && errorCode <= HIGHEST_CODE);
  insistOn(isCode, `Write an error code from 1 to ${HIGHEST_CODE}, beside the outcome failed.`);
  insistOn(retryAt === undefined || errorCode !== undefined, "Write when to try again beside the platform's error code.");
  return {
    hold,
    outcome,
    at: at.toISOString(),
    key: newKey(),
    ...(durationS === undefined ? {} : { duration_s: durationS }),
    ...(errorCode === undefined ? {} : { error_code: errorCode }),
    ...(retryAt === undefined ? {} : { retry_at: retryAt.toISOString() }),
  };
}

/** No call was placed on this hold. */
export function release(hold: string): Release {
  return { hold, key: newKey() };
}

/** Whether the word tells an outcome. */
export function isReport(word: Word | Unknown): word is Report {
  return "outcome" in word;
}
