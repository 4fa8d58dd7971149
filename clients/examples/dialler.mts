/**
 * Calls the people of a list, each only with a hold, and tells Venia how it went.
 *
 *     VENIA_KEY=vk_… node dialler.mts people.csv https://venia.example +34910000000 [./place.mts]
 *
 * The list is CSV without quotes: phone,purpose.  Without a fourth argument nobody is called: it prints who would be, and
 * gives the holds back.  VENIA_FULFILS names, with commas, the obligations that placing fulfils besides recording outcomes,
 * such as offer_opt_out; whoever would be called under any other is not called.  The module it names exports `place(line, phone, hold)`, which resolves to how the call ended.
 */

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { BadQuestion, type Call, Client, type Hold, type Outcome, type Unreported } from "../typescript/source/index.ts";

type Place = (line: number, phone: string, hold: Hold) => Promise<{ outcome: Outcome; durationS?: number }>;

const [list = "", url = "", sender = "", module] = process.argv.slice(2);
const place = module === undefined ? null : ((await import(pathToFileURL(module).href)) as { place: Place }).place;
const fulfils = ["record_outcome", ...(process.env["VENIA_FULFILS"] ?? "").split(",").filter(Boolean)];
const venia = new Client(url, process.env["VENIA_KEY"] ?? "", { fulfils });
const unsaid: Unreported[] = [];

async function called(call: Call, line: number, phone: string): Promise<string> {
  if (call.answer.kind === "denied") return `denied: ${call.answer.reasons.map((each) => each.code).join(", ")}`;
  if (call.answer.kind === "failed_closed") return `not called: ${call.answer.detail}`;
  if (place === null) return "would be called";
  if (!call.begin()) return "not called: the hold was over";
  const { outcome, durationS } = await place(line, phone, call.hold);
  call.end(outcome, durationS);
  return outcome;
}

const rows = readFileSync(list, "utf8").split(/\r?\n/).slice(1);
for (const [index, row] of rows.entries()) {
  if (row.trim() === "") continue;
  const [phone = "", purpose = ""] = row.split(",").map((each) => each.trim());
  const line = index + 2;
  const question = { to: { phone }, from: { phone: sender }, purpose, channel: "voice" } as const;
  try {
    const said = await venia.call(question, (call) => called(call, line, phone), { unreported: (each) => unsaid.push(each) });
    console.log(`line ${line}: ${said}`);
  } catch (error) {
    if (!(error instanceof BadQuestion)) throw error;
    console.log(`line ${line}: left out: ${error.message}`);
  }
}
for (const { word } of unsaid) {
  if (!("key" in word) || !(await venia.tell(word)).heard) console.log(`left to tell: ${JSON.stringify(word)}`);
}
