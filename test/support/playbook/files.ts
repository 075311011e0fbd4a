import { compilePlaybook } from "#domain/playbook/compile/compile.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { type PlaybookFiles, playbookVersion } from "#domain/playbook/model/version.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import type { RenderMjml } from "#domain/playbook/read/sources.ts";

/** A small shop: one segment, one trigger, one marketing mail, one web slot. Overrides replace whole files. */
export const TEST_FILES: PlaybookFiles = {
  "playbook.yaml": `
name: test
brand:
  name: Test Shop
  website: https://shop.example
  postalAddress: 1 Test Street, 12345 Testville
  supportContact: help@shop.example
  locale: en
  timeZone: UTC
channels:
  email: { provider: ses, from: Test Shop <hello@shop.example> }
  push: { provider: pinpoint }
  sms: { provider: end-user-messaging, from: "+15550100" }
  web: {}
placements:
  web.home.hero: { limit: 2, channels: [web] }
`,
  "data-model.yaml": `
traits:
  email: string
  phone: string
  firstName: string
  locale: string
  timeZone: string
  age: number
computed:
  orders: { kind: count, event: Order Completed }
  spent: { kind: sum, event: Order Completed, property: total }
  recentViews: { kind: count, event: Product Viewed, window: P7D }
events:
  Signed Up: {}
  Product Viewed: { product_id: string, name: string, price: number }
  Product Added: { product_id: string, name: string, price: number }
  Order Completed: { order_id: string, total: number, products: list }
`,
  "contact-policy.yaml": `
categories:
  marketing: { consent: express }
  service: { consent: implied }
  transactional: { consent: none, transactional: true }
`,
  "segments.yaml": "vip: customer.orders >= 3\n",
  "triggers.yaml": `
welcome: { on: Signed Up }
cart-abandoned: { on: Product Added, after: PT1H, unless: Order Completed }
order-confirmed: { on: Order Completed, if: event.total > 0 }
`,
  "actions/welcome.yaml": `
category: marketing
placements: [trigger.welcome]
eligible: customer.orders = null or customer.orders = 0
value: 10
treatments: [{ channel: email }]
`,
  "actions/cart-reminder.yaml": `
category: marketing
placements: [trigger.cart-abandoned]
value: event.price
treatments: [{ channel: email }, { channel: sms }]
`,
  "actions/order-confirmation.yaml": `
category: transactional
placements: [trigger.order-confirmed]
treatments: [{ channel: email }]
`,
  "actions/hero.yaml": `
category: marketing
placements: [web.home.hero]
treatments: [{ channel: web, content: { headline: "Hello {{ customer.firstName }}" } }]
`,
  "templates/welcome/email.html": `---
subject: Welcome, {{ customer.firstName | default: "friend" }}
---
<p>Hello {{ customer.firstName }}, <a href="https://shop.example/start">start here</a>.</p>
`,
  "templates/cart-reminder/email.html": "---\nsubject: Your cart\n---\n<p>{{ event.name }} is waiting.</p>\n",
  "templates/cart-reminder/sms.txt": "Your cart is waiting: https://shop.example/cart\n",
  "templates/order-confirmation/email.html":
    "---\nsubject: Order {{ event.order_id }}\n---\n<p>Thank you. Total: {{ event.total }}</p>\n",
};

/**
 * Findings about a test's own files: by the test playbook anybody may cause every message, and it has no caps, so that flows
 * need neither a server's key nor time between messages.
 */
export const ownFindings = <T extends { readonly code: string }>(findings: readonly T[]): readonly T[] =>
  findings.filter(({ code }) => code !== "unbounded-trigger");

const noMjml: RenderMjml = async (source) => ({ html: source, problems: [] });

/**
 * A compiled playbook for tests, from `TEST_FILES` with some files replaced, added, or (null) taken away.
 * Throws with file, line and column when the outcome is not valid. MJML is not rendered.
 */
export const testPlaybook = async (
  overrides: Readonly<Record<string, string | null>> = {},
): Promise<CompiledPlaybook> => {
  const files = testFiles(overrides);
  const { document, errors } = await parsePlaybook(files, noMjml);
  if (document) return compilePlaybook(playbookVersion(files), document);
  throw new Error(
    errors
      .map(
        ({ file, line, column, message, expected }) => `${file}:${line}:${column} ${message} (${expected})`,
      )
      .join("\n"),
  );
};

/** The files themselves, for tests of uploading. */
export const testFiles = (overrides: Readonly<Record<string, string | null>> = {}): PlaybookFiles => {
  const files: Record<string, string> = {};
  for (const [path, text] of Object.entries({ ...TEST_FILES, ...overrides })) {
    if (text !== null) files[path] = text;
  }
  return files;
};
