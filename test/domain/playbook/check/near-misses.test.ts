import { describe, expect, it } from "vitest";
import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { ownFindings, TEST_FILES, testFiles } from "../../../support/playbook/files.ts";

type Files = Readonly<Record<string, string | null>>;
const told = async (files: Files): Promise<readonly string[]> => {
  const { errors, warnings } = await parsePlaybook(testFiles(files), renderMjml);
  return ownFindings([...errors, ...warnings]).map(
    ({ file, line, column, code }) => `${file}:${line}:${column} ${code}`,
  );
};
const POLICY = TEST_FILES["contact-policy.yaml"] ?? "";
const PLAYBOOK = TEST_FILES["playbook.yaml"] ?? "";
const MODEL = TEST_FILES["data-model.yaml"] ?? "";
const policy = (lines: string): Files => ({ "contact-policy.yaml": `${POLICY}${lines}\n` });
const quiet = (...entries: readonly string[]): Files =>
  policy(["quietHours:", ...entries.map((entry) => `  - { ${entry} }`)].join("\n"));
const caps = (...entries: readonly string[]): Files =>
  policy(["caps:", ...entries.map((entry, index) => `  - { name: c${index}, ${entry} }`)].join("\n"));
const expiry = (...entries: readonly string[]): Files =>
  policy(["consentExpiry:", ...entries.map((entry) => `  - { after: P30D, ${entry} }`)].join("\n"));
const placement = (fields: string): Files => ({ "playbook.yaml": `${PLAYBOOK}  web.other: { ${fields} }\n` });
const scoring = (fields: string): Files => ({ "playbook.yaml": `${PLAYBOOK}scoring: { ${fields} }\n` });
const experiment = (variants: string, more = "", goals = "{ Order Completed: 1 }"): Files => ({
  "experiments.yaml": `try:\n  variants: { ${variants} }\n  goals: ${goals}\n${more}`,
});
const learning = (lines: string): Files => ({ "learning.yaml": `outcomes: { clicked: 1 }\n${lines}\n` });
const journey = (steps: readonly string[], head = "enter: { on: Signed Up }"): Files => ({
  "journeys/j.yaml": `${head}\nsteps:\n${steps.map((step) => `  ${step}`).join("\n")}\n`,
});
const action = (lines: string): Files => ({
  "actions/other.yaml": `category: marketing\nplacements: [web.home.hero]\n${lines}\ntreatments: [{ channel: web, content: { headline: Hi } }]\n`,
});
const predictors = (count: number): string =>
  `predictors:\n${Array.from({ length: count }, (_, index) => `  p${index}: customer.age + ${index}`).join("\n")}`;

/** What may stand, what by the least may not, and where it is told by which code. */
const PAIRS: Readonly<
  Record<string, readonly (readonly [what: string, may: Files, mayNot: Files, told: string])[]>
