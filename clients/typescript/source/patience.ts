/** How long to go on asking, and how long to wait in between; pure. */

/**
 * Milliseconds: `totalMs` from the first try to the last word, `eachMs` for one try, and the waits in between, which double
 * from `firstWaitMs` to `longestWaitMs`, each somewhere between a half and the whole of it.
 */
export interface Patience {
  readonly totalMs: number;
  readonly eachMs: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
}

/** Somebody waits for the answer of a question; an outcome is better late than never. */
export const ASKING: Patience = { totalMs: 5_000, eachMs: 2_000, firstWaitMs: 100, longestWaitMs: 2_000 };
export const REPORTING: Patience = { totalMs: 60_000, eachMs: 10_000, firstWaitMs: 100, longestWaitMs: 10_000 };

const MOST_DOUBLINGS = 30;
// 408 and 425 ask for it; 429 and 5xx may pass.  The key makes it safe: whatever was done already is answered again.
const PASSING: readonly number[] = [408, 425, 429, 500, 502, 503, 504];

/** How many milliseconds the next try may take. */
export function tryFor(patience: Patience, elapsed: number): number {
  return Math.max(0, Math.min(patience.eachMs, patience.totalMs - elapsed));
}

/** How many milliseconds to wait after so many tries; null when there is no time for another.  `asked` is waited at least. */
export function waitAfter(patience: Patience, tries: number, elapsed: number, asked: number | null, chance: number): number | null {
  const bound = Math.min(patience.longestWaitMs, patience.firstWaitMs * 2 ** Math.min(tries - 1, MOST_DOUBLINGS));
  const pause = (bound * (1 + chance)) / 2 + (asked ?? 0) * 1_000;
  return elapsed + pause < patience.totalMs ? pause : null;
}

/** Whether asking again may help. */
export function mayPass(status: number): boolean {
  return PASSING.includes(status);
}

/** The seconds that a Retry-After asks for, a number or a date (RFC 9110 §10.2.3); null where it says nothing. */
export function readRetryAfter(text: string | null, now: Date): number | null {
  if (text === null) return null;
  if (/^\s*[0-9]+\s*$/.test(text)) return Number(text.trim().slice(0, 12));
  const moment = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? null : Math.max(0, (moment - now.getTime()) / 1_000);
}
