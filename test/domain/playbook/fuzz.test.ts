import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileAllRules, compilePlaybook } from "#domain/playbook/compile/compile.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import type { RenderMjml } from "#domain/playbook/read/sources.ts";
import { testFiles } from "../../support/playbook/files.ts";

const noMjml: RenderMjml = async (html) => ({ html, problems: [] });
const FILES = testFiles();
const PATHS = Object.keys(FILES);

const NASTY = [
  "__proto__",
  "constructor",
  "toString",
  "null",
  "~",
  "{}",
  "[]",
  "*x",
  "&x",
  "!!js",
  "-1",
  "1e999",
  ".nan",
  ": ",
  "\t",
  "\u0000",
  "{{",
  "{%",
  "((",
  "-->",
];

/** A small change at any place of any file: a piece taken away, put in, or given twice. */
const change = fc.record({
  path: fc.constantFrom(...PATHS),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(12),
  text: fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "binary", maxLength: 8 })),
  times: fc.integer({ min: 1, max: 3 }),
});

describe("any change of a valid playbook", () => {
  it("ends in a document that compiles or in located errors, and never throws", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const files = { ...FILES };
        for (const { path, at, length, text, times } of changes) {
          const source = files[path] ?? "";
          const from = Math.floor(at * source.length);
          files[path] = source.slice(0, from) + text.repeat(times) + source.slice(from + length);
        }
        const { document, errors } = await parsePlaybook(files, noMjml);
        expect(document === null).toBe(errors.length > 0);
        for (const { file, line, column, message } of errors) {
          expect({ file, placed: line > 0 && column > 0, said: message.length > 0 }).toEqual({
            file,
            placed: true,
            said: true,
          });
        }
        if (document) compileAllRules(compilePlaybook("pb_1", JSON.parse(JSON.stringify(document))));
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  it.each(["constructor", "toString", "__proto__", "hasOwnProperty"])(
    "refuses or ignores the name %s everywhere",
    async (name) => {
      const variants = [
        { "playbook.yaml": `${FILES["playbook.yaml"]}  ${name}: {}\n` },
        { "segments.yaml": `${name}: customer.orders > 1\n` },
        { "triggers.yaml": `${name}: { on: ${name} }\n` },
        {
          "data-model.yaml": `traits: { ${name}: string }\ncomputed: { x: { kind: sum, event: ${name}, property: ${name} } }\n`,
        },
        {
          [`actions/${name}.yaml`]: `category: ${name}\nplacements: [${name}]\ntreatments: [{ channel: ${name} }]\n`,
        },
        { "templates/welcome/email.mjml": `---\nsubject: x\n---\n<mj-include path="../../${name}" />` },
      ];
      for (const files of variants)
        await expect(parsePlaybook({ ...FILES, ...files }, noMjml)).resolves.toBeDefined();
    },
  );
});
