import { testFiles } from "#test/support/playbook/files.ts";
import { action, MAIL, type Mistake, MODEL, PLAYBOOK, POLICY, TRIGGERS } from "./mistake.ts";

const experiment = (variant: string) =>
  `hero test:\n  placements: [web.home.hero]\n  variants:\n    as ever: {}\n    changed: ${variant}\n  goals: { Order Completed: 1 }\n`;
const hero = (lines: string) =>
  `category: marketing\nplacements: [web.home.hero]\n${lines}treatments: [{ channel: web, content: { headline: Hello } }]\n`;
const triggerIf = (condition: string) => ({
  "triggers.yaml": `${TRIGGERS}loyal:\n  on: segment.entered\n  placement: trigger.welcome\n  if: ${condition}\n`,
});

/** What the files say and what never comes of it. */
export const MISTAKES_WITHOUT_EFFECT: readonly Mistake[] = [
  {
    what: "confirming what needs no consent",
    files: { "contact-policy.yaml": POLICY.replace("consent: none,", "consent: none, confirm: double,") },
    at: "contact-policy.yaml:5:44",
    code: "no-effect",
    severity: "warning",
  },
  {
    what: "a message that waits for a consent which nothing gives",
    files: { "actions/welcome.yaml": action(MAIL).replace("marketing", "service") },
    at: "actions/welcome.yaml:1:11",
    code: "no-consent",
    severity: "warning",
    expected: "once your server sends Consent Changed; or consent: none, which holds until somebody says no",
  },
  {
    what: "a cap on what is transactional",
    files: {
      "contact-policy.yaml": `${POLICY}caps:\n  - { name: a, max: 1, window: P1D, categories: [transactional] }\n`,
    },
    at: "contact-policy.yaml:7:50",
    code: "no-effect",
    severity: "warning",
    expected: "not transactional",
  },
  {
    what: "quiet hours for what is transactional",
    files: {
      "contact-policy.yaml": `${POLICY}quietHours:\n  - { from: "21:00", to: "08:00", categories: [marketing, transactional] }\n`,
    },
    at: "contact-policy.yaml:7:59",
    code: "no-effect",
    severity: "warning",
  },
  {
    what: "a cap that a stricter one over a longer time leaves nothing to refuse",
    files: {
      "contact-policy.yaml": `${POLICY}caps:\n  - { name: a day, max: 2, window: P1D, channels: [sms] }\n  - { name: a week, max: 1, window: P7D, channels: [sms, email] }\n`,
    },
    at: "contact-policy.yaml:7:5",
    code: "no-effect",
    severity: "warning",
    expected: 'more than 2 for "a week"',
  },
  {
    what: "a trigger that is called off by what sets it off",
    files: {
      "triggers.yaml": TRIGGERS.replace(
        "unless: Order Completed",
        "unless: [Order Completed, Product Added]",
      ),
    },
    at: "triggers.yaml:3:77",
    code: "contradiction",
    expected: "another event",
  },
  {
    what: "a trigger whose only caller-off is what sets it off",
    files: { "triggers.yaml": TRIGGERS.replace("unless: Order Completed", "unless: Product Added") },
    at: "triggers.yaml:3:59",
    code: "contradiction",
  },
  {
    what: "a lever of an action that is not offered where the experiment runs",
    files: { "experiments.yaml": experiment("{ levers: { welcome: 0 } }") },
    at: "experiments.yaml:5:26",
    code: "no-effect",
    severity: "warning",
    expected: "trigger.welcome",
  },
  {
    what: "a treatment of an action that is not offered where the experiment runs",
    files: { "experiments.yaml": experiment("{ treatments: { welcome: welcome } }") },
    at: "experiments.yaml:5:30",
    code: "no-effect",
    severity: "warning",
  },
  {
    what: "a trigger that waits for a segment there is not",
    files: triggerIf('event.segment = "VIP"'),
    at: "triggers.yaml:8:23",
    code: "unknown-segment",
    expected: 'did you mean "vip"?',
  },
  {
    what: "a segment there is not, in a list",
    files: triggerIf('event.properties.segment in ("vip", "gold")'),
    at: "triggers.yaml:8:43",
    code: "unknown-segment",
  },
  {
    what: "an action for all segments but one there is not",
    files: {
      ...triggerIf("event.segment != null"),
      "actions/vip.yaml":
        'category: marketing\nplacements: [trigger.loyal]\neligible: event.segment != "VIP"\ntreatments: [{ channel: email, template: welcome, name: vip }]\n',
      "triggers.yaml": `${TRIGGERS}loyal: { on: segment.entered }\n`,
    },
    at: "actions/vip.yaml:3:28",
    code: "unknown-segment",
    severity: "warning",
  },
  {
    what: "a computed trait that counts entries into a segment there is not",
    files: {
      "data-model.yaml": MODEL.replace(
        "computed:",
        'computed:\n  joined: { kind: count, event: segment.entered, where: event.segment = "vips" }',
      ),
    },
    at: "data-model.yaml:10:73",
    code: "unknown-segment",
    expected: 'did you mean "vip"?',
  },
  {
    what: "an event's property in an action that no event leads to",
    files: { "actions/hero.yaml": hero("eligible: event.price > 3\n") },
    at: "actions/hero.yaml:3:11",
    code: "no-event",
    severity: "warning",
    expected: "context.price",
  },
  {
    what: "an event's property in a formula of an action that no event leads to",
    files: { "actions/hero.yaml": hero("value: 2 + event.properties.price\n") },
    at: "actions/hero.yaml:3:8",
    code: "no-event",
    severity: "warning",
    expected: "context.price",
  },
  {
    what: "words in another language alone",
    files: {
      "templates/welcome/email.html": null,
      "templates/welcome/email.de.html": testFiles()["templates/welcome/email.html"] ?? "",
    },
    at: "templates/welcome/email.de.html:1:1",
    code: "missing-language",
    severity: "warning",
    expected: "templates/welcome/email.html",
  },
];

