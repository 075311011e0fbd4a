import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { PROVIDERS } from "#channels/all.ts";
import { RESERVED_EVENTS, USUAL_OUTCOMES } from "#domain/playbook/model/known.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { FRONT_MATTER_FIELDS } from "#domain/playbook/read/front-matter.ts";
import { YAML_MEMBERS } from "#domain/playbook/schema/content-members.ts";
import { COMPUTED_KINDS, FIELD_TYPES } from "#domain/playbook/schema/data-model-file.ts";
import { YAML_FILES } from "#domain/playbook/schema/yaml-files.ts";
import { fieldsOf, trunk } from "../../support/playbook/fields.ts";
import { PROJECT_ROOT } from "../../support/project/root.ts";

const doc = readFileSync(join(PROJECT_ROOT, "docs/playbook.md"), "utf8");

/** Field names in the first column of a section's tables, with placeholders as `<>`. */
const documentedIn = (heading: string): readonly string[] => {
  const section = doc.split(/^## /m).find((each) => each.startsWith(heading));
  if (section === undefined) throw new Error(`no section ${heading}`);
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = ""]) => name.replace(/<[a-z]+>/g, "<>"));
};
describe("docs/playbook.md", () => {
  it.each(YAML_FILES)("documents every field of %s, and none that is not there", (file, schema) => {
    const declared = new Set(fieldsOf(schema).map(trunk));
    const documented = new Set(documentedIn(`\`${file}\``).map(trunk));
    expect([...declared].filter((field) => !documented.has(field))).toEqual([]);
    const invented = [...documented].filter(
      (field) =>
        ![...declared].some(
          (each) => each === field || each.startsWith(`${field}.`) || each.startsWith(`${field}[`),
        ),
    );
    expect(invented).toEqual([]);
  });

  it("documents every field of the YAML files of channels and of a mail's head", () => {
    const section = doc.slice(doc.indexOf("## `templates/"));
    const members = [...YAML_MEMBERS.values()].flatMap((schema) => fieldsOf(schema).map(trunk));
    for (const field of [...members, ...FRONT_MATTER_FIELDS]) expect(section).toContain(`\`${field}\``);
  });

  it("names every type, kind, outcome, provider and event that files may name", () => {
    const names = [...FIELD_TYPES, ...COMPUTED_KINDS, ...USUAL_OUTCOMES, ...RESERVED_EVENTS];
    for (const name of names) expect(doc).toContain(`\`${name}\``);
    for (const [channel, providers] of PROVIDERS) {
      for (const provider of providers) expect(doc).toContain(`\`${channel}: ${provider}\``);
    }
  });

  it("has examples that together are a valid playbook, without a warning", async () => {
    const blocks = [...doc.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)];
    const files = Object.fromEntries(blocks.map(([, path = "", text = ""]) => [path, text]));
    expect(Object.keys(files).length).toBeGreaterThan(15);
    const { errors, warnings } = await parsePlaybook(files, renderMjml);
    expect([...errors, ...warnings]).toEqual([]);
  });
});
