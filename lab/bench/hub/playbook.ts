/** The bench's playbook: every `Ping` triggers a message; other events only change profiles and segments. */
export const BENCH_PLAYBOOK: Readonly<Record<string, string>> = {
  "playbook.yaml": `
name: bench
brand:
  name: Bench
  website: https://bench.example
  postalAddress: 1 Bench Street, 12345 Benchville
  supportContact: help@bench.example
  locale: en
  timeZone: UTC
channels:
  email: { provider: ses, from: Bench <hello@bench.example> }
placements: {}
`,
  "data-model.yaml": `
traits:
  email: string
  firstName: string
computed:
  views: { kind: count, event: Viewed }
  spent: { kind: sum, event: Viewed, property: price }
  recentViews: { kind: count, event: Viewed, window: P7D }
events:
  Viewed: { price: number }
  Ping: { n: number }
`,
  "contact-policy.yaml": "categories:\n  transactional: { consent: none, transactional: true }\n",
  "segments.yaml": "busy: customer.recentViews > 3\nbig spender: customer.spent > 500\n",
  "triggers.yaml": "ping: { on: Ping }\n",
  "actions/pong.yaml":
    "category: transactional\nplacements: [trigger.ping]\ntreatments: [{ channel: email }]\n",
  "templates/pong/email.html":
    "---\nsubject: Pong {{ event.n }}\n---\n<p>Hello {{ customer.firstName }}, number {{ event.n }}.</p>\n",
};