/** The same words where they do say something. */
export const NO_MISTAKES: readonly (readonly [what: string, files: Mistake["files"]])[] = [
  [
    "caps that both can refuse",
    {
      "contact-policy.yaml": `${POLICY}caps:\n  - { name: a day, max: 1, window: P1D, channels: [sms] }\n  - { name: a week, max: 2, window: P7D, channels: [sms] }\n  - { name: mail a month, max: 1, window: P30D, channels: [email] }\n  - { name: all in a month, max: 1, window: P30D }\n`,
    },
  ],
  [
    "dates",
    {
      "segments.yaml": `vip: 'date(now) > date("2000-12-31") and date(null) = null and number("1,5", ".", ",") > 3'\n`,
    },
  ],
  [
    "patterns",
    {
      "segments.yaml":
        'vip: matches(customer.firstName, "^\\\\[a", "i") and count(split(customer.email, "@")) = 2\n',
    },
  ],
  ["a segment that there is", triggerIf('event.segment = "vip"')],
  [
    "a property that is called segment",
    {
      "data-model.yaml": MODEL.replace("Signed Up: {}", "Signed Up: { segment: string }"),
      "triggers.yaml": TRIGGERS.replace("on: Signed Up", 'on: Signed Up, if: event.segment = "VIP"'),
    },
  ],
  [
    "a lever of an experiment that runs everywhere",
    {
      "experiments.yaml": experiment("{ levers: { welcome: 0 } }").replace(
        "  placements: [web.home.hero]\n",
        "",
      ),
    },
  ],
  [
    "an event's property in an action that an event leads to as well",
    {
      "actions/hero.yaml": hero("eligible: event.price > 3\n")
        .replace("[web.home.hero]", "[web.home.hero, trigger.cart-abandoned]")
        .replace(
          "[{ channel: web",
          "[{ channel: sms, template: cart-reminder, name: hero-sms }, { channel: web",
        ),
    },
  ],
  [
    "links within a mail, to an address without a scheme, and by schemes that a setting names",
    {
      "playbook.yaml": PLAYBOOK.replace("  postal", "  linkSchemes: [shopapp]\n  postal"),
      "templates/welcome/email.html":
        '---\nsubject: Hi\n---\n<a href="#top">x</a><a href="">x</a><a href="ShopApp://cart">x</a><a href="HTTPS://shop.example">x</a>\n',
    },
  ],
  [
    "words in the brand's language, by the name of a region or not",
    {
      "templates/welcome/email.html": null,
      "templates/welcome/email.en-GB.html": testFiles()["templates/welcome/email.html"] ?? "",
      "templates/welcome/email.de.html": testFiles()["templates/welcome/email.html"] ?? "",
    },
  ],
  [
    "words in another language for those who speak it",
    {
      "actions/welcome.yaml": action(`eligible: customer.locale = "de"\n${MAIL}`),
      "templates/welcome/email.html": null,
      "templates/welcome/email.de.html": testFiles()["templates/welcome/email.html"] ?? "",
    },
  ],
];
