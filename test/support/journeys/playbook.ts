import { TEST_FILES, testPlaybook } from "../playbook/files.ts";

const MODEL = `
traits: { email: string, firstName: string, onboarded: boolean, renewal: date, signed: date and time, timeZone: string, note: string }
computed:
  orders: { kind: count, event: Order Completed }
events:
  Signed Up: { plan: string }
  Product Viewed: { category: string }
  Order Completed: { order_id: string, total: number }
  Order Shipped: { order_id: string }
  Onboarded: { plan: string }
`;
const HELLO = "category: marketing\nplacements: [journey.hello]\ntreatments: [{ channel: email }]\n";
const MAIL = "---\nsubject: Hello\n---\n<p>Hello</p>\n";

/** A small shop with one journey, `first-weeks`: its steps, and what stands above them. */
export const journeyPlaybook = (
  steps: string,
  head = "enter: { on: Signed Up }",
  more: Record<string, string> = {},
) =>
  testPlaybook({
    "data-model.yaml": MODEL,
    "segments.yaml": "buyer: customer.orders >= 1\n",
    "triggers.yaml": "welcome: { on: Signed Up }\n",
    "playbook.yaml": `${TEST_FILES["playbook.yaml"]}  journey.hello: {}\n`,
    "actions/cart-reminder.yaml": null,
    "actions/order-confirmation.yaml": null,
    "templates/cart-reminder/email.html": null,
    "templates/cart-reminder/sms.txt": null,
    "templates/order-confirmation/email.html": null,
    "actions/hello.yaml": HELLO,
    "templates/hello/email.html": MAIL,
    "journeys/first-weeks.yaml": `${head}\nsteps:\n${steps.replace(/^/gm, "  ")}\n`,
    ...more,
  });
