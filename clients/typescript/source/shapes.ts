/**
 * JSON as the contract has it, and nothing that could be read in two ways; pure.
 *
 * Fields nobody knows are ignored, as the contract may grow; a field that is known has the type it was promised.
 */

import type { Hold, Obligation, Reason, Receipt } from "./answers.ts";

export type Body = Readonly<Record<string, unknown>>;

/** Not of the contract's shape; the message names the field and never quotes it. */
export class Malformed extends Error {}

const MOMENT = /^(?!0000)\d{4}-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** A JSON object in UTF-8, in which no name comes twice. */
export function readObject(content: Uint8Array): Body {
  let text, found;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
    found = JSON.parse(text) as unknown;
  } catch {
    throw new Malformed("The answer is not JSON.");
  }
  if (repeatsName(text)) throw new Malformed("The answer says something twice.");
  return asObject(found, "The answer");
}

/** Whether an object in this JSON has a name twice, of which parsers take the last or the first. */
function repeatsName(json: string): boolean {
  const open: (Set<string> | null)[] = []; // The names of each object that is open; null for a list.
  let isName = false;
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === "{" || token === "[") open.push(token === "{" ? new Set() : null);
    else if (token === "}" || token === "]") open.pop();
    else if (isName && token.startsWith('"')) {
      const names = open.at(-1);
      const name = JSON.parse(token) as string;
      if (names?.has(name)) return true;
      names?.add(name);
    }
    isName = token === "{" || (token === "," && open.at(-1) !== null);
  }
  return false;
}

export function asObject(value: unknown, name: string): Body {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Malformed(`${name} is no object.`);
  return value as Body;
}

export function asList(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Malformed(`${name} is no list.`);
  return value;
}

export function asText(value: unknown, name: string): string {
  if (typeof value !== "string" || value === "") throw new Malformed(`${name} is no text.`);
  return value;
}

export function asUuid(value: unknown, name: string): string {
  const text = asText(value, name);
  if (!UUID.test(text)) throw new Malformed(`${name} is no id.`);
  return text.toLowerCase();
}

/** An instant with its offset (RFC 3339). */
export function asMoment(value: unknown, name: string): Date {
  const text = asText(value, name);
  const moment = new Date(text);
  const [day] = text.split("T");
  // The 31st of February would be taken for a day of March.
  const isDay = MOMENT.test(text) && new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) === day;
  if (!isDay || Number.isNaN(moment.getTime())) throw new Malformed(`${name} is no moment.`);
  return moment;
}

/** What `read` makes of a value, or null for null and for nothing. */
export function optional<T>(value: unknown, name: string, read: (value: unknown, name: string) => T): T | null {
  return value === null || value === undefined ? null : read(value, name);
}

export function readHold(value: unknown): Hold {
  const hold = asObject(value, "hold");
  return { id: asUuid(hold["id"], "hold/id"), expiresAt: asMoment(hold["expires_at"], "hold/expires_at") };
}

export function readReceipt(value: unknown): Receipt {
  const receipt = asObject(value, "receipt");
  const index = receipt["index"];
  if (!Number.isSafeInteger(index) || (index as number) < 0) throw new Malformed("receipt/index is no index.");
  const leafHash = asText(receipt["leaf_hash"], "receipt/leaf_hash");
  return { log: asText(receipt["log"], "receipt/log"), index: index as number, leafHash };
}

export function readObligations(value: unknown): readonly Obligation[] {
  return asList(value, "obligations").map((each) => {
    const one = asObject(each, "obligations");
    return {
      id: asText(one["id"], "obligations/id"),
      type: asText(one["type"], "obligations/type"),
      properties: asObject(one["properties"], "obligations/properties"),
    };
  });
}

export function readReasons(value: unknown): readonly Reason[] {
  return asList(value, "reasons").map((each) => {
    const one = asObject(each, "reasons");
    return {
      code: asText(one["code"], "reasons/code"),
      severity: asText(one["severity"], "reasons/severity"),
      retryAt: optional(one["retry_at"], "reasons/retry_at", asMoment),
      remedy: optional(one["remedy"], "reasons/remedy", asText),
      details: one,
    };
  });
}
