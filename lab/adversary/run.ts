import { setTimeout as sleep } from "node:timers/promises";
import { cookieNames } from "#runtime/http/sessions.ts";
import { exactly, type Line, noted } from "../measure/table.ts";
import { type Harm, lookAfterwards } from "./afterwards.ts";
import type { Attack } from "./attack.ts";
import { attacksOf, SLOTS } from "./attacks.ts";
import { type Known, type Life, live, signUp } from "./customers.ts";
import { followLinks, strays } from "./follow.ts";
import { findOut, wakeAll } from "./knowledge.ts";
import { customerLines, faultsOf, memoryLines } from "./lines.ts";
import { type Memory, memory } from "./memory.ts";
import { linksIn, type OwnLinks } from "./pages.ts";
import { openShop, type Shop } from "./shop.ts";
import type { Answer } from "./stranger.ts";
import { guessable, overheard, ownAddress, unheardOf, type Victims } from "./words.ts";

export type AdversaryRun = {
  readonly seed: number;
  /** How long the adversary goes on. */
  readonly seconds: number;
  /** Its requests a second. */
  readonly rate: number;
};

/** One in so many requests brings an honest customer. The three kinds take turns. */
const REQUESTS_A_CUSTOMER = 40;

type Seen = {
  requests: number;
  accepted: number;
  readonly failed: string[];
  readonly strayed: string[];
  readonly told: string[];
  /** Doors that let somebody in who brought nothing that counts. */
  readonly opened: string[];
  readonly sessions: string[];
  /** Once all functions are there, and after each third of the time. */
  readonly memory: Memory[];
};

/** What tells decisions apart, and nothing of the customer. */
const shown = ({ status, body }: Answer): string =>
  `${status} ${body.length} ${body.replace(/("(decisionId|token)":")[^"]+/g, "$1")}`;

const { session, renewal } = cookieNames({ publicUrl: "http://localhost" });
const givesSession = ({ cookies }: Answer): boolean =>
  cookies.some((line) => [session, renewal].some((name) => new RegExp(`^${name}=[^;]`).test(line)));

const ask = async (shop: Shop, attack: Attack, seen: Seen): Promise<void> => {
  seen.requests += 1;
  const { method, path, headers = {} } = attack;
  const what = `${method} ${path.slice(0, 400)} ${JSON.stringify([headers, attack.body]).slice(0, 600)}`;
  const answer = await shop.anybody(attack).catch(() => null);
  if (answer === null) {
    seen.failed.push(`no answer: ${what}`);
    return;
  }
  if (answer.status < 300) seen.accepted += 1;
  if (answer.status >= 500) seen.failed.push(`${answer.status}: ${what}`);
  if (strays(answer.location)) seen.strayed.push(`${answer.location}: ${what}`);
  if (attack.refusedBy?.includes(answer.status) === false) seen.opened.push(`${answer.status}: ${what}`);
  if (givesSession(answer)) seen.sessions.push(`${answer.status}: ${what}`);
  if (attack.asksAs === undefined) return;
  const unknown = await shop.anybody({ method: "POST", path: "/v1/slots", body: SLOTS });
  if (shown(answer) !== shown(unknown)) seen.told.push(`${shown(answer)} is not ${shown(unknown)}: ${what}`);
};

const KINDS: readonly Known[] = ["never", "since", "before"];
const userIdOf: Record<Known, (n: number) => string> = {
  never: unheardOf,
  since: overheard,
  before: guessable,
};

/** The next honest customer signs up and goes on living beside the attack. */
const arrive = async (shop: Shop, n: number, victims: Victims): Promise<() => Promise<Life>> => {
  const known = KINDS[n % KINDS.length] ?? "never";
  const userId = userIdOf[known](Math.floor(n / KINDS.length));
  const signedUp = await signUp(shop, { userId, known });
  if (known === "since") {
    // Nobody names them before the shop's word has arrived.
    await shop.settle();
    victims.overheard += 1;
  }
  return () => live(shop, { userId, known, signedUp });
};

