import { $ZodArray, $ZodObject, $ZodOptional, $ZodRecord, type $ZodType, $ZodUnion } from "zod/v4/core";
import { ActionFile } from "#domain/playbook/schema/action-file.ts";
import { ContactPolicyFile } from "#domain/playbook/schema/contact-policy-file.ts";
import { DataModelFile } from "#domain/playbook/schema/data-model-file.ts";
import { ExperimentsFile } from "#domain/playbook/schema/experiments-file.ts";
import { LearningFile } from "#domain/playbook/schema/learning-file.ts";
import { PlaybookFile } from "#domain/playbook/schema/playbook-file.ts";
import { SegmentsFile } from "#domain/playbook/schema/segments-file.ts";
import { SourcesFile } from "#domain/playbook/schema/sources-file.ts";
import { TriggersFile } from "#domain/playbook/schema/triggers-file.ts";

/** Files of a playbook that are written in YAML, as docs/playbook.md heads them. */
export const YAML_FILES: readonly (readonly [string, $ZodType])[] = [
  ["playbook.yaml", PlaybookFile],
  ["data-model.yaml", DataModelFile],
  ["contact-policy.yaml", ContactPolicyFile],
  ["actions/<name>.yaml", ActionFile],
  ["triggers.yaml", TriggersFile],
  ["segments.yaml", SegmentsFile],
  ["sources.yaml", SourcesFile],
  ["learning.yaml", LearningFile],
  ["experiments.yaml", ExperimentsFile],
];

/** Paths of all fields: `caps[].max`, `traits.<>.type`. Lists and maps of plain values end with their own name. */
export const fieldsOf = (schema: $ZodType, path = ""): readonly string[] => {
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

/** A list or map is documented by its own row, or by those of what it holds. */
export const trunk = (field: string): string => field.replace(/(\[\]|\.<>)+$/, "");
