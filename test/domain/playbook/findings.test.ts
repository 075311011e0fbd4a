import { describe, expect, it } from "vitest";
import { renderMjml } from "../../../shared/adapters/mjml/render-mjml.ts";
import { parsePlaybook } from "../../../shared/domain/playbook/parse.ts";
import type { PlaybookFinding } from "../../../shared/domain/playbook/types.ts";
import { testFiles } from "../../support/playbook.ts";

/** One mistake each: the file that replaces ours, where the finding must point, and words it must say. */
type Mistake = {
  readonly what: string;
  readonly files: Readonly<Record<string, string | null>>;
  readonly at: `${string}:${number}:${number}`;
  readonly code: string;
  readonly expected?: string;
  readonly severity?: "warning";
};

const action = (lines: string) => `category: marketing\nplacements: [trigger.welcome]\n${lines}`;
const MAIL = "treatments: [{ channel: email }]\n";
const POLICY = testFiles()["contact-policy.yaml"] ?? "";
const MODEL = testFiles()["data-model.yaml"] ?? "";
const PLAYBOOK = testFiles()["playbook.yaml"] ?? "";
const TRIGGERS = testFiles()["triggers.yaml"] ?? "";

const MISTAKES: readonly Mistake[] = [
  {
    what: "an unknown trait in a rule",
    files: { "segments.yaml": "vip: customer.ordres >= 3\n" },
    at: "segments.yaml:1:15",
    code: "feel-unknown-entry",
    expected: 'did you mean "orders"?',
  },
  {
    what: "an unknown trait on the second line of a folded rule",
    files: { "segments.yaml": "vip: >-\n  customer.orders >= 3 and\n  customer.spend > 100\n" },
    at: "segments.yaml:3:12",
    code: "feel-unknown-entry",
    expected: 'did you mean "spent"?',
  },
  {
    what: "an unknown trait after an escape in a quoted rule",
    files: { "segments.yaml": 'vip: "customer.firstName = \\"A\\" or customer.ag > 1"\n' },
    at: "segments.yaml:1:46",
    code: "feel-unknown-entry",
  },
  {
    what: "an unknown name",
    files: { "segments.yaml": "vip: custmer.orders >= 3\n" },
    at: "segments.yaml:1:6",
    code: "feel-unknown-name",
    expected: 'did you mean "customer"?',
  },
  {
    what: "a comparison of wrong types",
    files: { "segments.yaml": "vip: customer.firstName > 3\n" },
    at: "segments.yaml:1:6",
    code: "feel-never-true",
  },
  {
    what: "a condition that gives a number",
    files: { "segments.yaml": "vip: customer.orders + 1\n" },
    at: "segments.yaml:1:6",
    code: "wrong-type",
    expected: "true or false",
  },
  {
    what: "a formula that gives text",
    files: { "actions/welcome.yaml": action(`value: '"much"'\n${MAIL}`) },
    at: "actions/welcome.yaml:3:8",
    code: "wrong-type",
    expected: "a number",
  },
  {
    what: "a rule that is no FEEL",
    files: { "segments.yaml": "vip: customer.orders >= (3\n" },
    at: "segments.yaml:1:25",
    code: "feel-syntax",
  },
  {
    what: "a property the event does not have",
    files: { "triggers.yaml": TRIGGERS.replace("event.total", "event.totel") },
    at: "triggers.yaml:4:51",
    code: "feel-unknown-entry",
    expected: 'did you mean "total"?',
  },
  {
    what: "a segment that asks for a segment",
    files: { "segments.yaml": "vip: customer.orders > 1\nbest: customer.vip\n" },
    at: "segments.yaml:2:16",
    code: "feel-unknown-entry",
  },
  {
    what: "an unknown category",
    files: { "actions/welcome.yaml": action(MAIL).replace("marketing", "marketting") },
    at: "actions/welcome.yaml:1:11",
    code: "unknown-category",
    expected: 'did you mean "marketing"?',
  },
  {
    what: "an unknown placement",
    files: { "actions/welcome.yaml": action(MAIL).replace("trigger.welcome", "web.home.heroe") },
    at: "actions/welcome.yaml:2:14",
    code: "unknown-placement",
    expected: 'did you mean "web.home.hero"?',
  },
  {
    what: "an unknown channel",
    files: { "actions/welcome.yaml": action("treatments: [{ channel: emial }]\n") },
    at: "actions/welcome.yaml:3:25",
    code: "unknown-channel",
    expected: 'did you mean "email"?',
  },
  {
    what: "a treatment without its template",
    files: { "templates/welcome/email.html": null },
    at: "actions/welcome.yaml:6:14",
    code: "missing-template",
    expected: "templates/welcome/email.mjml",
  },
  {
    what: "an action without treatments",
    files: { "actions/welcome.yaml": action("treatments: []\n") },
    at: "actions/welcome.yaml:3:13",
    code: "invalid-value",
    expected: "at least one treatment",
  },
  {
    what: "a misspelt field",
    files: { "actions/welcome.yaml": action(`valeu: 3\n${MAIL}`) },
    at: "actions/welcome.yaml:3:1",
    code: "unknown-field",
    expected: 'did you mean "value"?',
  },
  {
    what: "a missing field",
    files: { "actions/welcome.yaml": "category: marketing\ntreatments: [{ channel: email }]\n" },
    at: "actions/welcome.yaml:1:1",
    code: "missing-field",
    expected: "a list",
  },
  {
    what: "an action that ends before it begins",
    files: { "actions/welcome.yaml": action(`activeFrom: 2026-12-01\nactiveTo: 2026-11-01\n${MAIL}`) },
    at: "actions/welcome.yaml:4:11",
    code: "contradiction",
  },
  {
    what: "a date that is none",
    files: { "actions/welcome.yaml": action(`activeFrom: 2026-13-01\n${MAIL}`) },
    at: "actions/welcome.yaml:3:13",
    code: "invalid-value",
    expected: "a date such as",
  },
  {
    what: "two actions of one name",
    files: {
      "actions/other.yaml": `name: welcome\n${action("treatments: [{ name: b, channel: web, content: {} }]\n")}`,
    },
    at: "actions/welcome.yaml:2:1",
    code: "duplicate-name",
  },
  {
    what: "a key given twice",
    files: { "segments.yaml": "vip: customer.orders > 1\nvip: customer.orders > 2\n" },
    at: "segments.yaml:2:1",
    code: "duplicate-name",
  },
  {
    what: "a segment named like a trait",
    files: { "segments.yaml": "age: customer.orders > 1\n" },
    at: "segments.yaml:1:1",
    code: "duplicate-name",
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
    what: "a cap of zero",
    files: { "contact-policy.yaml": `${POLICY}caps:\n  - { name: none, max: 0, window: P1D }\n` },
    at: "contact-policy.yaml:7:24",
    code: "cap-of-zero",
    expected: "at least 1",
  },
  {
    what: "two caps that count the same",
    files: {
      "contact-policy.yaml": `${POLICY}caps:\n  - { name: a, max: 1, window: P1D, channels: [sms, email] }\n  - { name: b, max: 2, window: P1D, channels: [email, sms] }\n`,
    },
    at: "contact-policy.yaml:8:5",
    code: "contradiction",
  },
  {
    what: "a cap on an unknown action",
    files: {
      "contact-policy.yaml": `${POLICY}caps:\n  - { name: a, max: 1, window: P1D, actions: [welcom] }\n`,
    },
    at: "contact-policy.yaml:7:47",
    code: "unknown-action",
    expected: 'did you mean "welcome"?',
  },
  {
    what: "overlapping quiet hours across midnight",
    files: {
      "contact-policy.yaml": `${POLICY}quietHours:\n  - { from: "21:00", to: "08:00", channels: [sms] }\n  - { from: "07:00", to: "09:00" }\n`,
    },
    at: "contact-policy.yaml:8:5",
    code: "overlap",
  },
  {
    what: "quiet hours of no length",
    files: { "contact-policy.yaml": `${POLICY}quietHours:\n  - { from: "21:00", to: "21:00" }\n` },
    at: "contact-policy.yaml:7:26",
    code: "contradiction",
  },
  {
    what: "a time that is none",
    files: { "contact-policy.yaml": `${POLICY}quietHours:\n  - { from: "24:00", to: "08:00" }\n` },
    at: "contact-policy.yaml:7:13",
    code: "invalid-value",
    expected: "21:00",
  },
  {
    what: "a transactional category that asks for consent",
    files: { "contact-policy.yaml": POLICY.replace("consent: none", "consent: express") },
    at: "contact-policy.yaml:5:29",
    code: "contradiction",
  },
  {
    what: "an unknown outcome in a cool-down",
    files: { "contact-policy.yaml": `${POLICY}coolDowns:\n  - { outcome: dismised, for: P7D }\n` },
    at: "contact-policy.yaml:7:16",
    code: "unknown-outcome",
    expected: 'did you mean "dismissed"?',
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
    what: "Liquid that does not parse",
    files: {
      "templates/welcome/email.html": "---\nsubject: Hi\n---\n<p>\n{% if customer.age %}never closed</p>\n",
    },
    at: "templates/welcome/email.html:5:1",
    code: "liquid",
  },
  {
    what: "an unknown filter in a subject",
    files: {
      "templates/welcome/email.html": "---\nsubject: Hi {{ customer.age | round2 }}\n---\n<p>x</p>\n",
    },
    at: "templates/welcome/email.html:2:13",
    code: "liquid",
  },
  {
    what: "an unknown trait in a template",
    files: { "templates/welcome/email.html": "---\nsubject: Hi\n---\n<p>\n  {{ customer.fistName }}</p>\n" },
    at: "templates/welcome/email.html:5:6",
    code: "unknown-trait",
    expected: 'did you mean "firstName"?',
    severity: "warning",
  },
  {
    what: "an unknown root in a push text",
    files: {
      "actions/welcome.yaml": action("treatments: [{ channel: push }]\n"),
      "templates/welcome/email.html": null,
      "templates/welcome/push.yaml": "title: Hi\nbody: Hello {{ custmer.firstName }}\n",
    },
    at: "templates/welcome/push.yaml:2:16",
    code: "unknown-variable",
    expected: 'did you mean "customer"?',
    severity: "warning",
  },
  {
    what: "a template that would include another",
    files: { "templates/welcome/email.html": "---\nsubject: Hi\n---\n<p>{% render 'footer' %}</p>\n" },
    at: "templates/welcome/email.html:4:4",
    code: "liquid",
    expected: "mj-include",
  },
  {
    what: "a mail without a subject",
    files: { "templates/welcome/email.html": "<p>x</p>\n" },
    at: "templates/welcome/email.html:1:1",
    code: "missing-part",
  },
  {
    what: "a push without a body",
    files: { "templates/welcome/push.yaml": "title: Hi\n" },
    at: "templates/welcome/push.yaml:1:1",
    code: "missing-field",
  },
  {
    what: "a template's name that says nothing",
    files: { "templates/welcome/email.de.mjlm": "x" },
    at: "templates/welcome/email.de.mjlm:1:1",
    code: "template-name",
  },
  {
    what: "an unknown MJML element",
    files: {
      "templates/welcome/email.html": null,
      "templates/welcome/email.mjml":
        "---\nsubject: Hi\n---\n<mjml><mj-body>\n<mj-section><mj-column><mj-txet>x</mj-txet></mj-column></mj-section>\n</mj-body></mjml>",
    },
    at: "templates/welcome/email.mjml:5:1",
    code: "mjml",
  },
  {
    what: "an include that is not there",
    files: {
      "templates/welcome/email.html": null,
      "templates/welcome/email.mjml":
        '---\nsubject: Hi\n---\n<mjml><mj-body>\n<mj-include path="../_shared/x.mjml" /></mj-body></mjml>',
    },
    at: "templates/welcome/email.mjml:5:1",
    code: "missing-include",
  },
  {
    what: "a template nobody uses",
    files: { "templates/spare/sms.txt": "Hello" },
    at: "templates/spare/sms.txt:1:1",
    code: "unused-template",
    severity: "warning",
  },
  {
    what: "a file that is no part of a playbook",
    files: { "segmnts.yaml": "" },
    at: "segmnts.yaml:1:1",
    code: "unknown-file",
    expected: 'did you mean "segments.yaml"?',
    severity: "warning",
  },
  {
    what: "YAML that is none",
    files: { "segments.yaml": "vip: [1\n" },
    at: "segments.yaml:2:1",
    code: "yaml",
  },
  {
    what: "a rule with a colon that YAML takes for a map",
    files: { "segments.yaml": "vip: f(a: 1)\n" },
    at: "segments.yaml:1:6",
    code: "yaml",
    expected: "in quotes",
  },
  {
    what: "an event pattern that EventBridge does not know",
    files: {
      "sources.yaml":
        "till:\n  match: { detail: { x: [{ like: a }] } }\n  customer: { email: envelope.detail.email }\n  event: Signed Up\n",
    },
    at: "sources.yaml:2:10",
    code: "pattern",
  },
  {
    what: "a cloud event about nobody we could know",
    files: {
      "sources.yaml":
        "till:\n  match: { source: [till] }\n  customer: { emial: envelope.detail.email }\n  event: Signed Up\n",
    },
    at: "sources.yaml:3:15",
    code: "unknown-identifier",
    expected: 'did you mean "email"?',
  },
  {
    what: "a DMN file that is no XML",
    files: { "decisions/x.dmn": "<definitions" },
    at: "decisions/x.dmn:1:13",
    code: "dmn-xml",
  },
  {
    what: "no playbook.yaml",
    files: { "playbook.yaml": null },
    at: "playbook.yaml:1:1",
    code: "missing-file",
  },
];

