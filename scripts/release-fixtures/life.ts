import type { FixtureHub } from "./hub.ts";
import { pathsIn } from "./tokens.ts";

const BAG = { product_id: "p1", name: "Harbour Blend", category: "Coffee", price: 24.5, quantity: 1 };
const GRINDER = { product_id: "p2", name: "Grinder", category: "Equipment", price: 89, quantity: 1 };

const MOST_TRIES = 100;

/** Express consent to marketing, as a form on a website sends it. */
export const consentTo = (hub: FixtureHub, userId: string, channel: string, status = "granted") =>
  hub.track(userId, "Consent Changed", {
    channel,
    topic: "marketing",
    status,
    kind: "express",
    source: "form",
  });

/** Somebody who can be reached on the given channels and said yes to marketing on each. */
export const introduce = async (
  hub: FixtureHub,
  userId: string,
  traits: object,
  device?: { readonly token: string; readonly type: string },
): Promise<void> => {
  await hub.collect("identify", {
    userId,
    traits,
    ...(device === undefined ? {} : { context: { device } }),
  });
  const channels = [
    "email",
    ...("phone" in traits ? ["sms"] : []),
    ...(device === undefined ? [] : ["push"]),
  ];
  for (const channel of channels) await consentTo(hub, userId, channel);
  await hub.settle();
};

export const order = (hub: FixtureHub, userId: string, orderId: string, total = BAG.price) =>
  hub.tell(userId, "Order Completed", { order_id: orderId, total, currency: "EUR", products: [BAG] });

/** An anonymous visitor who becomes known, looks, fills a cart, buys, and is told what she wants to hear. */
const kim = async (hub: FixtureHub): Promise<void> => {
  await introduce(
    hub,
    "kim",
    {
      email: "kim@example.com",
      phone: "+12025550143",
      firstName: "Kim",
      birthday: "1990-04-02",
      city: "Oslo",
    },
    { token: "token-kim", type: "ios" },
  );
  for (const name of ["Harbour Blend", "Lighthouse Roast"]) {
    await hub.track({ anonymousId: "visitor-kim" }, "Product Viewed", { ...BAG, name });
  }
  await hub.settle();
  await hub.collect("identify", { userId: "kim", anonymousId: "visitor-kim", traits: { lastName: "Reyes" } });
  await hub.track("kim", "Signed Up");
  await hub.settle();
  const [welcome] = await hub.outbox("?to=kim@example.com");
  if (welcome === undefined) throw new Error("kim was not welcomed");
  await hub.feedback(welcome.messageId, "delivered");
  const { click, open } = pathsIn(welcome);
  await hub.visit(open ?? "");
  await hub.visit(click ?? "");
  for (const id of ["A-1", "A-2", "A-3"]) {
    await order(hub, "kim", id);
    await hub.advance("PT6H");
  }
  await hub.tell("kim", "Order Shipped", { order_id: "A-3", carrier: "DHL" });
  const named = { to: "userId:kim", category: "transactional" };
  await hub.send({ to: "userId:kim", category: "marketing", channel: "email", treatment: "win-back-offer" });
  await hub.send({ ...named, channel: "sms", content: { text: "Your code is 1234" } });
  await hub.send({ ...named, channel: "push", content: { title: "Your parcel", body: "It is there" } });
  await hub.settle();
};

/** In German; forgets a cart, is reminded in one of two wordings, and buys. */
const sam = async (hub: FixtureHub): Promise<void> => {
  await introduce(hub, "sam", {
    email: "sam@example.com",
    firstName: "Sam",
    locale: "de",
    timeZone: "Europe/Berlin",
  });
  await hub.track("sam", "Product Added", GRINDER);
  await hub.advance("PT2H");
  await order(hub, "sam", "B-1", 113.5);
  await order(hub, "sam", "B-2");
  await hub.settle();
};

/** Two who share a mailbox: it is contested. */
const adaAndBea = async (hub: FixtureHub): Promise<void> => {
  for (const userId of ["ada", "bea"]) {
    await hub.collect("identify", { userId, traits: { email: "family@example.com", firstName: userId } });
    await hub.settle();
  }
};

/** One whose mailbox is gone, one who complains, one who unsubscribes. */
const boLeeAndMax = async (hub: FixtureHub): Promise<void> => {
  for (const userId of ["bo", "lee", "max"]) {
    await introduce(hub, userId, { email: `${userId}@example.com`, firstName: userId });
    await hub.track(userId, "Signed Up");
    await hub.settle();
    const [welcome] = await hub.outbox(`?to=${userId}@example.com`);
    if (welcome === undefined) throw new Error(`${userId} was not welcomed`);
    if (userId === "bo") await hub.feedback(welcome.messageId, "bounced");
    if (userId === "lee") await hub.feedback(welcome.messageId, "complained");
    if (userId === "max") await hub.visit(pathsIn(welcome).unsubscribe ?? "", "List-Unsubscribe=One-Click");
    await hub.settle();
  }
  // Policy refuses it: a message that ends as rejected.
  await hub.send({
    to: "userId:max",
    category: "marketing",
    content: { subject: "News", text: "Read this" },
  });
};

/** Asks until one of the few places of the evening for good customers is held for kim: the choice explores. */
const takePlace = async (hub: FixtureHub): Promise<void> => {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const { actions } = await hub.decide("userId:kim", "web.home.hero");
    if (actions[0]?.action === "hero-vip-evening") return;
  }
  throw new Error("kim was never shown the evening");
};

/** What a page and an agent asked, for somebody known and for nobody, and what came of it. */
const pagesAndCalls = async (hub: FixtureHub): Promise<void> => {
  const hero = { context: { device: "phone" } };
  await hub.outcome(await hub.decide("userId:kim", "web.home.hero", hero), "clicked");
  await hub.outcome(await hub.decide("userId:sam", "web.home.hero", hero), "dismissed");
  await hub.decide("anonymousId:stranger", "web.home.hero", hero);
  await takePlace(hub);
  await hub.outcome(await hub.decide("userId:kim", "call.retention"), "accepted");
  await hub.outcome(await hub.decide("userId:sam", "call.retention"), "refused");
  await hub.settle();
};

/** A newsletter whose sender died between the provider's answer and its own record: nobody knows whether it left. */
const uncertain = async (hub: FixtureHub): Promise<void> => {
  await introduce(hub, "una", { email: "una@example.com", firstName: "Una" });
  await hub.fault({ target: "ses:SendEmail", kind: "crash", at: "after", times: 1 });
  await hub.send({
    to: "userId:una",
    category: "marketing",
    content: { subject: "News", text: "Read this" },
  });
  await hub.advance("PT4M");
};

/** Simulations that are done: over the log, and over people made up in the request. */
const simulations = async (hub: FixtureHub): Promise<void> => {
  await hub.api("POST", "/v1/playbooks/current/simulate", {});
  await hub.api("POST", "/v1/playbooks/current/simulate", {
    profiles: [{ traits: { loyaltyTier: "gold" } }, { traits: {} }],
    placements: ["web.home.hero"],
  });
  await hub.settle();
};

/** Some days of a shop: everything that happens here is over when the last release is stopped. */
export const liveThrough = async (hub: FixtureHub): Promise<void> => {
  await kim(hub);
  await sam(hub);
  await adaAndBea(hub);
  await boLeeAndMax(hub);
  await pagesAndCalls(hub);
  await uncertain(hub);
  await simulations(hub);
};
