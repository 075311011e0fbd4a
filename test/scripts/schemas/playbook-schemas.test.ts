import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { playbookSchemas, schemaName } from "#scripts/schemas/playbook-schemas.ts";
import { PROJECT_ROOT } from "../../support/project/root.ts";

const page = readFileSync(join(PROJECT_ROOT, "docs/playbook.md"), "utf8");
const ajv = new Ajv2020({ strict: false });
const checks = new Map<string, ValidateFunction>(
  playbookSchemas(page).map(({ name, schema }) => [name, ajv.compile(schema)]),
);

/** What a schema says of a file's text; null where there is nothing to say. */
const complaint = (file: string, text: string): string | null => {
  const check = checks.get(schemaName(file));
  if (check === undefined) throw new Error(`no schema for ${file}`);
  return check(parse(text) ?? {}) ? null : ajv.errorsText(check.errors);
};

const written = globSync(
  ["playbooks/retail/{*.yaml,{actions,journeys}/*.yaml}", "playbooks/starters/*/{*.yaml,actions/*.yaml}"],
  { cwd: PROJECT_ROOT },
);
const asHeaded = (path: string): string =>
  path
    .replace(/^.*\/(actions|journeys)\/.*$/, "$1/<name>.yaml")
    .split(/\/(?!<)/)
    .at(-1) ?? "";

describe("the schemas for editors", () => {
  it.each(written.toSorted())("have nothing to say of %s", (path) => {
    expect(complaint(asHeaded(path), readFileSync(join(PROJECT_ROOT, path), "utf8"))).toBeNull();
  });

  it("have nothing to say of the examples of docs/playbook.md", () => {
    const examples = [...page.matchAll(/^```yaml (\S+)\n([\s\S]*?)^```$/gm)].map(
      ([, file = "", text = ""]) => ({
        file: asHeaded(`/${file}`),
        text,
      }),
    );
    const files = examples.filter(({ file }) => checks.has(schemaName(file)));
    expect(files.length).toBeGreaterThan(8);
    expect(files.map(({ file, text }) => complaint(file, text)).filter(Boolean)).toEqual([]);
  });

  it.each([
    ["actions/<name>.yaml", "category: marketing\nplacements: [a]\ntreatments: [{ chanel: email }]"],
    ["actions/<name>.yaml", "category: marketing\nplacements: [a]\ntreatments: []"],
    ["contact-policy.yaml", "categories: { a: { consent: maybe } }"],
    ["contact-policy.yaml", "categories: {}\nholdout: 0.9"],
    ["contact-policy.yaml", "categories: {}\ncaps: [{ name: a, max: 1.5, window: P1D }]"],
    ["data-model.yaml", "traits: { age: numbr }"],
    ["triggers.yaml", "welcome: { if: 'true' }"],
  ])("find what is wrong in a %s: %j", (file, text) => {
    expect(complaint(file, text)).not.toBeNull();
  });

  it("explain every field that the page explains", () => {
    for (const { file, schema } of playbookSchemas(page)) {
      const section = page.split(/^## /m).find((each) => each.startsWith(`\`${file}\``)) ?? "";
      const rows = [...section.matchAll(/^\| `([^`]+)` \| .+ \|$/gm)];
      const said = JSON.stringify(schema).split('"description":"').length - 1;
      expect(said, file).toBeGreaterThanOrEqual(rows.length);
    }
  });
});
