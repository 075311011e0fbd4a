import type { Files, NewFunction } from "./names.ts";

/*
 * What is kept by hand beside the functions, because a person reviews it: where data lies, what each role may do, what to
 * do when an alarm goes off. A new function begins with a true row in each.
 */

const DATA_MAP = "docs/data-map.md";
const IAM_TABLE = "test/infra/iam-table.ts";

/** Puts a row below the last one of the table under a heading. */
const withRow = (page: string, heading: string, row: string): string => {
  const begin = page.indexOf(`\n## ${heading}\n`);
  const next = page.indexOf("\n## ", begin + 1);
  const end = next === -1 ? page.length : next;
  const last = page.lastIndexOf("\n| ", end - 1);
  if (begin === -1 || last < begin) throw new Error(`${DATA_MAP} has no table under "${heading}"`);
  const after = page.indexOf("\n", last + 1) + 1;
  return `${page.slice(0, after)}${row}\n${page.slice(after)}`;
};

const dataMap = (page: string, { group, kind, name }: NewFunction): string => {
  const queue = `rapport-<stage>-${group}-${name}`;
  const logs = withRow(
    page,
    "Logs",
    `| \`/aws/lambda/${queue}\` | ids of events, error codes | 30 days | none: nothing about a person |`,
  );
  if (kind === "http") return logs;
  return withRow(
    logs,
    "Queues",
    `| \`${queue}\`, \`${queue}-dlq\` | \`name.it\`: ids | seconds, at most 4 days; 14 days | none: nothing about a person |`,
  );
};

const rightsOf = ({ group, kind, name }: NewFunction): readonly string[] =>
  kind === "http"
    ? ['"own log group": LOG', '"keys/data": UNLOCK_TO_READ', '"tables/keys": "dynamodb:GetItem"']
    : ['"own log group": LOG', `"own ${group}-${name}": CONSUME`, `"own ${group}-${name}-dlq": SEND`];

/** Puts a role's rights where the alphabet wants them. */
const iamTable = (table: string, wanted: NewFunction): string => {
  const key = `${wanted.group}/${wanted.name}`;
  const rows = [...table.matchAll(/^ {2}"([^"]+)": \{$/gm)];
  const place = rows.find(([, other = ""]) => other > key)?.index ?? table.lastIndexOf("\n};") + 1;
  const row = `  "${key}": {\n${rightsOf(wanted)
    .map((right) => `    ${right},\n`)
    .join("")}  },\n`;
  return `${table.slice(0, place)}${row}${table.slice(place)}`;
};

/** A page of the runbook for an alarm of a function, to be filled. */
export const runbookPage = (
  { group, name }: Pick<NewFunction, "group" | "name">,
  alarm: string,
): string => `# ${group}/${name}: ${alarm}

What it means, in a sentence.

## What customers notice

The \`failureImpact\` of \`functions/${group}/${name}/stack.ts\`, and from when on.

## Look

1. The function's log: \`aws logs tail /aws/lambda/rapport-prod-${group}-${name} --since 30m\`

## Mend

What to do for each cause that was found.
`;

/** The reviewed files with their rows for a new function, and its pages of the runbook. @param read reads a file of the project */
export const reviewedFiles = (wanted: NewFunction, read: (path: string) => string): Files => {
  const alarms = wanted.kind === "http" ? ["errors"] : ["dead-letter", "late"];
  const pages = alarms.map((alarm) => [
    `docs/runbook/${wanted.group}-${wanted.name}-${alarm}.md`,
    runbookPage(wanted, alarm),
  ]);
  return {
    [DATA_MAP]: dataMap(read(DATA_MAP), wanted),
    [IAM_TABLE]: iamTable(read(IAM_TABLE), wanted),
    ...Object.fromEntries(pages),
  };
};