> = {
  "quiet hours": [
    [
      "leave a minute of the day",
      quiet('from: "00:00", to: "12:00"', 'from: "12:01", to: "24:00"'),
      quiet('from: "00:00", to: "12:00"', 'from: "12:00", to: "24:00"'),
      "contradiction",
    ],
    [
      "leave the last minute of the day",
      quiet('from: "00:00", to: "12:00"', 'from: "12:00", to: "23:59"'),
      quiet('from: "12:00", to: "00:00"', 'from: "00:00", to: "12:00"'),
      "contradiction",
    ],
    [
      "leave a day of the week",
      quiet("days: [monday, tuesday, wednesday, thursday, friday, saturday]"),
      quiet("days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]"),
      "contradiction",
    ],
    [
      "leave the days that are no holidays",
      { ...policy('holidays: { de: ["12-25"] }\nquietHours:\n  - { holidays: [de] }') },
      quiet('from: "00:00", to: "24:00"'),
      "contradiction",
    ],
    [
      "leave a channel its time",
      quiet('from: "00:00", to: "12:00", channels: [sms]', 'from: "12:00", to: "24:00", channels: [email]'),
      quiet('from: "00:00", to: "12:00", channels: [sms]', 'from: "12:00", to: "24:00"'),
      "contradiction",
    ],
    [
      "leave a region its time",
      policy(
        'quietHours:\n  - { from: "00:00", to: "12:00" }\nregions:\n  - { name: A, phones: ["+1"], quietHours: [{ from: "12:01", to: "24:00" }] }',
      ),
      policy(
        'quietHours:\n  - { from: "00:00", to: "12:00" }\nregions:\n  - { name: A, phones: ["+1"], quietHours: [{ from: "12:00", to: "24:00" }] }',
      ),
      "contact-policy.yaml:9:5 contradiction",
    ],
    [
      "follow one another",
      quiet('from: "20:00", to: "22:00"', 'from: "22:00", to: "23:00"'),
      quiet('from: "20:00", to: "22:00"', 'from: "21:59", to: "23:00"'),
      "contact-policy.yaml:8:5 overlap",
    ],
    [
      "follow one another past midnight",
      quiet('from: "22:00", to: "06:00"', 'from: "06:00", to: "07:00"'),
      quiet('from: "22:00", to: "06:00"', 'from: "05:59", to: "07:00"'),
      "contact-policy.yaml:8:5 overlap",
    ],
    [
      "come before one another",
      quiet('from: "22:00", to: "06:00"', 'from: "21:00", to: "22:00"'),
      quiet('from: "22:00", to: "06:00"', 'from: "21:00", to: "22:01"'),
      "contact-policy.yaml:8:5 overlap",
    ],
    [
      "overlap on other channels",
      quiet('from: "20:00", to: "22:00", channels: [sms]', 'from: "21:00", to: "23:00", channels: [email]'),
      quiet(
        'from: "20:00", to: "22:00", channels: [sms]',
        'from: "21:00", to: "23:00", channels: [email, sms]',
      ),
      "overlap",
    ],
    [
      "overlap on other days, for other categories, or with whole days",
      quiet(
        'from: "20:00", to: "22:00", days: [monday]',
        'from: "21:00", to: "23:00", days: [tuesday]',
        "days: [monday]",
        'from: "00:00", to: "24:00", days: [tuesday]',
      ),
      quiet(
        'from: "20:00", to: "22:00", days: [monday]',
        'from: "21:00", to: "23:00", days: [tuesday, monday]',
      ),
      "overlap",
    ],
    [
      "have both times or neither",
      quiet('from: "20:00", to: "22:00"'),
      quiet('from: "20:00"'),
      "contact-policy.yaml:7:13 missing-field",
    ],
    [
      "have both times",
      quiet("days: [monday]"),
      quiet('to: "20:00"'),
      "contact-policy.yaml:7:11 missing-field",
    ],
    [
      "have a length",
      quiet('from: "20:00", to: "20:01"'),
      quiet('from: "20:00", to: "20:00"'),
      "contact-policy.yaml:7:26 contradiction",
    ],
    [
      "name holidays that are listed",
      policy('holidays: { de: ["12-25"] }\nquietHours:\n  - { holidays: [de] }'),
      policy('holidays: { de: ["12-25"] }\nquietHours:\n  - { holidays: [dee] }'),
      "contact-policy.yaml:8:18 unknown-list of holidays",
    ],
  ],
  caps: [
    [
      "allow one",
      caps("max: 1, window: P1D"),
      caps("max: 0, window: P1D"),
      "contact-policy.yaml:7:22 cap-of-zero",
    ],
    [
      "count another time, each so that it may refuse",
      caps("max: 1, window: P1D", "max: 2, window: P2D"),
      caps("max: 1, window: P1D", "max: 2, window: P1D"),
      "contact-policy.yaml:8:5 contradiction",
    ],
    [
      "are not stricter over a longer time",
      caps("max: 2, window: P1D", "max: 3, window: P7D"),
      caps("max: 2, window: P1D", "max: 2, window: P7D"),
      "contact-policy.yaml:7:5 no-effect",
    ],
    [
      "are stricter for others",
      caps("max: 2, window: P1D, channels: [sms]", "max: 1, window: P7D, channels: [email]"),
      caps("max: 2, window: P1D, channels: [sms]", "max: 1, window: P7D, channels: [email, sms]"),
      "contact-policy.yaml:7:5 no-effect",
    ],
    [
      "count what another does not",
      caps("max: 2, window: P1D, actions: [welcome, hero]", "max: 1, window: P7D, actions: [welcome]"),
      caps("max: 2, window: P1D, actions: [welcome]", "max: 1, window: P7D, actions: [welcome]"),
      "contact-policy.yaml:7:5 no-effect",
    ],
  ],
  "periods of consent": [
    [
      "are of another kind",
      expiry("kind: implied", "kind: express"),
      expiry("kind: implied", "kind: implied"),
      "contact-policy.yaml:8:5 contradiction",
    ],
    [
      "are of another source",
      expiry("kind: express, source: a", "kind: express, source: b"),
      expiry("kind: express, source: a", "kind: express, source: a"),
      "contact-policy.yaml:8:5 contradiction",
    ],
    [
      "are of other categories",
      expiry("kind: express, categories: [marketing]", "kind: express, categories: [service]"),
      expiry("kind: express, categories: [marketing]", "kind: express, categories: [service, marketing]"),
      "contact-policy.yaml:8:5 contradiction",
    ],
    [
      "are of consent that somebody asks",
      expiry("kind: implied, categories: [service]"),
      expiry("kind: implied, categories: [marketing]"),
      "contact-policy.yaml:7:48 no-effect",
    ],
  ],
  "weights of both values": [
    [
      "are above nothing",
      scoring("valueToUs: 0, valueToCustomer: 1"),
      scoring("valueToUs: 0, valueToCustomer: 0"),
      "contradiction",
    ],
  ],
  "a public placement": [
    [
      "takes what browsers show",
      placement("channels: [web], public: true"),
      placement("public: true"),
      "contradiction",
    ],
    [
      "takes nothing else",
      placement("channels: [web], public: true"),
      placement("channels: [web, sms], public: true"),
      "contradiction",
    ],
  ],
  experiments: [
    ["compare two", experiment("a: {}, b: {}"), experiment("a: {}"), "experiments.yaml:2:13 too-few"],
    [
      "compare two with a weight",
      experiment("a: {}, b: { weight: 0.1 }"),
      experiment("a: {}, b: { weight: 0 }"),
      "experiments.yaml:2:13 too-few",
    ],
    [
      "compare with one of theirs",
      experiment("a: {}, b: {}, c: { weight: 0 }", "  control: b\n"),
      experiment("a: {}, b: {}, c: { weight: 0 }", "  control: c\n"),
      "experiments.yaml:4:12 unknown-variant",
    ],
    [
      "have a goal",
      experiment("a: {}, b: {}"),
      experiment("a: {}, b: {}", "", "{}"),
      "experiments.yaml:3:10 no-goal",
    ],
    [
      "have a goal that an outcome is",
      experiment("a: {}, b: {}", "", "{ outcome.liked: 1 }"),
      experiment("a: {}, b: {}", "", "{ segment.entered: 1 }"),
      "experiments.yaml:3:12 unknown-event",
    ],
    [
      "end after they begin",
      experiment("a: {}, b: {}", "  activeFrom: 2026-01-02\n  activeTo: 2026-01-02\n"),
      experiment("a: {}, b: {}", "  activeFrom: 2026-01-02\n  activeTo: 2026-01-01\n"),
      "experiments.yaml:5:13 contradiction",
    ],
    [
      "change what is offered where they run",
      experiment("a: {}, b: { levers: { hero: 2 } }", "  placements: [web.home.hero]\n"),
      experiment("a: {}, b: { levers: { welcome: 2 } }", "  placements: [web.home.hero]\n"),
      "experiments.yaml:2:37 no-effect",
    ],
    [
      "name treatments of the action",
      experiment("a: {}, b: { treatments: { hero: hero } }"),
      experiment("a: {}, b: { treatments: { hero: other } }"),
      "unknown-treatment",
    ],
  ],
  learning: [
    [
      "forgets no faster than its numbers can hold",
      learning("halfLife: P14D"),
      learning("halfLife: P13DT23H"),
      "too-short",
    ],
    ["has so many predictors", learning(predictors(50)), learning(predictors(51)), "too-many"],
    [
      "reads what many people share",
      learning("predictors: { a: customer.age }"),
      learning("predictors: { a: customer.email }"),
      "personal-predictor",
    ],
    [
      "reads a member of the customer",
      learning("predictors: { a: customer.orders }"),
      learning("predictors: { a: string(customer) }"),
      "whole-predictor",
    ],
    [
      "is taught by what is worth something",
      { "learning.yaml": "outcomes: { clicked: 0.1 }\n" },
      { "learning.yaml": "outcomes: { clicked: 0 }\n" },
      "no-effect",
    ],
    [
      "is taught by something",
      { "learning.yaml": "outcomes: {}\nconversions: { Order Completed: 1 }\n" },
      { "learning.yaml": "outcomes: {}\n" },
      "no-outcome",
    ],
    [
      "is taught by what worked",
      { "learning.yaml": "outcomes: { clicked: 1 }\n" },
      { "learning.yaml": "outcomes: { shown: 1 }\n" },
      "not-an-outcome",
    ],
  ],
  actions: [
    [
      "end after they begin",
      action("activeFrom: 2026-01-02\nactiveTo: 2026-01-02"),
      action("activeFrom: 2026-01-02\nactiveTo: 2026-01-01"),
      "actions/other.yaml:4:11 contradiction",
    ],
    [
      "end a second after they begin",
      action("activeFrom: 2026-01-02T10:00:00Z\nactiveTo: 2026-01-02T10:00:01Z"),
      action("activeFrom: 2026-01-02T10:00:00Z\nactiveTo: 2026-01-02T10:00:00Z"),
      "contradiction",
    ],
    [
      "require what there is",
      action("requires: [hero]"),
      action("requires: [heros]"),
      "actions/other.yaml:3:12 unknown-action",
    ],
  ],
  journeys: [
    [
      "wait less long than they last",
      journey(["a: { wait: P89D }"]),
      journey(["a: { wait: P90D }"]),
      "journeys/j.yaml:3:14 never-over",
    ],
    [
      "wait for an event less long than they last",
      journey(["a: { waitFor: Order Completed, within: P4D }"], "enter: { on: Signed Up }\nmaxAge: P5D"),
      journey(["a: { waitFor: Order Completed, within: P5D }"], "enter: { on: Signed Up }\nmaxAge: P5D"),
      "never-over",
    ],
    [
      "go round with a wait",
      journey(["a: { wait: P1D, next: b }", "b: { branch: [{ if: customer.age > 9, next: a }] }"]),
      journey(["a: { set: { age: 1 }, next: b }", "b: { branch: [{ if: customer.age > 9, next: a }] }"]),
      "journeys/j.yaml:3:3 circle",
    ],
    [
      "lead to the end",
      journey(["a: { wait: P1D, next: b }", "b: { wait: P1D }"]),
      journey(["a: { wait: P1D, next: b }", "b: { wait: P1D, next: a }"]),
      "journeys/j.yaml:3:3 no-way-out",
    ],
    [
      "lead to each step",
      journey(["a: { wait: P1D, next: b }", "b: { wait: P1D }"]),
      journey(["a: { wait: P1D }", "b: { wait: P1D }"]),
      "journeys/j.yaml:4:3 unreachable-step",
    ],
    [
      "lead to steps that there are",
      journey(["a: { wait: P1D, next: stop }"]),
      journey(["a: { wait: P1D, next: stopp }"]),
      "journeys/j.yaml:3:25 unknown-step",
    ],
    [
      "say where a branch leads",
      journey(["a: { branch: [{ if: customer.age > 9, next: stop }] }"]),
      journey(["a: { branch: [{ if: customer.age > 9, next: b }] }"]),
      "unknown-step",
    ],
    [
      "split by a weight",
      journey(["a: { split: { x: 0, y: 1 }, x: stop, y: stop }"]),
      journey(["a: { split: { x: 0, y: 0 }, x: stop, y: stop }"]),
      "journeys/j.yaml:3:15 too-few",
    ],
    [
      "say where an arm leads",
      journey(["a: { split: { x: 1, y: 1 }, x: stop, y: stop }"]),
      journey(["a: { split: { x: 1, y: 1 }, x: stop }"]),
      "journeys/j.yaml:3:23 missing-field",
    ],
    [
      "name arms by words of their own",
      journey(["a: { split: { x: 1, nexts: 1 }, x: stop, nexts: stop }"]),
      journey(["a: { split: { x: 1, next: 1 }, x: stop, next: stop }"]),
      "reserved-name",
    ],
    [
      "have steps that do one thing",
      journey(["a: { wait: P1D }"]),
      journey(["a: { wait: P1D, emit: Signed Up }"]),
      "two-kinds",
    ],
    [
      "have steps that do something",
      journey(["a: { wait: P1D, description: x }"]),
      journey(["a: { description: x }"]),
      "no-kind",
    ],
    [
      "have steps with what belongs to them",
      journey(["a: { waitFor: Order Completed, otherwise: stop }"]),
      journey(["a: { wait: P1D, otherwise: stop }"]),
      "journeys/j.yaml:3:19 unknown-field",
    ],
    [
      "have steps that no word of ours names",
      journey(["stops: { wait: P1D }"]),
      journey(["stop: { wait: P1D }"]),
      "reserved-name",
    ],
    [
      "move from what is gone",
      journey(["a: { wait: P1D }"], "enter: { on: Signed Up }\nmoved: { b: a }"),
      journey(["a: { wait: P1D }"], "enter: { on: Signed Up }\nmoved: { a: a }"),
      "journeys/j.yaml:2:10 contradiction",
    ],
    [
      "are led into by one thing",
      journey(["a: { wait: P1D }"], "enter: { segment: vip }"),
      journey(["a: { wait: P1D }"], "enter: { segment: vip, on: Signed Up }"),
      "contradiction",
    ],
    [
      "ask of whoever comes in",
      journey(["a: { wait: P1D }"], "enter: { on: Signed Up, if: customer.age > 9 }"),
      journey(["a: { wait: P1D }"], "enter: { if: customer.age > 9 }"),
      "no-effect",
    ],
    [
      "let in several at once again",
      journey(["a: { wait: P1D }"], "enter: { on: Signed Up, whileInside: parallel, again: always }"),
      journey(["a: { wait: P1D }"], "enter: { on: Signed Up, whileInside: parallel }"),
      "contradiction",
    ],
    [
      "let out at a time",
      journey(["a: { wait: P1D }"], "enter: { on: Signed Up }\nexit: [{ if: customer.age > 9 }]"),
      journey(["a: { wait: P1D }"], "enter: { on: Signed Up }\nexit: [{ as: gone }]"),
      "journeys/j.yaml:2:8 missing-field",
    ],
    [
      "set what the trait holds",
      journey(["a: { set: { age: 9, firstName: null } }"]),
      journey(["a: { set: { age: nine } }"]),
      "wrong-type",
    ],
    [
      "set traits that there are",
      journey(["a: { set: { age: 9 } }"]),
      journey(["a: { set: { agee: 9 } }"]),
      "unknown-trait",
    ],
    [
      "set nothing that says who somebody is",
      journey(["a: { set: { firstName: Kim } }"]),
      journey(["a: { set: { email: kim@b.example } }"]),
      "identifier",
    ],
    [
      "tell events that are declared",
      journey(["a: { emit: Signed Up }"]),
      journey(["a: { emit: page }"]),
      "unknown-event",
    ],
    [
      "ask where something is sent",
      journey(["a: { decide: trigger.welcome }"]),
      journey(["a: { decide: web.home.hero }"]),
      "no-action",
    ],
    [
      "ask where something is offered",
      journey(["a: { decide: trigger.welcome }"]),
      journey(["a: { decide: trigger.welcom }"]),
      "unknown-placement",
    ],
  ],
  "the data model": [
    [
      "counts events that there are",
      { "data-model.yaml": MODEL.replace("computed:", "computed:\n  seen: { kind: count, event: page }") },
      { "data-model.yaml": MODEL.replace("computed:", "computed:\n  seen: { kind: count, event: pages }") },
      "unknown-event",
    ],
  ],
};

describe.each(Object.entries(PAIRS))("%s", (_subject, pairs) => {
  it.each(pairs)("%s", async (_what, may, mayNot, code) => {
    expect(await told(may)).toEqual([]);
    const findings = await told(mayNot);
    expect(findings).toContainEqual(expect.stringMatching(new RegExp(`${code}$`)));
  });
});
