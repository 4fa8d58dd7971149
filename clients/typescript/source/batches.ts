/** Many questions in one request, a line of JSON each; pure. */

import type { Checked } from "./answers.ts";
import type { Request } from "./exchanges.ts";
import { bodyOf, type Question } from "./questions.ts";
import { failed, type Heard, readLine, replyOf, Unsure } from "./reading.ts";
import { type Body, readObject } from "./shapes.ts";

export const GROUP = 512; // questions: as many as the server decides together
const NDJSON = "application/x-ndjson";
const LARGEST_LINE = 64 << 10; // bytes
const OUTAGES: readonly string[] = ["timeout", "unreachable", "cut_off", "busy", "server_error", "redirect", "status"];

/** Asks about a group of people, and holds nothing. */
export function batchRequest(questions: readonly Question[]): Request {
  const content = questions.map((each) => `${JSON.stringify(bodyOf(each))}\n`).join("");
  return { path: "/v1/calls/check-batch", content, mediaType: NDJSON, largest: questions.length * LARGEST_LINE };
}

/**
 * An answer for each question, in their order.
 *
 * A line that is missing, out of place or one too many spoils the whole group: nobody knows whose answer is whose.
 */
export function readBatch(heard: Heard, asked: number, fulfils: ReadonlySet<string>, now: Date): Checked[] {
  try {
    const bodies = lines(replyOf(heard, NDJSON).content);
    if (bodies.length !== asked || bodies.some((each, place) => each["line"] !== place + 1)) {
      throw new Unsure("inconsistent", "The answers are not those of the lines that were sent.");
    }
    return bodies.map((each) => readLine(each, fulfils));
  } catch (error) {
    return new Array<Checked>(asked).fill(failed(heard, error, null, now));
  }
}

function lines(content: Uint8Array): Body[] {
  const found: Body[] = [];
  for (let begin = 0; begin < content.length; ) {
    const newline = content.indexOf(10, begin);
    const end = newline < 0 ? content.length : newline;
    if (end > begin) found.push(readObject(content.subarray(begin, end)));
    begin = end + 1;
  }
  return found;
}

/** The denial of a group that went without an answer, so that asking about the next would only take as long again. */
export function outageOf(answers: readonly Checked[]): Checked | null {
  const isOutage = answers.every((each) => each.kind === "failed_closed" && OUTAGES.includes(each.why));
  return isOutage ? (answers[0] ?? null) : null;
}
