import { setTimeout as sleep } from "node:timers/promises";
import { type Client, inParallel, succeed } from "../../measure/client.ts";
import { BENCH_PLAYBOOK } from "./playbook.ts";

type OutboxItem = {
  readonly subject?: string;
  readonly to: string;
  readonly at: string;
  readonly messageId: string;
};

/** Uploads a playbook, by default the bench's, and waits until every process knows that it is live. */
export const publishBench = async (client: Client, files = BENCH_PLAYBOOK): Promise<void> => {
  const uploaded = succeed(await client.api("POST", "/v1/playbooks", { files }));
  const { version } = JSON.parse(uploaded.body);
  succeed(await client.api("POST", `/v1/playbooks/${version}/publish`));
  // The pointer is cached for at most 5 s.
  await sleep(5_500);
};

/** Moves the hub's clock on (`later`: ISO-8601 duration) and waits until all queues are empty and no function works. */
export const settle = async (client: Client, later = "PT0S"): Promise<void> => {
  succeed(await client.api("POST", "/_local/clock", { advance: later }));
};

/** All messages that the hub has sent, over all pages. */
export const outbox = async (client: Client): Promise<OutboxItem[]> => {
  const items: OutboxItem[] = [];
  let cursor: string | null = null;
  do {
    const search: URLSearchParams = new URLSearchParams({
      limit: "100",
      ...(cursor === null ? {} : { cursor }),
    });
    const page: { items: OutboxItem[]; cursor: string | null } = JSON.parse(
      succeed(await client.api("GET", `/_local/outbox?${search}`)).body,
    );
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== null);
  return items;
};

const view = (run: string, customer: string, n: number) => ({
  type: "track",
  event: "Viewed",
  userId: customer,
  messageId: `view-${run}-${n}`,
  properties: { price: (n % 90) + 1, name: "a thing to look at", category: "things" },
});

/** Events a second. */
export type Rates = { readonly accepted: number; readonly applied: number };

/** Whose the n-th event of a run is. */
export type CustomerOf = (n: number) => string;

/** Each request has customers of its own whom nobody knew before: one for every four of its events. */
export const newcomers =
  (run: string, perRequest: number): CustomerOf =>
  (n) =>
    `${run}-${Math.floor(n / perRequest)}-${(n % perRequest) % Math.ceil(perRequest / 4)}`;

/** The same so many customers again and again, one after another. */
export const inTurn =
  (customers: number): CustomerOf =>
  (n) =>
    `turn-${n % customers}`;

export type Load = {
  readonly run: string;
  readonly perRequest: number;
  readonly width: number;
  readonly customerOf: CustomerOf;
  /** So many requests, or as many as are answered in so long. */
  readonly until: { readonly requests: number } | { readonly seconds: number };
};

/** Sends events, as fast as they are taken, and gives how many a second were accepted, and how many applied. */
export const throughput = async (client: Client, load: Load): Promise<Rates & { total: number }> => {
  const { run, perRequest, width, customerOf, until } = load;
  const started = performance.now();
  const most = "requests" in until ? until.requests : Number.POSITIVE_INFINITY;
  const isOver = (): boolean => "seconds" in until && performance.now() - started > until.seconds * 1_000;
  let requests = 0;
  await inParallel(width, width, async () => {
    while (requests < most && !isOver()) {
      const first = requests * perRequest;
      requests += 1;
      const events = Array.from({ length: perRequest }, (_, n) =>
        view(run, customerOf(first + n), first + n),
      );
      const body = perRequest === 1 ? events[0] : { batch: events };
      succeed(await client.collect(perRequest === 1 ? "track" : "batch", body));
    }
  });
  const accepted = performance.now() - started;
  await settle(client);
  const applied = performance.now() - started;
  const total = requests * perRequest;
  return { total, accepted: (total / accepted) * 1_000, applied: (total / applied) * 1_000 };
};

/** Makes `count` customers with an e-mail address, `<prefix>0` and so on. */
export const introduce = async (client: Client, prefix: string, count: number): Promise<void> => {
  const people = Array.from({ length: count }, (_, n) => ({
    type: "identify",
    userId: `${prefix}${n}`,
    messageId: `intro-${prefix}${n}`,
    traits: { email: `${prefix}${n}@example.com`, firstName: "Kim" },
  }));
  for (let at = 0; at < count; at += 100) {
    succeed(await client.collect("batch", { batch: people.slice(at, at + 100) }));
  }
  await settle(client);
};

const ping = (userId: string, n: number) => ({
  type: "track",
  event: "Ping",
  userId,
  messageId: `ping-${userId}-${n}`,
  properties: { n },
});

/** Sends triggering events at a steady pace. Gives, for each, the milliseconds until its mail went to the provider. */
export const mailLatencies = async (client: Client, count: number, perSecond: number): Promise<number[]> => {
  await introduce(client, "pace", count);
  const sent = new Map<string, number>();
  await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      await sleep((n * 1_000) / perSecond);
      sent.set(`Pong ${n}`, Date.now());
      succeed(await client.collect("track", ping(`pace${n}`, n)));
    }),
  );
  await settle(client);
  const mails = (await outbox(client)).filter((mail) => mail.to.startsWith("pace"));
  return mails.map((mail) => Date.parse(mail.at) - (sent.get(mail.subject ?? "") ?? Number.NaN));
};

/** Sends `count` triggering events at once. Gives the seconds until the last mail, and how many mails there were. */
export const burst = async (client: Client, count: number): Promise<{ seconds: number; mails: number }> => {
  await introduce(client, "burst", count);
  const started = Date.now();
  await inParallel(count / 100, 16, async (index) => {
    const batch = Array.from({ length: 100 }, (_, n) => ping(`burst${index * 100 + n}`, index * 100 + n));
    succeed(await client.collect("batch", { batch }));
  });
  await settle(client);
  const mails = (await outbox(client)).filter((mail) => mail.to.startsWith("burst"));
  const last = Math.max(...mails.map((mail) => Date.parse(mail.at)));
  return { seconds: (last - started) / 1_000, mails: mails.length };
};

/** Sends `count` triggering events for one customer at the same time. Gives how many of them led to a message. */
export const oneCustomer = async (client: Client, count: number): Promise<number> => {
  await introduce(client, "single", 1);
  await inParallel(count, count, async (n) => {
    succeed(await client.collect("track", ping("single0", n)));
  });
  await settle(client);
  const mails = (await outbox(client)).filter((mail) => mail.to === "single0@example.com");
  return new Set(mails.map((mail) => mail.subject)).size;
};
