import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readFolder } from "#cli/folder.ts";
import type { PlaybookFiles } from "#domain/playbook/model/version.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { plainMjml } from "#domain/rehearsal/plain-mjml.ts";
import { failedTests } from "#runtime/rehearsal/required.ts";
import { playTests, type Rehearsable, rehearsable, tryMutants } from "#runtime/rehearsal/tests.ts";
import { testFiles } from "../../support/playbook/files.ts";
import { PROJECT_ROOT } from "../../support/project/root.ts";

const parsed = (files: PlaybookFiles) => parsePlaybook(files, plainMjml);
const read = async (files: PlaybookFiles): Promise<Rehearsable> => {
  const { errors, ...rest } = await parsed(files);
  const playbook = rehearsable({ errors, ...rest });
  if (playbook === null) throw new Error(JSON.stringify(errors));
  return playbook;
};

const all = async <T>(played: AsyncIterable<T>): Promise<readonly T[]> => {
  const found: T[] = [];
  for await (const one of played) found.push(one);
  return found;
};
const failuresOf = async (playbook: Rehearsable): Promise<readonly string[]> =>
  (await all(playTests(playbook))).flatMap(({ test, failures }) =>
    failures.map(({ place, message }) => `${place.file}:${place.line} ${test.fields.it}: ${message}`),
  );
const unfoundOf = async (playbook: Rehearsable): Promise<readonly string[]> =>
  (await all(tryMutants(playbook))).flatMap(({ mutant, foundBy }) =>
    foundBy === null ? [`${mutant.place.file}:${mutant.place.line} ${mutant.what}`] : [],
  );

const JOURNEY = `
enter: { on: Order Completed, key: event.order_id }
steps:
  shipped: { waitFor: Order Shipped, where: event.order_id = entry.order_id, within: P9D, next: stop, otherwise: late }
  late: { wait: P1D }
`;
/** The small shop of tests, with a journey for each order. */
const play = (tests: string, more: Record<string, string> = {}) => {
  const model = testFiles()["data-model.yaml"] ?? "";
  return read(
    testFiles({
      "data-model.yaml": model.replace("events:\n", "events:\n  Order Shipped: { order_id: string }\n"),
      "journeys/orders.yaml": JOURNEY,
      "tests/shop.yaml": tests,
      ...more,
    }),
  );
};
const GIVEN =
  "given: { traits: { email: kim@example.com }, consent: [{ channel: email, topic: marketing }] }";

describe("the tests of shipped playbooks", () => {
  it.each(["retail", "starters/retail", "starters/subscription"])(
    "hold for %s, and no rule can be turned round unnoticed",
    async (name) => {
      const playbook = await read(readFolder(join(PROJECT_ROOT, "playbooks", name)));
      expect(await failuresOf(playbook)).toEqual([]);
      expect(await unfoundOf(playbook)).toEqual([]);
    },
  );
});

describe("a rehearsal", () => {
  it("lets each order's run wait for its own", async () => {
    const playbook = await play(`
- it: moves one of two
  when:
    - { track: Order Completed, properties: { order_id: A } }
    - { track: Order Completed, properties: { order_id: B } }
    - { track: Order Shipped, properties: { order_id: A } }
    - { advance: P9D }
  then: [{ journey: orders, ended: finished }, { journey: orders, step: late }]
`);
    expect(await failuresOf(playbook)).toEqual([]);
  });

  it("goes on with a visitor's wait once they are known, and stops at a STOP", async () => {
    const playbook = await play(`
- it: knows them
  when:
    - { track: Product Added, visitor: v, properties: { price: 9 } }
    - { identify: { email: kim@example.com }, as: kim, visitor: v }
    - { consent: { channel: email }, as: kim }
    - { advance: PT3H }
  then: [{ message: cart-reminder, as: kim }, { message: cart-reminder, visitor: v }]
- it: answers a stop, and writes no more
  given: { traits: { phone: "+4915112345678" }, consent: [{ channel: "*" }] }
  when: [{ receive: STOP, channel: sms }, { track: Product Added, properties: { price: 9 } }, { advance: PT3H }]
  then: [{ reply: "*", channel: sms }, { no: cart-reminder }]
`);
    expect(await failuresOf(playbook)).toEqual([]);
  });

  it("carries out what a customer makes of a message", async () => {
    const playbook = await play(`
- it: writes no more to somebody who complained
  ${GIVEN}
  when:
    - { track: Signed Up }
    - { outcome: complained, of: welcome }
    - { track: Signed Up }
  then: [{ message: welcome }]
- it: cannot make anything of what was not said
  when: [{ track: Signed Up }, { outcome: clicked, of: welcome }]
  then: [{ no: "*" }]
`);
    const [only = "", ...more] = await failuresOf(playbook);
    expect(more).toEqual([]);
    expect(only).toContain("welcome was never said");
  });

  it("says which rule kept a message back", async () => {
    const playbook = await play(
      "- it: welcomes\n  given: { traits: { email: a@b.example } }\n  when: [{ track: Signed Up }]\n  then: [{ message: welcome }]\n",
    );
    expect(await failuresOf(playbook)).toEqual([
      "tests/shop.yaml:4 welcomes: expected welcome once, seen not at all; at trigger.welcome it was turned down: consent; no message was sent",
    ]);
  });

  it("turns its clock forward alone", async () => {
    const playbook = await play(
      '- it: goes back\n  when: [{ advance: P1D }, { until: 2026-03-02T12:00:00Z }]\n  then: [{ no: "*" }]\n',
    );
    expect(await failuresOf(playbook)).toEqual([
      "tests/shop.yaml:2 goes back: 2026-03-02T12:00:00Z is over: it is 2026-03-03T10:00:00.000Z by then",
    ]);
  });

  it("gives up on what comes of itself for ever", async () => {
    const circle =
      "enter: { on: Signed Up }\nmaxAge: P3660D\nsteps:\n  on: { wait: PT1S, next: off }\n  off: { wait: PT1S, next: on }\n";
    const playbook = await play(
      '- it: ends\n  when: [{ track: Signed Up }, { advance: P365D }]\n  then: [{ no: "*" }]\n',
      { "journeys/circle.yaml": circle },
    );
    const [failure] = await failuresOf(playbook);
    expect(failure).toContain("it does not come to rest");
  });

  it("names the rule that no test misses", async () => {
    const playbook = await play(
      "- it: ships\n  when: [{ track: Order Completed, properties: { order_id: A } }]\n  then: [{ journey: orders, step: shipped }]\n",
    );
    expect(await unfoundOf(playbook)).toContain("journeys/orders.yaml:4 event.order_id = entry.order_id");
  });
});

describe("tests that an upload requires", () => {
  const requiring = (files: Record<string, string | null>) =>
    parsed(
      testFiles({ "playbook.yaml": `${testFiles()["playbook.yaml"]}requireTests: true\n`, ...files }),
    ).then(failedTests);

  it("keep a playbook out that has none", async () => {
    expect(await requiring({})).toMatchObject([{ code: "no-tests", file: "playbook.yaml" }]);
  });

  it("keep it out where one fails, at its line, and let it in where all hold", async () => {
    const test = (expected: string) =>
      `- it: welcomes\n  ${GIVEN}\n  when: [{ track: Signed Up }]\n  then: [{ ${expected} }]\n`;
    expect(await requiring({ "tests/a.yaml": test("no: welcome") })).toMatchObject([
      { code: "test-failed", severity: "error", file: "tests/a.yaml", line: 4 },
    ]);
    expect(await requiring({ "tests/a.yaml": test("message: welcome") })).toEqual([]);
  });
});
