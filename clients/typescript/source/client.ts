/** The client: asks one server under one credential, and fails closed. */

import type { Authorized, Checked } from "./answers.ts";
import { batchRequest, GROUP, outageOf, readBatch } from "./batches.ts";
import { Call, type Keep } from "./calls.ts";
import { Exchanges, type Request } from "./exchanges.ts";
import { ASKING, type Patience, REPORTING } from "./patience.ts";
import { bodyOf, checkedKey, insistOn, type Question } from "./questions.ts";
import { readAuthorize, readCheck, readSettled } from "./reading.ts";
import { isReport, newKey, release, type Reported, type Unreported, type Word } from "./reports.ts";
import type { components } from "./wire.ts";

export interface Options {
  /** The types of obligations that the program fulfils; an allow with any other is a denial, and its hold is released. */
  readonly fulfils?: Iterable<string>;
  /** The patience where somebody waits to call. */
  readonly asking?: Partial<Patience>;
  /** The patience where nobody does: for what became of holds, and for lists. */
  readonly reporting?: Partial<Patience>;
}

export interface Terms {
  /** How long the hold lasts, in seconds: 10 to 600. */
  readonly ttl?: number;
  /** Your id for the call, of no person. */
  readonly reference?: string;
}

const DEFAULT_HOLD = 90; // seconds

/** Throws BadQuestion for what no server could answer; what goes wrong otherwise is an answer. */
export class Client {
  readonly #exchanges: Exchanges;
  readonly #fulfils: ReadonlySet<string>;
  readonly #asking: Patience;
  readonly #reporting: Patience;

  constructor(url: string, credential: string, options: Options = {}) {
    this.#exchanges = new Exchanges(url, credential);
    this.#fulfils = new Set(options.fulfils ?? []);
    this.#asking = { ...ASKING, ...options.asking };
    this.#reporting = { ...REPORTING, ...options.reporting };
  }

  /** Whether the call would be allowed now; holds and writes nothing. */
  async check(question: Question): Promise<Checked> {
    const heard = await this.#exchanges.ask({ path: "/v1/calls/check", content: JSON.stringify(bodyOf(question)) }, this.#asking);
    return readCheck(heard, this.#fulfils, new Date());
  }

  /**
   * Whether the call may be placed; on an allow, with a hold.
   *
   * `key` is for asking the same again after a FailedClosed: its key gets the hold that may have been made then.
   */
  async authorize(question: Question, terms: Terms & { readonly key?: string } = {}): Promise<Authorized> {
    const { ttl = DEFAULT_HOLD, key = newKey() } = terms;
    const heard = await this.#exchanges.ask(authorizeRequest(question, ttl, terms.reference, key), this.#asking);
    const { answer, unused } = readAuthorize(heard, this.#fulfils, ttl, key, new Date());
    if (unused === null || answer.kind !== "failed_closed") return answer;
    const said = await this.#tell(release(unused), this.#asking);
    return { ...answer, unreleased: said.heard ? null : said };
  }

  /** Says how a call ended (`report`) or that none was placed (`release`), patiently; telling it again later is safe. */
  async tell(word: Word): Promise<Reported | Unreported> {
    return this.#tell(word, this.#reporting);
  }

  async #tell(word: Word, patience: Patience): Promise<Reported | Unreported> {
    return readSettled(await this.#exchanges.ask(wordRequest(word), patience), word, new Date());
  }

  /**
   * Each question with its answer, in order, however many there are: groups of 512 are asked about at once.
   *
   * When the server does not answer at all any more, everybody left is a denial without being asked about.
   */
  async *checkBatch(questions: Iterable<Question> | AsyncIterable<Question>): AsyncGenerator<[Question, Checked]> {
    let outage: Checked | null = null;
    for await (const group of inGroups(questions)) {
      const answers: Checked[] = outage === null ? await this.#checkGroup(group) : new Array<Checked>(group.length).fill(outage);
      for (const [place, answer] of answers.entries()) yield [group[place] as Question, answer];
      outage = outageOf(answers);
    }
  }

  async #checkGroup(group: readonly Question[]): Promise<Checked[]> {
    const heard = await this.#exchanges.ask(batchRequest(group), this.#reporting);
    return readBatch(heard, group.length, this.#fulfils, new Date());
  }

  /**
   * Asks, lets the body place the call (see Call), and says what became of the hold, also when the body throws.
   *
   * What cannot be said is given to `unreported`; without one, CallUnreported is thrown.
   */
  async call<T>(question: Question, body: (call: Call) => Promise<T> | T, terms: Terms & { readonly unreported?: Keep } = {}): Promise<T> {
    const call = new Call(await this.authorize(question, terms));
    let result: T;
    try {
      result = await body(call);
    } catch (error) {
      await this.#settle(call, terms.unreported, { error });
      throw error;
    }
    await this.#settle(call, terms.unreported, null);
    return result;
  }

  async #settle(call: Call, keep: Keep | undefined, thrown: { error: unknown } | null): Promise<void> {
    const word = call.word();
    if (word === null) return;
    call.handBack("heard" in word ? word : await this.tell(word), keep, thrown);
  }
}

function authorizeRequest(question: Question, ttl: number, reference: string | undefined, key: string): Request {
  insistOn(Number.isInteger(ttl) && ttl >= 10 && ttl <= 600, "A hold lasts from 10 to 600 seconds.");
  insistOn(reference === undefined || (reference.length > 0 && reference.length <= 128), "A reference has 1 to 128 characters.");
  const content = JSON.stringify({ ...bodyOf(question), ttl: `PT${ttl}S`, reference });
  return { path: "/v1/calls/authorize", content, key: checkedKey(key) };
}

function wordRequest(word: Word): Request {
  const path = `/v1/calls/${encodeURIComponent(word.hold)}/`;
  if (!isReport(word)) return { path: `${path}release`, content: "", key: checkedKey(word.key) };
  const { outcome, at, duration_s = null, error_code, retry_at } = word;
  const failure = { ...(error_code === undefined ? {} : { error_code }), ...(retry_at === undefined ? {} : { retry_at }) };
  const body: components["schemas"]["OutcomeBody"] = { outcome, at, duration_s, ...failure };
  return { path: `${path}outcome`, content: JSON.stringify(body), key: checkedKey(word.key) };
}

async function* inGroups(questions: Iterable<Question> | AsyncIterable<Question>): AsyncGenerator<Question[]> {
  let group: Question[] = [];
  for await (const question of questions) {
    group.push(question);
    if (group.length === GROUP) {
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}
