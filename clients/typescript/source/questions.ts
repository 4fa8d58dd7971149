/**
 * What is asked: may this person be called by this sender for this purpose now?
 *
 * What is wrong with a question is the program's mistake and throws BadQuestion; whatever else goes wrong is an answer.
 */

import type { components } from "./wire.ts";

type CheckBody = components["schemas"]["CheckBody"];
type Reference = Record<string, unknown>;

/** A question, as the service's own description has it. */
export type Question = Pick<CheckBody, "to" | "from" | "purpose" | "channel" | "technology" | "action" | "facts">;

/** The program asked something that no server could answer; the message says what to write instead, and quotes nothing. */
export class BadQuestion extends Error {
  override name = "BadQuestion";
}

const E164 = /^\+[1-9][0-9]{6,14}$/;
const ID = /^[^\x00-\x1f\x7f]{1,64}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;
const FACT_NAME = /^[a-z][a-z0-9_]{0,62}$/;
const KEY = /^[\x21-\x7e]{1,255}$/;
const FIELDS = new Set(["to", "from", "purpose", "channel", "technology", "action", "facts"]);
const WORDS = {
  channel: ["whatsapp_call", "voice"],
  technology: ["live", "prerecorded", "ai_voice"],
  action: ["call.place", "call.request_permission"],
} as const;

/** The body of a question, its fields always in the same order: the server binds the idempotency key to its bytes. */
export function bodyOf(question: Question): Record<string, unknown> {
  insistOn(Object.keys(question).every((name) => FIELDS.has(name)), "Ask with to, from, purpose and what belongs to them.");
  insistOnReference(question.to, { id: UUID, phone: E164, whatsapp_user_id: ID }, "the person");
  insistOnReference(question.from, { id: ID, phone: E164, phone_number_id: ID }, "the sender");
  insistOn(matches(question.purpose, NAME), "Write a purpose as a word of at most 64 letters, digits, dots, dashes and underscores.");
  for (const name of Object.keys(WORDS) as (keyof typeof WORDS)[]) {
    const told = question[name];
    insistOn(told === undefined || (WORDS[name] as readonly string[]).includes(told), `Write ${name} as one of ${WORDS[name].join(", ")}.`);
  }
  for (const [name, value] of Object.entries(question.facts ?? {})) {
    const isPlain = typeof value === "boolean" || typeof value === "string" || Number.isSafeInteger(value);
    insistOn(matches(name, FACT_NAME) && isPlain, "Write facts as small words with true, false, a whole number or a short word.");
  }
  const { to, from, purpose, channel, technology, action, facts } = question;
  return { to, from, purpose, channel, technology, action, ...(facts && Object.keys(facts).length > 0 ? { facts } : {}) };
}

/** An idempotency key that a header can carry. */
export function checkedKey(key: string): string {
  insistOn(matches(key, KEY), "Write an idempotency key as 1 to 255 printable ASCII characters without spaces.");
  return key;
}

/** An API key or a token that a header can carry. */
export function checkedCredential(credential: string): string {
  insistOn(matches(credential, /^[\x21-\x7e]+$/), "Give an API key or a token: printable ASCII characters without spaces.");
  return credential;
}

/** The address of a server, without a slash at its end. */
export function checkedAddress(url: string): string {
  const parts = URL.canParse(url) ? new URL(url) : null;
  const isPlain = parts !== null && /^https?:$/.test(parts.protocol) && !/[\s?#@]/.test(url);
  insistOn(isPlain, "Write the server's address as https://host, with a port and a path if it has them.");
  return url.replace(/\/+$/, "");
}

/** Throws BadQuestion with the sentence unless it is so. */
export function insistOn(isSo: boolean, sentence: string): void {
  if (!isSo) throw new BadQuestion(sentence);
}

function insistOnReference(reference: Reference, kinds: Record<string, RegExp>, what: string): void {
  const given = Object.entries(reference ?? {}).filter(([, value]) => value !== undefined && value !== null);
  const [[kind, value] = ["", ""]] = given;
  const pattern = kinds[kind];
  insistOn(given.length === 1 && pattern !== undefined, `Name ${what} by exactly one of ${Object.keys(kinds).join(", ")}.`);
  insistOn(
    pattern !== undefined && matches(value, pattern),
    kind === "phone" ? "Write a telephone number as E.164 has it: a plus sign, then 7 to 15 digits." : `Write the ${kind} of ${what} as it was given.`,
  );
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === "string" && pattern.test(value);
}
