/** The workload that the budgets are stated for: 100-event batches over 25 customers, about 4 KB of state each. */
const CUSTOMERS_PER_BATCH = 25;
export const EVENTS_PER_BATCH = 100;
/** One event in twenty matches a trigger. */
const TRIGGER_EVERY = 20;

/** Customers who return in turn: each event of a batch is another's. */
export const RETURNING = 1_000;

type Event = Record<string, unknown>;

const id = (run: string, batch: number, n: number): string => `${run}-${batch}-${n}`;
const customer = (run: string, batch: number, n: number): string => id(run, batch, n % CUSTOMERS_PER_BATCH);

const introduction = (userId: string): Event => ({
  type: "identify",
  userId,
  messageId: `intro-${userId}`,
  traits: {
    email: `${userId}@example.com`,
    firstName: "Kim",
    city: "Hamburg",
    loyaltyTier: "silver",
    ...Object.fromEntries(Array.from({ length: 6 }, (_, trait) => [`preference${trait}`, "x".repeat(60)])),
  },
});

/** Gives every customer of a batch an address and traits. With the recent past and computed traits these become 4 KB. */
export const introductions = (run: string, batch: number): Event[] =>
  Array.from({ length: CUSTOMERS_PER_BATCH }, (_, n) => introduction(customer(run, batch, n)));

const browsed = {
  list_id: "coffee",
  category: "Coffee",
  products: [{ product_id: "P-100", sku: "P-100-250", name: "Harbour Blend", price: 12.5 }],
};

/** One batch of browsed lists. With `triggers` one event in twenty is a shipped parcel, which triggers a message. */
export const events = (run: string, batch: number, triggers: boolean): Event[] =>
  Array.from({ length: EVENTS_PER_BATCH }, (_, n) => {
    const shipped = triggers && n % TRIGGER_EVERY === TRIGGER_EVERY - 1;
    return {
      type: "track",
      event: shipped ? "Order Shipped" : "Product List Viewed",
      userId: customer(run, batch, n),
      messageId: `event-${id(run, batch, n)}-${triggers}`,
      properties: shipped ? { order_id: id(run, batch, n), carrier: "post" } : browsed,
    };
  });

const returning = (run: string, number: number): string => `${run}-returning-${number % RETURNING}`;

/** As `introductions`, for customers who return: a tenth of them. */
export const introductionsOfReturning = (run: string, batch: number): Event[] =>
  Array.from({ length: EVENTS_PER_BATCH }, (_, n) =>
    introduction(returning(run, batch * EVENTS_PER_BATCH + n)),
  );

/** One batch of browsed lists, each by another of the customers who return in turn. */
export const returningEvents = (run: string, batch: number): Event[] =>
  Array.from({ length: EVENTS_PER_BATCH }, (_, n) => ({
    type: "track",
    event: "Product List Viewed",
    userId: returning(run, batch * EVENTS_PER_BATCH + n),
    messageId: `returning-${id(run, batch, n)}`,
    properties: browsed,
  }));

/** One event that triggers a message, for a customer already introduced. */
export const triggering = (run: string): Event => ({
  type: "track",
  event: "Order Shipped",
  userId: customer(run, 0, 1),
  messageId: `alone-${run}`,
  properties: { order_id: "alone", carrier: "post" },
});

/** People who allow mail and then sign up. Each gets a welcome, and the retail playbook learns from it. */
export const READERS = 20;
const reader = (run: string, n: number): string => `${run}-reader-${n}`;
/** The readers' addresses and their consent. */
export const readers = (run: string): Event[] =>
  Array.from({ length: READERS }, (_, n) => reader(run, n)).flatMap((userId) => [
    { type: "identify", userId, traits: { email: `${userId}@example.com` } },
    {
      type: "track",
      event: "Consent Changed",
      userId,
      properties: {
        channel: "email",
        topic: "marketing",
        status: "granted",
        kind: "express",
        source: "form",
      },
    },
  ]);
/** The readers' sign-ups, one event each. */
export const signUps = (run: string): Event[] =>
  Array.from({ length: READERS }, (_, n) => ({ type: "track", event: "Signed Up", userId: reader(run, n) }));