/** The adversary reads its own mail. */
const readMail = async (shop: Shop, n: number, links: OwnLinks): Promise<void> => {
  const mails = await shop.mailsTo(ownAddress(n));
  for (const token of linksIn(mails)) if (!links.tokens.includes(token)) links.tokens.push(token);
};

/** Makes every request at its time, whether those before it were answered or not, and lets customers live beside it. */
const attack = async (shop: Shop, run: AdversaryRun, seen: Seen): Promise<readonly Life[]> => {
  const requests = Math.ceil(run.seconds * run.rate);
  const customers = Math.ceil(requests / REQUESTS_A_CUSTOMER);
  const victims: Victims = { guessable: Math.ceil(customers / KINDS.length), overheard: 0 };
  const links: OwnLinks = { tokens: [] };
  const knowledge = await findOut(shop.anybody);
  const next = attacksOf(run.seed, { victims, links, knowledge });
  await wakeAll(shop.anybody, knowledge);
  seen.memory.push(memory());
  const thirds = [1, 2].map((third) => Math.floor((requests * third) / 3));
  const asked: Promise<void>[] = [];
  const lives: Promise<Life>[] = [];
  const started = performance.now();
  for (let n = 0; n < requests; n += 1) {
    await sleep(Math.max(0, started + (n * 1_000) / run.rate - performance.now()));
    if (thirds.includes(n)) seen.memory.push(memory());
    if (n % REQUESTS_A_CUSTOMER === 0) {
      const life = await arrive(shop, n / REQUESTS_A_CUSTOMER, victims);
      lives.push(life());
      await readMail(shop, n / REQUESTS_A_CUSTOMER, links);
    }
    asked.push(ask(shop, next(), seen));
  }
  await Promise.all(asked);
  const lived = await Promise.all(lives);
  await shop.settle();
  seen.memory.push(memory());
  return lived;
};

const trustLines = (seen: Seen, { moved, consent, forged }: Harm): readonly Line[] => [
  exactly("addresses moved", moved.length, 0),
  exactly("consent changed by a forged stop", consent.length, 0),
  exactly("forged messages on timelines or in conversations", forged.length, 0),
  exactly("sessions gained", seen.sessions.length, 0),
  exactly("closed doors that opened", seen.opened.length, 0),
  exactly("answers with 5xx", seen.failed.length, 0),
  exactly("links and redirects to foreign hosts", seen.strayed.length, 0),
  exactly("slots that tell two ids apart", seen.told.length, 0),
];

/** Lets the adversary loose on a hub of its own. Gives the table, and each finding in words. */
export const runAdversary = async (
  run: AdversaryRun,
): Promise<{ readonly lines: readonly Line[]; readonly findings: readonly string[] }> => {
  const shop = await openShop();
  try {
    const lists = { failed: [], strayed: [], told: [], opened: [], sessions: [], memory: [] };
    const seen: Seen = { requests: 0, accepted: 0, ...lists };
    const lives = await attack(shop, run, seen);
    const followed = await followLinks(shop);
    seen.failed.push(...followed.failed);
    seen.strayed.push(...followed.strayed);
    const harm = await lookAfterwards(shop, lives);
    const dead = await shop.deadLetters();
    return {
      lines: [
        noted("requests of the adversary", String(seen.requests), `${seen.accepted} of them accepted`),
        ...customerLines(lives),
        ...trustLines(seen, harm),
        noted("  links in mails", String(followed.links)),
        noted("dead letters", String(dead.length), [...new Set(dead)].join(", ")),
        exactly("dead letters without a reason", dead.filter((reason) => !reason).length, 0),
        ...memoryLines(seen.memory),
      ],
      findings: [
        ...[seen.failed, seen.strayed, seen.told, seen.opened, seen.sessions].flat(),
        ...[harm.moved, harm.consent, harm.forged].flat(),
        ...lives.flatMap(faultsOf),
      ],
    };
  } finally {
    await shop.stop();
  }
};
