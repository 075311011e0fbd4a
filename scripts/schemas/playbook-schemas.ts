import * as z from "zod/mini";
import { YAML_FILES } from "#domain/playbook/schema/yaml-files.ts";

type JsonSchema = { [member: string]: unknown };

/** A JSON Schema for editors, and the files of a playbook that it is for. */
export interface PlaybookSchema {
  /** Its file's name: `actions.schema.json`. */
  readonly name: string;
  /** As docs/playbook.md heads it: `actions/<name>.yaml`. */
  readonly file: string;
  readonly schema: JsonSchema;
}

/**
 * JSON Schemas of a playbook's YAML files, by which editors complete, explain and check what is written. They hold what a file
 * can be checked for alone; `rapport validate` knows the rest. What a field means is said in one place: the page, whose rows
 * (`| \`field\` | words |` under the file's heading) become the fields' descriptions.
 *
 * @param page the text of docs/playbook.md
 */
export const playbookSchemas = (page: string): readonly PlaybookSchema[] =>
  YAML_FILES.map(([file, shape]) => {
    const made: JsonSchema = z.toJSONSchema(shape, { io: "input", unrepresentable: "any" });
    describe(made, "", wordsOf(page, file));
    return { name: schemaName(file), file, schema: { ...made, title: file } };
  });

/** `actions/<name>.yaml` -> `actions.schema.json`. */
export const schemaName = (file: string): string =>
  file.replace(/(\/<name>)?\.yaml$/, "").concat(".schema.json");

/** Field -> words of the page's section on a file; placeholders are `<>`, as in `traits.<>.type`. */
const wordsOf = (page: string, file: string): ReadonlyMap<string, string> => {
  const section = page.split(/^## /m).find((each) => each.startsWith(`\`${file}\``)) ?? "";
  const rows = section.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm);
  return new Map([...rows].map(([, field = "", words = ""]) => [bare(field), plain(words)]));
};

const bare = (field: string): string => field.replace(/<[a-z]+>/g, "<>").replace(/(\[\]|\.<>)+$/, "");

/** Links as their words: an editor's hover has nowhere to lead. */
const plain = (words: string): string => words.replace(/\[([^\]]+)\]\([^)]+\)/g, "$1").replaceAll("\\|", "|");

/** Gives each field that the page explains its words, in place. A list and what it holds are explained once, at the list. */
const describe = (schema: JsonSchema, path: string, words: ReadonlyMap<string, string>): void => {
  const said = words.get(bare(path));
  if (said !== undefined && !path.endsWith("[]")) schema.description = said;
  for (const [name, member] of entriesOf(schema.properties)) {
    describe(member, path === "" ? name : `${path}.${name}`, words);
  }
  const held = schema.additionalProperties;
  if (isSchema(held)) describe(held, path === "" ? "<>" : `${path}.<>`, words);
  if (isSchema(schema.items)) describe(schema.items, `${path}[]`, words);
  for (const option of Array.isArray(schema.anyOf) ? schema.anyOf : []) describeMembers(option, path, words);
};

/** An alternative has its union's words already; only what it holds is looked at. */
const describeMembers = (schema: JsonSchema, path: string, words: ReadonlyMap<string, string>): void => {
  const { description } = schema;
  describe(schema, path, words);
  if (description === undefined) delete schema.description;
};

const isSchema = (value: unknown): value is JsonSchema => typeof value === "object" && value !== null;
const entriesOf = (value: unknown): readonly (readonly [string, JsonSchema])[] =>
  isSchema(value) ? Object.entries(value).flatMap(([name, one]) => (isSchema(one) ? [[name, one]] : [])) : [];
