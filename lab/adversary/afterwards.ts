import { succeed } from "../measure/client.ts";
import { type Life, TEXTS } from "./customers.ts";
import type { Shop } from "./shop.ts";
import { addressOf, phoneOf } from "./words.ts";

type Told = {
  readonly addresses: readonly { readonly channel: string; readonly value: string }[];
  readonly consent: readonly {
    readonly channel: string;
    readonly topic: string;
    readonly status: string;
    readonly source: string;
  }[];
};
type Happened = { readonly id: string; readonly name?: string; readonly standing?: string };

const read = async (shop: Shop, path: string) => JSON.parse(succeed(await shop.client.api("GET", path)).body);
const refOf = ({ userId }: Life): string => encodeURIComponent(`userId:${userId}`);

/** What only a stop that somebody wrote can say. */
const BY_WORD = "keyword";

/** The addresses on any channel that the customer did not give, in words. */
const movedTo = ({ userId }: Life, { addresses }: Told): readonly string[] => {
  const own = [addressOf(userId), phoneOf(userId)];
  const others = addresses.filter(({ value }) => !own.includes(value));
  const lost = own.filter((value) => !addresses.some((one) => one.value === value));
  return [
    ...others.map(({ channel, value }) => `${channel} ${value}`),
    ...lost.map((value) => `without ${value}`),
  ];
};

/** Consent that somebody's forged stop or start changed. Of whom the adversary names, it may withdraw by the write key. */
const changedConsent = ({ known }: Life, { consent }: Told): readonly string[] => {
  const byWord = consent.filter(({ source }) => source === BY_WORD).map((one) => JSON.stringify(one));
  const holds = consent.some(({ channel, status }) => channel === TEXTS && status === "granted");
  return [...byWord, ...(known !== "never" || holds ? [] : [`${TEXTS} is not granted`])];
};

const isBroughtIn = ({ name, standing }: Happened): boolean =>
  name === "message.received" && standing !== "public";

/** Messages on a timeline that nobody wrote: customers here write none. */
const forgedFor = async (shop: Shop, life: Life): Promise<readonly string[]> => {
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const search = new URLSearchParams({ limit: "100", ...(cursor === null ? {} : { cursor }) });
    const page: { items: Happened[]; cursor?: string | null } = await read(
      shop,
      `/v1/profiles/${refOf(life)}/timeline?${search}`,
    );
    found.push(...page.items.filter(isBroughtIn).map(({ id }) => id));
    cursor = page.cursor ?? null;
  } while (cursor !== null);
  return found;
};

/** What was done to customers, a text for each thing. */
export type Harm = {
  readonly moved: readonly string[];
  readonly consent: readonly string[];
  /** Messages that nobody wrote, on timelines and in conversations. */
  readonly forged: readonly string[];
};

/** Looks at every customer once all is done. */
export const lookAfterwards = async (shop: Shop, lives: readonly Life[]): Promise<Harm> => {
  const harm = { moved: [] as string[], consent: [] as string[], forged: [] as string[] };
  for (const life of lives) {
    const said = (what: string): string => `${life.userId}: ${what}`;
    const told: Told = await read(shop, `/v1/profiles/${refOf(life)}`);
    harm.moved.push(...movedTo(life, told).map(said));
    harm.consent.push(...changedConsent(life, told).map(said));
    harm.forged.push(...(await forgedFor(shop, life)).map(said));
  }
  const { items }: { items: object[] } = await read(shop, "/v1/conversations");
  harm.forged.push(...items.map((row) => `a conversation: ${JSON.stringify(row)}`));
  return harm;
};
