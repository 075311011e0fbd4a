import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { atMost, exactly, type Line, noted, percentile } from "../measure/table.ts";
import { type Attack, attacksOf, SLOTS } from "./attacks.ts";
import { type Known, type Life, live, movedTo, signUp } from "./customers.ts";
import { type Answer, openShop, type Shop } from "./shop.ts";
import { guessable, overheard, type Victims } from "./words.ts";

export type AdversaryRun = {
  readonly seed: number;
  /** How long the adversary goes on. */
  readonly seconds: number;
  /** Its requests a second. */
  readonly rate: number;
};

/** One in so many requests brings an honest customer. The three kinds take turns. */
const REQUESTS_A_CUSTOMER = 40;
const ON_TIME_MS = 60_000;
const MORE_HEAP_MB = 64;
const MORE_MEMORY_MB = 400;
/** Functions' threads have grown to their size after a third of the time; from then on memory is flat. */
const MORE_ONCE_WARM_MB = 128;
const WARM_AFTER = 1 / 3;
/** What the playbook names; the hub's own links stand on loopback. */
const HOME = /^(127\.0\.0\.1|localhost|(.+\.)?tamarack-finch\.example|parcel\.example|www\.dhl\.de)$/;
const LINK = /https?:\/\/[^"'\s<>)\\]+/g;

type Memory = { readonly heap: number; readonly resident: number };
type Seen = {
  requests: number;
  accepted: number;
  failed: string[];
  strayed: string[];
  told: string[];
  /** Once all functions have run for a while. */
  warm: Memory | null;
};

const memory = (): Memory => {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed / 2 ** 20, resident: rss / 2 ** 20 };
};

const strays = (link: string | null): boolean =>
  link !== null && URL.canParse(link) && !HOME.test(new URL(link).hostname);
/** What tells decisions apart, and nothing of the customer. */
const shown = ({ status, body }: Answer): string =>
  `${status} ${body.length} ${body.replace(/("(decisionId|token)":")[^"]+/g, "$1")}`;

const ask = async (shop: Shop, attack: Attack, seen: Seen): Promise<void> => {
  const answer = await shop.anybody(attack);
  seen.requests += 1;
  if (answer.status < 300) seen.accepted += 1;
  const what = `${attack.method} ${attack.path} ${JSON.stringify(attack.body)?.slice(0, 400)}`;
  if (answer.status >= 500) seen.failed.push(`${answer.status}: ${what}`);
  if (strays(answer.location)) seen.strayed.push(`${answer.location}: ${what}`);
  if (attack.asksAs === undefined) return;
  const unknown = await shop.anybody({ method: "POST", path: "/v1/slots", body: SLOTS });
  if (shown(answer) !== shown(unknown)) seen.told.push(`${shown(answer)} is not ${shown(unknown)}: ${what}`);
};

