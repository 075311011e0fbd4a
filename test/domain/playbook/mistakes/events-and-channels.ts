import { type Mistake, MODEL, PLAYBOOK, TRIGGERS } from "./mistake.ts";

const preferring = (preferredChannel: string, trait = "likes: string"): Mistake["files"] => ({
  "playbook.yaml": `preferredChannel: ${preferredChannel}\n${PLAYBOOK.trimStart()}`,
  "data-model.yaml": MODEL.trimStart().replace("traits:", `traits:\n  ${trait}`),
});

export const MISTAKES_IN_EVENTS_AND_CHANNELS: readonly Mistake[] = [
  {
    what: "a preferred channel in a trait that nobody declared",
    files: preferring("{ trait: like }"),
    at: "playbook.yaml:1:28",
    code: "unknown-trait",
    expected: 'did you mean "likes"?',
  },
  {
    what: "a preferred channel in a trait that is no text",
    files: preferring("{ trait: age }"),
    at: "playbook.yaml:1:28",
    code: "wrong-type",
    expected: "string",
  },
  {
    what: "a preferred channel in a trait that is left out of the decision log",
    files: preferring("{ trait: likes }", "likes: { type: string, personal: true }"),
    at: "playbook.yaml:1:28",
    code: "contradiction",
    expected: "not personal",
  },
  {
    what: "a preferred channel that by default is none",
    files: preferring("{ trait: likes }", "likes: { type: string, default: emial }"),
    at: "data-model.yaml:2:35",
    code: "unknown-channel",
    expected: 'did you mean "email"?',
  },
  {
    what: "a preferred channel that counts for less than the others",
    files: preferring("{ trait: likes, weight: 0.5 }"),
    at: "playbook.yaml:1:43",
    code: "invalid-value",
  },
  {
    what: "a public placement that takes every channel",
    files: { "playbook.yaml": PLAYBOOK.trimStart().replace("channels: [web] }", "public: true }") },
    at: "playbook.yaml:15:38",
    code: "contradiction",
    expected: "channels: [web, app]",
  },
  {
    what: "a public placement of mails",
    files: {
      "playbook.yaml": PLAYBOOK.trimStart().replace(
        "channels: [web] }",
        "channels: [web, email], public: true }",
      ),
    },
    at: "playbook.yaml:15:62",
    code: "contradiction",
  },
  {
    what: "an unknown event",
    files: { "triggers.yaml": `${TRIGGERS}late: { on: Order Complete }\n` },
    at: "triggers.yaml:5:13",
    code: "unknown-event",
    expected: 'did you mean "Order Completed"?',
  },
  {
    what: "an unknown event in unless",
    files: {
      "triggers.yaml": TRIGGERS.replace("unless: Order Completed", "unless: [Order Completed, Product Aded]"),
    },
    at: "triggers.yaml:3:77",
    code: "unknown-event",
    expected: 'did you mean "Product Added"?',
  },
  {
    what: "unless without after",
    files: { "triggers.yaml": TRIGGERS.replace("after: PT1H, ", "") },
    at: "triggers.yaml:3:38",
    code: "unless-without-after",
  },
  {
    what: "a duration that is none",
    files: { "triggers.yaml": TRIGGERS.replace("PT1H", "1 hour") },
    at: "triggers.yaml:3:45",
    code: "invalid-value",
    expected: "PT30M",
  },
  {
    what: "a month, which has no fixed length",
    files: { "triggers.yaml": TRIGGERS.replace("PT1H", "P1M") },
    at: "triggers.yaml:3:45",
    code: "invalid-value",
    expected: "P7D",
  },
  {
    what: "a trigger that sets itself off",
    files: { "triggers.yaml": `${TRIGGERS}again: { on: message.sent, placement: trigger.welcome }\n` },
    at: "triggers.yaml:5:14",
    code: "trigger-circle",
    severity: "warning",
  },
  {
    what: "a trigger at whose placement nothing is offered",
    files: { "triggers.yaml": `${TRIGGERS}lonely: { on: Product Viewed }\n` },
    at: "triggers.yaml:5:1",
    code: "no-action",
    severity: "warning",
  },
  {
    what: "a trigger at whose placement nothing can be sent",
    files: { "triggers.yaml": `${TRIGGERS}hero: { on: Product Viewed, placement: web.home.hero }\n` },
    at: "triggers.yaml:5:1",
    code: "no-action",
    severity: "warning",
  },
  {
    what: "a computed trait over an unknown event",
    files: {
      "data-model.yaml": MODEL.replace(
        "{ kind: count, event: Product Viewed,",
        "{ kind: count, event: Produkt Viewed,",
      ),
    },
    at: "data-model.yaml:12:38",
    code: "unknown-event",
  },
  {
    what: "a computed trait that sums nothing",
    files: { "data-model.yaml": MODEL.replace(", property: total", "") },
    at: "data-model.yaml:11:10",
    code: "missing-field",
    expected: "a property",
  },
  {
    what: "a computed trait over an unknown property",
    files: { "data-model.yaml": MODEL.replace("property: total", "property: totl") },
    at: "data-model.yaml:11:57",
    code: "unknown-property",
    expected: 'did you mean "total"?',
  },
  {
    what: "an unknown type",
    files: { "data-model.yaml": MODEL.replace("age: number", "age: numbre") },
    at: "data-model.yaml:8:8",
    code: "invalid-value",
    expected: 'did you mean "number"?',
  },
  {
    what: "two identifiers of the same strength",
    files: {
      "data-model.yaml": `${MODEL}identifiers:\n  userId: { priority: 1, from: [userId] }\n  email: { priority: 1, from: [traits.email] }\n`,
    },
    at: "data-model.yaml:20:22",
    code: "contradiction",
  },
  {
    what: "a channel on which nobody has an address",
    files: {
      "data-model.yaml": `${MODEL}identifiers:\n  email: { priority: 1, from: [traits.email], channel: email }\n  phone: { priority: 2, from: [traits.phone], channel: sms }\n`,
    },
    at: "playbook.yaml:12:3",
    code: "no-address",
    severity: "warning",
  },
  {
    what: "an identifier where no event has it",
    files: { "data-model.yaml": `${MODEL}identifiers:\n  email: { priority: 1, from: [trait.email] }\n` },
    at: "data-model.yaml:19:32",
    code: "unknown-place",
    expected: "traits.x",
  },
  {
    what: "a treatment on a channel that its placement does not take",
    files: {
      "actions/hero.yaml":
        "category: marketing\nplacements: [web.home.hero]\ntreatments: [{ channel: web, content: {} }, { name: welcome, channel: sms, content: {} }]\n",
    },
    at: "actions/hero.yaml:3:71",
    code: "never-shown",
    severity: "warning",
  },
  {
    what: "an action that none of its placements can show",
    files: {
      "actions/hero.yaml":
        "category: marketing\nplacements: [web.home.hero]\ntreatments: [{ name: welcome, channel: sms, content: {} }]\n",
    },
    at: "actions/hero.yaml:3:40",
    code: "never-shown",
    expected: "web",
  },
  {
    what: "a placement that takes none of its action's treatments",
    files: {
      "actions/welcome.yaml":
        "category: marketing\nplacements: [trigger.welcome, web.home.hero]\ntreatments: [{ channel: email }]\n",
    },
    at: "actions/welcome.yaml:2:31",
    code: "nothing-to-show",
    expected: "a treatment for web",
    severity: "warning",
  },
  {
    what: "an unknown provider",
    files: { "playbook.yaml": PLAYBOOK.replace("provider: ses", "provider: sess") },
    at: "playbook.yaml:11:22",
    code: "unknown-provider",
    expected: 'did you mean "ses"?',
  },
  {
    what: "mail without a sender",
    files: { "playbook.yaml": PLAYBOOK.replace(", from: Test Shop <hello@shop.example>", "") },
    at: "playbook.yaml:11:10",
    code: "missing-field",
    expected: "a mail address",
  },
  {
    what: "an unknown time zone",
    files: { "playbook.yaml": PLAYBOOK.replace("timeZone: UTC", "timeZone: Europe/Berln") },
    at: "playbook.yaml:9:13",
    code: "invalid-value",
    expected: "IANA",
  },
  {
    what: "values of which none counts",
    files: { "playbook.yaml": `${PLAYBOOK}scoring: { valueToUs: 0, valueToCustomer: 0 }\n` },
    at: "playbook.yaml:17:10",
    code: "contradiction",
  },
  {
    what: "a property that is trusted, which only a whole event can be",
    files: { "data-model.yaml": `${MODEL}  Gift Sent: { total: trusted }\n` },
    at: `data-model.yaml:${MODEL.split("\n").length}:23`,
    code: "wrong-type",
    expected: "string, number",
  },
  {
    what: "an event that is kept from public keys, although pages and apps are all who say it",
    files: { "data-model.yaml": `${MODEL}  page: { from: trusted }\n` },
    at: `data-model.yaml:${MODEL.split("\n").length}:17`,
    code: "contradiction",
    expected: "an event of your own",
  },
  {
    what: "a public key that may do what nobody knows",
    files: { "data-model.yaml": `publicKeys: { addresses: all }\n${MODEL.trimStart()}` },
    at: "data-model.yaml:1:26",
    code: "invalid-value",
    expected: "first",
  },
];
