import { describe, expect, it } from "vitest";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { WORD_KEYS } from "#template/words/words.ts";
import { ownFindings, testFiles } from "../../../support/playbook/files.ts";
import { MODEL, PLAYBOOK, POLICY } from "../mistakes/mistake.ts";

const findingsOf = async (files: Readonly<Record<string, string | null>>) => {
  const { errors, warnings } = await parsePlaybook(testFiles(files), async () => ({
    html: "",
    problems: [],
  }));
  return ownFindings([...errors, ...warnings]);
};
/** `file:line:column code` of each. */
const told = async (files: Parameters<typeof findingsOf>[0]): Promise<readonly string[]> =>
  (await findingsOf(files)).map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`);
const policy = (lines: string) => told({ "contact-policy.yaml": `${POLICY}${lines}` });
const quiet = (...entries: string[]) =>
  policy(`quietHours:\n${entries.map((one) => `  - { ${one} }\n`).join("")}`);
const EMAIL_NIGHT = 'from: "21:00", to: "08:00", channels: [email]';

describe("quiet hours that meet", () => {
  it.each([
    ["in the night before", 'from: "07:59", to: "09:00", channels: [email]', true],
    ["in the evening", 'from: "20:00", to: "21:01", channels: [email]', true],
    ["at their ends alone", 'from: "08:00", to: "21:00", channels: [email]', false],
    ["within the hour after midnight", 'from: "00:30", to: "00:45", channels: [email]', true],
    ["on another channel", 'from: "22:00", to: "23:00", channels: [sms]', false],
    ["on one of several channels", 'from: "22:00", to: "23:00", channels: [sms, email]', true],
    ["on every channel", 'from: "22:00", to: "23:00"', true],
    ["as a whole day", "channels: [email], days: [sunday]", false],
    ["on holidays", 'from: "22:00", to: "23:00", channels: [email], holidays: [shut]', false],
  ])("%s", async (_when, second, overlaps) => {
    const found = await policy(
      `holidays: { shut: ["12-25"] }\nquietHours:\n  - { ${EMAIL_NIGHT} }\n  - { ${second} }\n`,
    );
    expect(found.filter((each) => each.endsWith(" overlap"))).toHaveLength(overlaps ? 1 : 0);
  });

  it("of one category do not meet those of another, nor those of other days", async () => {
    const both = (one: string, other: string) =>
      quiet(`from: "21:00", to: "08:00", ${one}`, `from: "22:00", to: "23:00", ${other}`);
    expect(await both("categories: [marketing]", "categories: [service]")).toEqual([]);
    expect(await both("categories: [marketing]", "categories: [service, marketing]")).toHaveLength(1);
    expect(await both("days: [monday]", "days: [sunday]")).toEqual([]);
    expect(await both("days: [monday]", "days: [sunday, monday]")).toHaveLength(1);
  });

  it.each([
    ["both halves of the day", ['from: "08:00", to: "20:00"', 'from: "20:00", to: "08:00"'], true],
    ["all but a minute", ['from: "08:00", to: "20:00"', 'from: "20:01", to: "08:00"'], false],
    ["all but the last minute", ['from: "00:00", to: "23:59"'], false],
    ["all but the first minute", ['from: "00:01", to: "24:00"'], false],
    [
      "the whole day in three parts",
      ['from: "16:30", to: "24:00"', 'from: "00:00", to: "08:15"', 'from: "08:15", to: "16:30"'],
      true,
    ],
    ["every day but one", ["days: [monday, tuesday, wednesday, thursday, friday, saturday]"], false],
    [
      "every day by its name",
      ["days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]"],
      true,
    ],
    ["what is not sent", ["categories: [transactional]"], false],
    [
      "both halves, each of another channel",
      ['from: "08:00", to: "20:00", channels: [email]', 'from: "20:00", to: "08:00", channels: [sms]'],
      false,
    ],
    [
      "both halves, each of another category",
      [
        'from: "08:00", to: "20:00", categories: [marketing]',
        'from: "20:00", to: "08:00", categories: [service]',
      ],
      false,
    ],
  ])("and take %s leave no time only where they take all", async (_what, entries, none) => {
    const found = await quiet(...entries);
    expect(found.some((each) => each.endsWith(" contradiction"))).toBe(none);
  });

  it("have both times, and two different ones", async () => {
    expect(await quiet('from: "21:00"')).toEqual(["contact-policy.yaml:7:13 missing-field"]);
    expect(await quiet('to: "21:00"')).toEqual(["contact-policy.yaml:7:11 missing-field"]);
    expect(await quiet('from: "21:00", to: "21:00"')).toContain("contact-policy.yaml:7:26 contradiction");
    expect(await quiet('from: "00:00", to: "00:00", days: [sunday]')).toEqual([]);
  });
});

describe("periods of consent", () => {
  const periods = (...entries: string[]) =>
    policy(`consentExpiry:\n${entries.map((one) => `  - { ${one} }\n`).join("")}`);

  it("contradict each other for one kind, source and category alone", async () => {
    const one = "kind: implied, source: purchase, after: P730D";
    expect(await periods(one, "kind: implied, source: purchase, after: P365D")).toEqual([
      "contact-policy.yaml:8:5 contradiction",
    ]);
    expect(await periods(one, "kind: express, source: purchase, after: P365D")).toEqual([]);
    expect(await periods(one, "kind: implied, source: inquiry, after: P365D")).toEqual([]);
    const of = (category: string) => `kind: implied, after: P365D, categories: [${category}]`;
    expect(
      (await periods(of("service"), of("marketing"))).filter((each) => each.endsWith("contradiction")),
    ).toEqual([]);
  });

  it("change nothing where the category asks for another kind", async () => {
    const of = (kind: string, category: string) =>
      periods(`kind: ${kind}, after: P365D, categories: [${category}]`);
    expect(await of("implied", "marketing")).toEqual(["contact-policy.yaml:7:49 no-effect"]);
    expect(await of("express", "marketing")).toEqual([]);
    expect(await of("implied", "service")).toEqual([]);
    expect(await of("express", "service")).toEqual([]);
  });
});

describe("numbers that contradict each other", () => {
  const hero = (lines: string) =>
    told({
      "actions/hero.yaml": `category: marketing\nplacements: [web.home.hero]\n${lines}treatments: [{ channel: web, content: { headline: Hello } }]\n`,
    });

  it.each([
    ["PT1H", true],
    ["PT6H", true],
    ["P1D", true],
    ["P7D", true],
    ["P2D", false],
    ["P8D", false],
    ["PT5H", false],
  ])("a budget per %s begins at the same time each day: %j", async (per, fits) => {
    expect(await hero(`budget: { per: ${per}, max: 5 }\n`)).toEqual(
      fits ? [] : ["actions/hero.yaml:3:16 wrong-period"],
    );
  });

  it("a contact may cost the whole budget and no more", async () => {
    expect(await hero("budget: { per: P1D, max: 5, cost: 5 }\n")).toEqual([]);
    expect(await hero("budget: { per: P1D, max: 5, cost: 6 }\n")).toEqual([
      "actions/hero.yaml:3:35 contradiction",
    ]);
  });

  it("one of the two values may count for nothing, both may not", async () => {
    const scoring = (us: number, them: number) =>
      told({ "playbook.yaml": `${PLAYBOOK}scoring: { valueToUs: ${us}, valueToCustomer: ${them} }\n` });
    expect([await scoring(0, 1), await scoring(0.5, 0)]).toEqual([[], []]);
    expect(await scoring(0, 0)).toHaveLength(1);
  });

  it("a unique identifier belongs to one, whatever number is said beside", async () => {
    const type = async (more: string) =>
      (
        await told({
          "data-model.yaml": `${MODEL}identifiers:\n  member: { priority: 3, from: [properties.member], ${more} }\n`,
        })
      ).filter((each) => each.includes(" contradiction"));
    expect(await type("unique: true, limit: 1")).toEqual([]);
    expect(await type("unique: true, limit: 2")).toHaveLength(1);
    expect(await type("unique: true")).toEqual([]);
    expect(await type("limit: 2")).toEqual([]);
  });
});

describe("a customer's profile has room for what the playbook may write into it", () => {
  const filled = (bytes: number, trigger = "") => {
    const names: string[] = [];
    let left = bytes;
    while (left > 0) {
      const size = left >= 96 ? 48 : left;
      names.push(`s${names.length}`.padEnd(size - 32, "x"));
      left -= size;
    }
    return told({
      "segments.yaml": names.map((name) => `${name}: customer.age > 1`).join("\n"),
      "triggers.yaml": trigger === "" ? "{}\n" : trigger,
      "data-model.yaml": MODEL,
      ...Object.fromEntries(
        ["welcome", "cart-reminder", "order-confirmation"].map((name) => [`actions/${name}.yaml`, null]),
      ),
      ...Object.fromEntries(
        [
          "welcome/email.html",
          "cart-reminder/email.html",
          "cart-reminder/sms.txt",
          "order-confirmation/email.html",
        ].map((name) => [`templates/${name}`, null]),
      ),
    });
  };
  const isFull = async (bytes: number, trigger = "") =>
    (await filled(bytes, trigger)).some((each) => each.endsWith("too-large"));
  const ROOM = BOUNDS.playbookNamesBytes - 3 * 12;

  it("to the byte: a name and 32 more a segment, 12 a computed trait", async () => {
    expect([await isFull(ROOM), await isFull(ROOM + 1)]).toEqual([false, true]);
  });

  it("with a name and 420 more a trigger that waits, a name and 32 more for each event that calls off", async () => {
    const trigger =
      "t: { on: Product Added, after: PT1H, unless: Signed Up, placement: web.home.hero }\nu: { on: Signed Up, placement: web.home.hero }\n";
    const room = ROOM - (1 + 420) - ("Signed Up".length + 32);
    expect([await isFull(room, trigger), await isFull(room + 1, trigger)]).toEqual([false, true]);
  });
});

describe("a language that the playbook adds", () => {
  const missing = async (count: number) => {
    const words = WORD_KEYS.slice(count).map((key) => `      ${JSON.stringify(key)}: x`);
    const found = await findingsOf({
      "playbook.yaml": PLAYBOOK.replace(
        "  locale: en\n",
        `  locale: en\n  words:\n    tlh:${words.length > 0 ? `\n${words.join("\n")}` : " {}"}\n`,
      ),
    });
    return found.filter(({ code }) => code === "missing-words").map(({ message }) => message);
  };

  it("names the first five words that are English, and how many more", async () => {
    const named = (count: number) => WORD_KEYS.slice(0, count).join(", ");
    expect(await missing(0)).toEqual([]);
    expect(await missing(1)).toEqual([`These words of tlh are in English: ${named(1)}`]);
    expect(await missing(5)).toEqual([`These words of tlh are in English: ${named(5)}`]);
    expect(await missing(7)).toEqual([`These words of tlh are in English: ${named(5)} and 2 more`]);
  });
});

describe("the way through a model's tree", () => {
  const leaf = { leaf: 1 };
  const fork = (yes: number, no: number) => ({ predictor: "age", below: 1, yes, no });
  const tree = (...nodes: object[]) =>
    findingsOf({
      "models/churn.json": JSON.stringify({
        kind: "trees",
        actions: ["welcome"],
        intercept: 0,
        trees: [nodes],
      }),
    });

  it("leads to a node further on, and says which there are", async () => {
    const wrong = await tree(fork(0, 2), leaf, leaf);
    expect(wrong.filter(({ code }) => code === "wrong-node").map(({ expected }) => expected)).toEqual([
      "the number of a node after this one, 1 to 2",
    ]);
    const beyond = await tree(fork(1, 3), leaf, leaf);
    expect(beyond.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["wrong-node", "unreachable-node"]),
    );
  });
});
