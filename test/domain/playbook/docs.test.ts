import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { $ZodArray, $ZodObject, $ZodOptional, $ZodRecord, type $ZodType, $ZodUnion } from "zod/v4/core";
import { renderMjml } from "../../../shared/adapters/mjml/render-mjml.ts";
import { PROVIDERS, RESERVED_EVENTS, USUAL_OUTCOMES } from "../../../shared/domain/playbook/known.ts";
import { parsePlaybook } from "../../../shared/domain/playbook/parse.ts";
import { FRONT_MATTER_FIELDS } from "../../../shared/domain/playbook/read/front-matter.ts";
import { PushFile } from "../../../shared/domain/playbook/read/template-file.ts";
import { ActionFile } from "../../../shared/domain/playbook/schema/action-file.ts";
import { ContactPolicyFile } from "../../../shared/domain/playbook/schema/contact-policy-file.ts";
import {
  COMPUTED_KINDS,
  DataModelFile,
  FIELD_TYPES,
} from "../../../shared/domain/playbook/schema/data-model-file.ts";
import { ExperimentsFile } from "../../../shared/domain/playbook/schema/experiments-file.ts";
import { LearningFile } from "../../../shared/domain/playbook/schema/learning-file.ts";
import { PlaybookFile } from "../../../shared/domain/playbook/schema/playbook-file.ts";
import { SegmentsFile } from "../../../shared/domain/playbook/schema/segments-file.ts";
import { SourcesFile } from "../../../shared/domain/playbook/schema/sources-file.ts";
import { TriggersFile } from "../../../shared/domain/playbook/schema/triggers-file.ts";
import { PROJECT_ROOT } from "../../support/imports.ts";

const doc = readFileSync(join(PROJECT_ROOT, "docs/playbook.md"), "utf8");

/** Paths of all fields: `caps[].max`, `traits.<>.type`. Lists and maps of plain values end with their own name. */
const fieldsOf = (schema: $ZodType, path = ""): readonly string[] => {
  if (schema instanceof $ZodOptional) return fieldsOf(schema._zod.def.innerType, path);
  if (schema instanceof $ZodUnion) return schema._zod.def.options.flatMap((option) => fieldsOf(option, path));
  if (schema instanceof $ZodArray) return below(schema._zod.def.element, `${path}[]`, path);
  if (schema instanceof $ZodRecord) return below(schema._zod.def.valueType, `${path}${path && "."}<>`, path);
  if (!(schema instanceof $ZodObject)) return path === "" ? [] : [path];
  const members = Object.entries(schema._zod.def.shape);
  return members.flatMap(([name, member]) => fieldsOf(member, `${path}${path && "."}${name}`));
};
const below = (inner: $ZodType, innerPath: string, path: string): readonly string[] => {
  const found = fieldsOf(inner, innerPath).filter((field) => field !== innerPath);
  return found.length > 0 ? found : [innerPath === "<>" ? innerPath : path];
};

/** Field names in the first column of a section's tables, with placeholders as `<>`. */
const documentedIn = (heading: string): readonly string[] => {
  const section = doc.split(/^## /m).find((each) => each.startsWith(heading));
  if (section === undefined) throw new Error(`no section ${heading}`);
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = ""]) => name.replace(/<[a-z]+>/g, "<>"));
};
/** A list or map is documented by its own row, or by those of what it holds. */
const trunk = (field: string): string => field.replace(/(\[\]|\.<>)+$/, "");

const FILES: readonly (readonly [string, $ZodType])[] = [
  ["`playbook.yaml`", PlaybookFile],
  ["`data-model.yaml`", DataModelFile],
  ["`contact-policy.yaml`", ContactPolicyFile],
  ["`actions/<name>.yaml`", ActionFile],
  ["`triggers.yaml`", TriggersFile],
  ["`segments.yaml`", SegmentsFile],
  ["`sources.yaml`", SourcesFile],
  ["`learning.yaml`", LearningFile],
  ["`experiments.yaml`", ExperimentsFile],
];

describe("docs/playbook.md", () => {
  it.each(FILES)("documents every field of %s, and none that is not there", (heading, schema) => {
    const declared = new Set(fieldsOf(schema).map(trunk));
    const documented = new Set(documentedIn(heading).map(trunk));
    expect([...declared].filter((field) => !documented.has(field))).toEqual([]);
    const invented = [...documented].filter(
      (field) =>
        ![...declared].some(
          (each) => each === field || each.startsWith(`${field}.`) || each.startsWith(`${field}[`),
        ),
    );
    expect(invented).toEqual([]);
  });

  it("documents every field of push.yaml and of a mail's head", () => {
    const section = doc.slice(doc.indexOf("## `templates/"));
    for (const field of [...fieldsOf(PushFile).map(trunk), ...FRONT_MATTER_FIELDS])
      expect(section).toContain(`\`${field}\``);
  });

  it("names every type, kind, outcome, provider and event that files may name", () => {
    const names = [...FIELD_TYPES, ...COMPUTED_KINDS, ...USUAL_OUTCOMES, ...RESERVED_EVENTS];
    for (const name of names) expect(doc).toContain(`\`${name}\``);
    for (const [channel, providers] of Object.entries(PROVIDERS)) {
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
