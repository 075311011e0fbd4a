import { compileAllRules, compilePlaybook } from "#domain/playbook/compile/compile.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { type PlaybookFiles, playbookVersion } from "#domain/playbook/model/version.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";

/** When nobody gets an offer, by the clocks of UTC, and how many a person gets. */
export type ShopPolicy = {
  readonly quiet: { readonly from: number; readonly to: number };
  readonly caps: readonly { readonly max: number; readonly days: number }[];
  /** Offers leave whoever waits for an answer; absent: they wait as well. */
  readonly holdsNothing?: true;
};
/** A publication is seen within this, in ms (invariant 6). */
export const POINTER_MS = 5_000;

/** What is published first, and what takes its place from time to time. */
export const POLICIES: readonly ShopPolicy[] = [
  {
    quiet: { from: 20, to: 8 },
    caps: [
      { max: 2, days: 1 },
      { max: 4, days: 7 },
    ],
    holdsNothing: true,
  },
  { quiet: { from: 16, to: 11 }, caps: [{ max: 1, days: 1 }] },
];

const hour = (value: number): string => `"${String(value).padStart(2, "0")}:00"`;

const contactPolicy = ({ quiet, caps, holdsNothing }: ShopPolicy): string => `
categories:
  marketing: { consent: express, confirm: double }
  transactional: { consent: none, transactional: true }
quietHours:
  - { from: ${hour(quiet.from)}, to: ${hour(quiet.to)}, channels: [email], categories: [marketing] }
caps:
${caps.map(({ max, days }) => `  - { name: ${max} in ${days}, max: ${max}, window: P${days}D, categories: [marketing], channels: [email] }`).join("\n")}
coolDowns:
  - { outcome: complained, for: P30D }
${holdsNothing === true ? "holdWhile: []" : ""}
`;

const action = (placement: string, more: string): string => `
placements: [trigger.${placement}]
treatments: [{ channel: email }]
${more}
`;
const offer = (placement: string): string =>
  action(placement, "category: marketing\nvalue: 5\nvalueToCustomer: 3\npropensity: 0.1");

const mail = (subject: string): string =>
  `---\nsubject: ${subject}\n---\n<p>Hello {{ customer.firstName }}, <a href="https://shop.example/">come in</a>.</p>\n`;

/** A small shop that uses what a retail playbook uses: triggers that wait and that do not, caps, quiet hours, learning, an experiment. */
const shopFiles = (policy: ShopPolicy): PlaybookFiles => ({
  "playbook.yaml": `
name: shop
brand:
  name: Shop
  website: https://shop.example
  postalAddress: 1 Test Street, 12345 Testville
  supportContact: help@shop.example
  locale: en
  timeZone: UTC
channels:
  email: { provider: ses, from: Shop <hello@shop.example> }
placements:
  journey.hello: {}
`,
  "data-model.yaml": `
traits: { email: string, firstName: string, note: string }
computed:
  orders: { kind: count, event: Order Completed }
  spent: { kind: sum, event: Order Completed, property: total }
  views7d: { kind: count, event: Product Viewed, window: P7D }
  seen: { kind: distinct, event: Product Viewed, property: product_id }
events:
  Signed Up: {}
  Product Viewed: { product_id: string }
  Product Added: { product_id: string }
  Order Completed: { order_id: string, total: number }
`,
  "contact-policy.yaml": contactPolicy(policy),
  "segments.yaml":
    "vip: { condition: customer.orders >= 3, report: true }\nbrowser: { condition: customer.views7d >= 2, report: true }\n",
  "triggers.yaml": `
welcome: { on: Signed Up }
browse-abandoned: { on: Product Viewed, if: customer.views7d >= 2, after: PT4H, unless: [Product Added, Order Completed] }
cart-abandoned: { on: Product Added, after: PT1H, unless: Order Completed }
order-confirmed: { on: Order Completed }
answered: { on: message.received }
vip-welcome: { on: segment.entered, if: event.segment = "vip" }
`,
  "learning.yaml": `
learner: counters
predictors: { orders: customer.orders }
outcomes: { clicked: 0.1 }
conversions: { Order Completed: 1 }
window: P7D
exploration: { method: inverse-gap, floor: 0.1, greed: 3 }
`,
  "experiments.yaml": `
silence:
  placements: [trigger.welcome, trigger.cart-abandoned]
  activeFrom: 2025-01-01
  activeTo: 2030-12-31
  variants: { mail: { weight: 3 }, nothing: { weight: 1, holdout: true } }
  goals: { Order Completed: 1 }
  window: P3D
`,
  "journeys/first-weeks.yaml": `
enter: { on: Signed Up, again: after P1D, whileInside: restart }
exit: [{ on: Order Completed, if: event.total > 50, as: converted }]
maxAge: P20D
steps:
  look: { waitFor: Product Viewed, within: PT6H, next: hello, otherwise: nudge }
  hello: { decide: journey.hello, next: rest, otherwise: part }
  part: { split: { one: 1, two: 1 }, one: rest, two: mark }
  mark: { set: { note: seen }, next: nudge }
  nudge: { decide: trigger.welcome, next: rest }
  rest: { wait: P1D, next: check }
  check: { branch: [{ if: customer.orders > 0, next: stop }], otherwise: last }
  last: { waitFor: Product Added, within: P2D, next: hello, otherwise: stop }
`,
  "journeys/orders.yaml": `
enter: { on: Order Completed, key: event.order_id, again: always, whileInside: parallel }
maxAge: P5D
steps:
  rest: { wait: PT3H, next: ask }
  ask: { decide: journey.hello, next: stop }
`,
  "actions/hello.yaml": `
placements: [journey.hello]
treatments: [{ channel: email }]
category: marketing
value: 5
valueToCustomer: 3
propensity: 0.1
`,
  "templates/hello/email.html": mail("Hello"),
  "actions/welcome.yaml": offer("welcome"),
  "actions/browse-reminder.yaml": offer("browse-abandoned"),
  "actions/cart-reminder.yaml": offer("cart-abandoned"),
  "actions/vip-welcome.yaml": offer("vip-welcome"),
  "actions/order-confirmation.yaml": action("order-confirmed", "category: transactional"),
  "actions/answer.yaml": action("answered", "category: transactional"),
  "templates/answer/email.html": mail("We have it"),
  "templates/welcome/email.html": mail("Welcome"),
  "templates/browse-reminder/email.html": mail("Have another look"),
  "templates/cart-reminder/email.html": mail("Your cart"),
  "templates/vip-welcome/email.html": mail("Among the best"),
  "templates/order-confirmation/email.html": mail("Order {{ event.order_id }}"),
});

/** Compiles a version of the shop for each policy. */
export const shopPlaybooks = (): Promise<readonly CompiledPlaybook[]> =>
  Promise.all(
    POLICIES.map(async (policy) => {
      const files = shopFiles(policy);
      const { document, errors } = await parsePlaybook(files, async (source) => ({
        html: source,
        problems: [],
      }));
      if (document === null) {
        throw new Error(errors.map(({ file, line, message }) => `${file}:${line} ${message}`).join("\n"));
      }
      const playbook = compilePlaybook(playbookVersion(files), document);
      compileAllRules(playbook);
      return playbook;
    }),
  );
