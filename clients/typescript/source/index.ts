/** Asks Venia whether a person may be called now, and fails closed: no sure allow, no call. */

export type { Authorized, Checked, Denied, FailedClosed, Held, Hold, MayCall, Obligation, Reason, Receipt, Why } from "./answers.ts";
export { Call, type Keep } from "./calls.ts";
export { Client, type Options, type Terms } from "./client.ts";
export type { Patience } from "./patience.ts";
export { BadQuestion, type Question } from "./questions.ts";
export { CallUnreported, type More, type Outcome, release, report, type Report, type Release, type Reported, type Unknown, type Unreported, type Word } from "./reports.ts";