const findingsOf = async (files: Mistake["files"]): Promise<readonly PlaybookFinding[]> => {
  const { errors, warnings } = await parsePlaybook(testFiles(files), renderMjml);
  return [...errors, ...warnings];
};

describe("a mistake in a playbook is found where it was made", () => {
  it.each(MISTAKES)("$what", async ({ files, at, code, expected, severity = "error" }) => {
    const findings = await findingsOf(files);
    const found = findings.map(({ file, line, column, ...finding }) => ({
      ...finding,
      at: `${file}:${line}:${column}`,
    }));
    const match = found.find((finding) => finding.code === code && finding.at === at);
    expect(match ?? found).toMatchObject({ at, code, severity });
    if (expected) expect(match?.expected).toContain(expected);
  });

  it("has nothing to say about a playbook without mistakes", async () => {
    expect(await findingsOf({})).toEqual([]);
  });

  it("gives no document when there are errors, and one when there are only warnings", async () => {
    const wrong = await parsePlaybook(testFiles({ "segments.yaml": "vip: 1\n" }), renderMjml);
    expect(wrong.document).toBeNull();
    const doubtful = await parsePlaybook(testFiles({ "templates/spare/sms.txt": "Hello" }), renderMjml);
    expect(doubtful.document).not.toBeNull();
  });

  it("reports every file that cannot be read, not only the first", async () => {
    const findings = await findingsOf({
      "segments.yaml": "[",
      "triggers.yaml": "x: {}",
      "actions/welcome.yaml": "a: 1",
    });
    expect(new Set(findings.map(({ file }) => file))).toEqual(
      new Set(["segments.yaml", "triggers.yaml", "actions/welcome.yaml"]),
    );
  });
});

describe("bounds of a playbook", () => {
  it.each([
    ["a file over 512 KB", { "templates/welcome/email.html": "x".repeat(512 * 1024 + 1) }],
    [
      "more than 500 files",
      Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`actions/a${i}.yaml`, ""])),
    ],
    [
      "more than 4 MB in all",
      Object.fromEntries(
        Array.from({ length: 9 }, (_, i) => [`templates/t${i}/sms.txt`, "x".repeat(500_000)]),
      ),
    ],
  ])("refuses %s", async (_what, files) => {
    expect((await findingsOf(files)).map(({ code }) => code)).toContain("too-large");
  });

  it("refuses aliases that would grow without end", async () => {
    const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
    for (const [before, name] of ["ab", "bc", "cd", "de", "ef"]) {
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`);
    }
    expect(await findingsOf({ "segments.yaml": bomb.join("\n") })).toMatchObject([{ code: "yaml" }]);
  });

  it("stops listing after 200 findings", async () => {
    const many = Array.from({ length: 300 }, (_, i) => `s${i}: customer.nothing`).join("\n");
    expect(await findingsOf({ "segments.yaml": many })).toHaveLength(200);
  });
});
