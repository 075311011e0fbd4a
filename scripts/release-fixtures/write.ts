import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Answers } from "./answers.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Tokens } from "./tokens.ts";

export type Fixtures = Snapshot & {
  /** The commit whose code wrote it all. */
  readonly code: string;
  /** Bodies of the requests to Firehose. */
  readonly put: readonly string[];
  readonly answers: Answers;
  readonly tokens: Tokens;
  /** Files of the playbook, by path. */
  readonly uploaded: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

/** Bytes as the AWS command line writes them. */
const asJson = (_name: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value;

/** A line for each entry of an array or object, so that a difference shows as lines. */
const linesOf = (value: unknown): string => {
  if (Array.isArray(value)) {
    return value.length === 0 ? "[]" : `[\n${value.map((one) => JSON.stringify(one, asJson)).join(",\n")}\n]`;
  }
  const lines = Object.entries(value as object).map(
    ([name, one]) =>
      `${JSON.stringify(name)}: ${name === "Resources" ? linesOf(one) : JSON.stringify(one, asJson)}`,
  );
  return `{\n${lines.join(",\n")}\n}`;
};

/** One file a table, queue, object and stack. What another run left in the folder goes; its README stays. */
export const writeFixtures = (folder: string, fixtures: Fixtures): void => {
  const write = (path: string, value: unknown): void => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${linesOf(value)}\n`);
  };
  for (const part of ["state", "queues", "log", "playbook", "templates"]) {
    rmSync(join(folder, part), { recursive: true, force: true });
  }
  write("moment.json", { at: fixtures.at, code: fixtures.code });
  write("tokens.json", fixtures.tokens);
  write("answers.json", fixtures.answers);
  for (const [table, items] of Object.entries(fixtures.tables)) write(`state/${table}.json`, items);
  for (const [queue, messages] of Object.entries(fixtures.queues)) write(`queues/${queue}.json`, messages);
  write("log/put.json", fixtures.put);
  write("log/objects.json", fixtures.objects);
  write("playbook/uploaded.json", fixtures.uploaded);
  for (const [stack, template] of Object.entries(fixtures.templates))
    write(`templates/${stack}.json`, template);
};
