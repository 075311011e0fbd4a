import { describe, expect, it } from "vitest";
import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { readFolder } from "#cli/folder.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { testFiles } from "../../support/playbook/files.ts";
import { RETAIL_FOLDER } from "../../support/playbook/retail.ts";
import { MODEL, POLICY, TRIGGERS } from "./mistakes/mistake.ts";

const CODE = "unbounded-trigger";
const capped = (cap: string): string => `${POLICY}caps:\n  - { name: enough, max: 9, window: P7D${cap} }\n`;
const warningsOf = async (files: Readonly<Record<string, string>>) => {
  const { errors, warnings } = await parsePlaybook(files, renderMjml);
  expect(errors).toEqual([]);
  return warnings.filter(({ code }) => code === CODE);
};
const linesOf = async (files: Readonly<Record<string, string>>) =>
  (await warningsOf(testFiles(files))).map(({ line, message }) => `${line} ${message.split(" with ")[0]}`);

const WELCOME = "2 Anybody can send Signed Up";
const CART = "3 Anybody can send Product Added";
const ORDER = "4 Anybody can send Order Completed";

describe("a trigger that anybody with a write key can set off", () => {
  it("is found where it stands when nothing bounds what it sends, with what can be done and the two ways out", async () => {
    const [welcome, , order] = await warningsOf(testFiles());
    expect(welcome).toEqual({
      severity: "warning",
      file: "triggers.yaml",
      line: 2,
      column: 16,
      code: CODE,
      message:
        "Anybody can send Signed Up with a write key, and with it have marketing messages sent to a customer without end: no cap holds for them",
      expected: '"from: trusted" for Signed Up in data-model.yaml, or a cap for marketing',
    });
    expect(order?.expected).toBe(
      '"from: trusted" for Order Completed in data-model.yaml, or another category, with a cap (what is transactional has none)',
    );
  });

  it.each([
    ["a cap for everything", "", [ORDER]],
    ["a cap for the category", ", categories: [marketing]", [ORDER]],
    ["a cap for another category", ", categories: [service]", [WELCOME, CART, ORDER]],
    ["a cap for one of its two channels", ", channels: [email]", [CART, ORDER]],
    ["a cap for one of the actions", ", actions: [welcome]", [CART, ORDER]],
    [
      "a cap for what is transactional, which skips caps",
      ", categories: [transactional]",
      [WELCOME, CART, ORDER],
    ],
  ])("is judged by %s", async (_, cap, expected) => {
    expect(await linesOf({ "contact-policy.yaml": capped(cap) })).toEqual(expected);
  });

  it("is none where only the company can say its event, or the hub itself does", async () => {
    const model = MODEL.replace("Order Completed: {", "Order Completed: { from: trusted,");
    expect(await linesOf({ "data-model.yaml": model })).toEqual([WELCOME, CART]);
    const own = `${TRIGGERS}thanks: { on: message.clicked, placement: trigger.welcome }\n`;
    expect(await linesOf({ "triggers.yaml": own })).toEqual([WELCOME, CART, ORDER]);
  });

  it("is one whose event no data model needs to declare", async () => {
    const known = `${TRIGGERS}known: { on: identify, placement: trigger.welcome }\n`;
    expect(await linesOf({ "triggers.yaml": known })).toContain("5 Anybody can send identify");
  });

  it("is not in the retail playbook", async () => {
    expect(await warningsOf(await readFolder(RETAIL_FOLDER))).toEqual([]);
  });
});