const KINDS: readonly Known[] = ["never", "since", "before"];
const userIdOf: Record<Known, (n: number) => string> = {
  never: (n) => `unheard-of-${n}`,
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

/** Makes every request at its time, whether those before it were answered or not, and lets customers live beside it. */
const attack = async (shop: Shop, run: AdversaryRun, seen: Seen): Promise<readonly Life[]> => {
  const requests = Math.ceil(run.seconds * run.rate);
  const customers = Math.ceil(requests / REQUESTS_A_CUSTOMER);
  const victims: Victims = { guessable: Math.ceil(customers / KINDS.length), overheard: 0 };
  const next = attacksOf(run.seed, victims);
  const asked: Promise<void>[] = [];
  const lives: Promise<Life>[] = [];
  const started = performance.now();
  for (let n = 0; n < requests; n += 1) {
    await sleep(Math.max(0, started + (n * 1_000) / run.rate - performance.now()));
    if (n === Math.floor(requests * WARM_AFTER)) seen.warm = memory();
    if (n % REQUESTS_A_CUSTOMER === 0) {
      const life = await arrive(shop, n / REQUESTS_A_CUSTOMER, victims);
      lives.push(life());
    }
    asked.push(ask(shop, next(), seen));
  }
  await Promise.all(asked);
  const lived = await Promise.all(lives);
  await shop.settle();
  return lived;
};

/** Every link of every mail, followed where it is the hub's own. */
const followLinks = async (shop: Shop, seen: Seen): Promise<number> => {
  const links = new Set(
    (await shop.mails()).flatMap(({ html = "", text }) => `${html} ${text}`.match(LINK) ?? []),
  );
  for (const link of links) {
    const { pathname, hostname } = new URL(link);
    // Names of document types and fonts lead a reader nowhere.
    if (/(^|\.)w3\.org$/.test(hostname)) continue;
    if (strays(link)) seen.strayed.push(`${link} stands in a mail`);
    if (!pathname.startsWith("/l/")) continue;
    const { status, location } = await shop.anybody({ method: "GET", path: pathname });
    if (status >= 500) seen.failed.push(`${status}: GET ${pathname}`);
    if (strays(location)) seen.strayed.push(`${location}: a mail's link`);
  }
  return links.size;
};

const late = (after: number | null): boolean => after === null || after > ON_TIME_MS;
const slowest = (times: readonly (number | null)[]): string =>
  `95 in 100 within ${Math.round(
    percentile(
      times.map((time) => time ?? Number.POSITIVE_INFINITY),
      0.95,
    ),
  )} ms`;

const customerLines = (lives: readonly Life[], moved: number): readonly Line[] => {
  const receipts = lives.flatMap(({ receiptsAfter }) => receiptsAfter);
  const welcomes = lives.filter(({ known }) => known === "never").map(({ welcomeAfter }) => welcomeAfter);
  const left = lives.filter(({ unsubscribed }) => unsubscribed !== null);
  return [
    noted("honest customers", String(lives.length), `${welcomes.length} of them not named by the adversary`),
    exactly(
      "receipts to the customer's own address, on time",
      receipts.filter((after) => !late(after)).length,
      receipts.length,
    ),
    noted("  from order to receipt", slowest(receipts)),
    exactly(
      "welcomes of those not named, on time",
      welcomes.filter((after) => !late(after)).length,
      welcomes.length,
    ),
    noted("  from sign-up to welcome", slowest(welcomes)),
    exactly(
      "unsubscribes answered with 200",
      left.filter(({ unsubscribed }) => unsubscribed === 200).length,
      left.length,
    ),
    exactly("addresses moved", moved, 0),
  ];
};

const megabytes = (value: number): string => `${Math.round(value)} MB`;
const memoryLines = (before: Memory, warm: Memory, after: Memory): readonly Line[] => [
  noted("heap and resident memory at the start", `${megabytes(before.heap)}, ${megabytes(before.resident)}`),
  atMost("heap at the end", after.heap, before.heap + MORE_HEAP_MB, megabytes),
  noted("  after a third of the time", `${megabytes(warm.heap)}, ${megabytes(warm.resident)}`),
  atMost("resident memory at the end", after.resident, before.resident + MORE_MEMORY_MB, megabytes),
  atMost("  more than after a third", after.resident - warm.resident, MORE_ONCE_WARM_MB, megabytes),
];

/** Lets the adversary loose on a hub of its own. Gives the table, and each finding in words. */
export const runAdversary = async (
  run: AdversaryRun,
): Promise<{ readonly lines: readonly Line[]; readonly findings: readonly string[] }> => {
  const shop = await openShop();
  try {
    const seen: Seen = { requests: 0, accepted: 0, failed: [], strayed: [], told: [], warm: null };
    const before = memory();
    const lives = await attack(shop, run, seen);
    const after = memory();
    const links = await followLinks(shop, seen);
    const moved: string[] = [];
    for (const life of lives) {
      for (const address of await movedTo(shop, life)) moved.push(`${life.userId}: ${address}`);
    }
    const dead = await shop.deadLetters();
    return {
      lines: [
        noted("requests of the adversary", String(seen.requests), `${seen.accepted} of them accepted`),
        ...customerLines(lives, moved.length),
        exactly("answers with 5xx", seen.failed.length, 0),
        exactly("links and redirects to foreign hosts", seen.strayed.length, 0),
        noted("  links in mails", String(links)),
        exactly("slots that tell two ids apart", seen.told.length, 0),
        noted("dead letters", String(dead.length), [...new Set(dead)].join(", ")),
        exactly("dead letters without a reason", dead.filter((reason) => !reason).length, 0),
        ...memoryLines(before, seen.warm ?? before, after),
      ],
      findings: [...seen.failed, ...seen.strayed, ...seen.told, ...moved, ...lives.flatMap(faultsOf)],
    };
  } finally {
    await shop.stop();
  }
};

const faultsOf = ({ userId, known, welcomeAfter, receiptsAfter, unsubscribed }: Life): readonly string[] => [
  ...receiptsAfter.filter(late).map((after) => `${userId}: a receipt after ${after} ms`),
  ...(known === "never" && late(welcomeAfter) ? [`${userId}: the welcome after ${welcomeAfter} ms`] : []),
  ...(unsubscribed === null || unsubscribed === 200
    ? []
    : [`${userId}: unsubscribe answered ${unsubscribed}`]),
];
