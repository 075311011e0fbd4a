import { expectedOneOf } from "#kernel/suggest.ts";
import type { PlaybookFinding } from "../model/finding.ts";
import type { LiquidText } from "./sources.ts";

/** Members that the head of a mail template may have. */
export const FRONT_MATTER_FIELDS = ["subject", "preheader"] as const;
type Field = (typeof FRONT_MATTER_FIELDS)[number];
const MAX_LENGTH = 300;

export type FrontMatter = {
  readonly fields: Readonly<Partial<Record<Field, string>>>;
  readonly texts: readonly LiquidText[];
  readonly body: string;
  /** Line of the file on which the body begins. */
  readonly bodyLine: number;
  readonly findings: readonly PlaybookFinding[];
};

/**
 * Splits a mail template into its head and its body. The head stands between two lines `---` and is written like the
 * head of a mail, one `name: text` a line. Not YAML: in `subject: Hello {{ name | default: "you" }}` YAML would stumble
 * over the colon that Liquid needs.
 */
export const readFrontMatter = (file: string, source: string): FrontMatter => {
  const lines = source.split("\n");
  const isFence = (line: string | undefined) => line?.trimEnd() === "---";
  const end = isFence(lines[0]) ? lines.findIndex((line, index) => index > 0 && isFence(line)) : -1;
  if (end === -1) return { fields: {}, texts: [], body: source, bodyLine: 1, findings: [] };
  const fields: Partial<Record<Field, string>> = {};
  const texts: LiquidText[] = [];
  const findings: PlaybookFinding[] = [];
  for (const [index, line] of lines.slice(1, end).entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const place = { file, line: index + 2, column: 1 };
    const read = readField(line, fields);
    if ("code" in read) {
      findings.push({ severity: "error", ...place, ...read });
      continue;
    }
    fields[read.name] = read.text;
    const column = line.indexOf(read.text, line.indexOf(":"));
    texts.push({ source: read.text, at: (_line, offset) => ({ ...place, column: column + offset }) });
  }
  return { fields, texts, body: lines.slice(end + 1).join("\n"), bodyLine: end + 2, findings };
};

type ReadField =
  | { readonly name: Field; readonly text: string }
  | { readonly code: string; readonly message: string; readonly expected: string };

const readField = (line: string, before: FrontMatter["fields"]): ReadField => {
  const match = /^\s*([\w-]+)\s*:\s*(.*?)\s*$/.exec(line);
  if (!match) {
    const expected = "subject: followed by the text";
    return { code: "front-matter", message: "This line is no field", expected };
  }
  const [, name = "", written = ""] = match;
  if (!isField(name)) {
    const expected = expectedOneOf(name, FRONT_MATTER_FIELDS);
    return { code: "unknown-field", message: `There is no field "${name}" here`, expected };
  }
  if (before[name] !== undefined) {
    return { code: "duplicate-name", message: "This name is given twice", expected: "each name once" };
  }
  if (written.length > MAX_LENGTH) {
    const expected = `at most ${MAX_LENGTH} characters`;
    return { code: "invalid-value", message: `This ${name} is too long`, expected };
  }
  return { name, text: /^(["'])(.*)\1$/.exec(written)?.[2] ?? written };
};

const isField = (name: string): name is Field => FRONT_MATTER_FIELDS.some((field) => field === name);
