/** Has the TypeScript client do what each line of standard input says, and answers each with a line. */

import { createInterface } from "node:readline";
import { readAuthorize } from "../../clients/typescript/source/reading.ts";
import { type Call, CallUnreported, Client, type Outcome } from "../../clients/typescript/source/index.ts";

class BodyRaised extends Error {}

let venia: Client;

/** As the Python clients name it. */
function said(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, found: unknown) => {
    if (typeof found !== "object" || found === null || Array.isArray(found)) return found;
    const names: Record<string, string> = { retryAfter: "retry_after", expiresAt: "expires_at", retryAt: "retry_at", ruleSet: "rule_set" };
    return Object.fromEntries(Object.entries(found).map(([name, each]) => [names[name] ?? name, each]));
  });
}

async function through(asked: any): Promise<unknown> {
  const kept: unknown[] = [];
  let call: Call | undefined;
  let begun = false;
  let raised: unknown = null;
  const body = async (given: Call): Promise<void> => {
    call = given;
    for (const step of asked.steps as string[]) {
      if (step === "begin") begun = given.begin();
      else if (step === "raise") throw new BodyRaised();
      else if (step === "wait") await new Promise((resume) => setTimeout(resume, 2_000));
      else given.end(step as Outcome, 31);
    }
  };
  try {
    await venia.call(asked.question, body, asked.keep ? { unreported: (each) => kept.push(said(each)) } : {});
  } catch (error) {
    if (!(error instanceof BodyRaised || error instanceof CallUnreported)) throw error;
    raised = error;
  }
  const name = raised === null ? null : raised instanceof CallUnreported ? "CallUnreported" : "BodyRaised";
  const thrown = raised instanceof CallUnreported ? raised.unreported : null;
  return said({ answer: call?.answer, begun, unreported: call?.unreported, kept, raised: name, thrown });
}

async function done(asked: any): Promise<unknown> {
  switch (asked.do) {
    case "setup":
      venia = new Client(asked.url, asked.credential, asked);
      return null;
    case "read": {
      const reply = { status: asked.status, headers: new Headers(asked.headers), content: Buffer.from(asked.content, "base64") };
      const { answer, unused } = readAuthorize(reply, new Set(asked.fulfils as string[]), asked.ttl, "key", new Date(asked.now));
      return { answer: said(answer), unused };
    }
    case "check":
      return said(await venia.check(asked.question));
    case "authorize":
      return said(await venia.authorize(asked.question, asked.terms));
    case "tell":
      return said(await venia.tell(asked.word));
    case "checkBatch": {
      const answers: unknown[] = [];
      for await (const [, answer] of venia.checkBatch(asked.questions)) answers.push(said(answer));
      return answers;
    }
    default:
      return through(asked);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer: unknown;
  try {
    answer = { said: await done(JSON.parse(line)) };
  } catch (error) {
    answer = { mistake: String((error as Error).stack) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
