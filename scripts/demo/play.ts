import { LOCAL_SECRET_KEY } from "#infra/local/state/local-keys.ts";
import { writeLetters } from "./letters.ts";
import { DAYS, monthOf, SHOP, STEPS, type Visit } from "./month.ts";

/*
 * Plays the month through a hub as a shop would: events, decisions for its page and its telephone, and what providers and
 * customers answer. Nothing is written past the API.
 */

type Json = Readonly<Record<string, unknown>>;
type Mail = { readonly messageId: string; readonly to: string; readonly channel: string };
type Chosen = { readonly action: string };
type Decision = { readonly decisionId: string; readonly actions: readonly Chosen[] };

const SEED = 20_261_130;
const PEOPLE = 40;
const STEP_MS = (24 * 3_600_000) / STEPS;
export const MONTH_MS = DAYS * 24 * 3_600_000;

const caller = (url: string) => async (method: string, path: string, body?: unknown) => {
  const answer = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${LOCAL_SECRET_KEY}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`the demo's ${method} ${path} was answered ${answer.status}: ${text}`);
  return text === "" ? {} : JSON.parse(text);
};
type Call = ReturnType<typeof caller>;

const track = ({ person }: Visit, event: string, properties: Json): Json => ({
  type: "track",
  userId: person.userId,
  event,
  properties,
});

/** What a visit tells the hub, in the order in which it happens. */
const eventsOf = (visit: Visit, step: number): readonly Json[] => {
  const { person, viewed, carted } = visit;
  const order = { order_id: `${person.userId}-${step}`, total: carted?.price, products: [carted] };
  return [
    ...(visit.isFirst
      ? [
          { type: "identify", userId: person.userId, traits: person.traits },
          ...person.agrees.map((channel) =>
            track(visit, "Consent Changed", {
              ...{ channel, topic: "marketing", status: "granted" },
              ...{ kind: "express", source: "sign-up form" },
            }),
          ),
          track(visit, "Signed Up", {}),
        ]
      : []),
    ...viewed.map((product) => track(visit, "Product Viewed", product)),
    ...(carted === null ? [] : [track(visit, "Product Added", { ...carted, quantity: 1 })]),
    ...(visit.buys ? [track(visit, "Order Completed", { ...order, revenue: carted?.price })] : []),
    ...(visit.calls ? [track(visit, "Ticket Created", { ticket_id: `t-${person.userId}-${step}` })] : []),
  ];
};

/** The page asks what to show, and tells when it is liked; the telephone asks for those who want to leave. */
const askFor = async (call: Call, visit: Visit): Promise<void> => {
  const customer = `userId:${visit.person.userId}`;
  const hero: Decision = await call("POST", "/v1/decisions", { customer, placement: "web.home.hero" });
  const [shown] = hero.actions;
  const report = (decision: Decision, chosen: Chosen, outcome: string, value?: number) =>
    call("POST", "/v1/outcomes", {
      decisionId: decision.decisionId,
      action: chosen.action,
      outcome,
      ...(value === undefined ? {} : { value }),
    });
  if (shown !== undefined) {
    await report(hero, shown, "shown");
    // A subscription is liked more by those who come often: something to learn.
    const liked = visit.person.keen * (shown.action === "hero-subscription" ? 0.45 : 0.25);
    if (visit.mood < liked) await report(hero, shown, visit.mood < liked / 3 ? "accepted" : "clicked", 3);
  }
  if (!visit.calls) return;
  const kept: Decision = await call("POST", "/v1/decisions", { customer, placement: "call.retention" });
  const [offered] = kept.actions;
  if (offered !== undefined) await report(kept, offered, visit.mood < 0.5 ? "accepted" : "refused");
};

/** A number in [0, 1) that is the same for the same text, whatever else happens. */
const chance = (text: string): number => {
  let hash = 2_166_136_261;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  return (hash >>> 0) / 2 ** 32;
};

/** What became of what left since: most is delivered, much of it opened, some clicked, now and then one bounces. */
const answerMail = async (call: Call, seen: Set<string>, step: number): Promise<void> => {
  const { items } = (await call("GET", "/_local/outbox?limit=100")) as { readonly items: readonly Mail[] };
  const fresh = items.filter(({ messageId }) => !seen.has(messageId));
  for (const { messageId } of fresh) seen.add(messageId);
  await Promise.all(fresh.map((mail) => answerOne(call, mail, chance(`${mail.to} ${step} ${mail.channel}`))));
};

const answerOne = async (call: Call, { messageId, channel }: Mail, luck: number): Promise<void> => {
  const feedback = (type: string) => call("POST", "/_local/feedback", { messageId, type });
  if (luck > 0.985) {
    await feedback("bounced");
    return;
  }
  await feedback("delivered");
  if (channel !== SHOP.mail.channel) return;
  if (luck < 0.45) await feedback("opened");
  if (luck < 0.14) await feedback("clicked");
};

type Played = { readonly people: number; readonly visits: number; readonly messages: number };

/** Plays the month on a hub whose clock stands `MONTH_MS` in the past. It ends now. */
export const playMonth = async (url: string): Promise<Played> => {
  const call = caller(url);
  const month = monthOf(SEED, PEOPLE);
  const answered = new Set<string>();
  const begin = Date.now() - MONTH_MS;
  /** Time moves forward only: it has gone on while we played. */
  const setClock = async (to: number): Promise<void> => {
    const { now } = (await call("GET", "/_local/clock")) as { readonly now: string };
    if (Date.parse(now) < to) await call("POST", "/_local/clock", { set: new Date(to).toISOString() });
  };
  let visits = 0;
  for (const [step, visitors] of month.entries()) {
    const batch = visitors.flatMap((visit) => eventsOf(visit, step));
    const named = batch.map((event, place) => ({ ...event, messageId: `demo-${step}-${place}` }));
    if (named.length > 0) await call("POST", "/v1/batch", { batch: named });
    // Events are applied before the page asks: it is shown a moment later.
    await call("POST", "/_local/clock", { advance: "PT1M" });
    await Promise.all(visitors.map((visit) => askFor(call, visit)));
    await answerMail(call, answered, step);
    await setClock(begin + (step + 1) * STEP_MS);
    visits += visitors.length;
  }
  await setClock(Date.now());
  await writeLetters(call);
  return { people: PEOPLE, visits, messages: answered.size };
};
