import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Features } from "#domain/learning/model.ts";

/** One customer of Hillstrom's e-mail trial: who they are, which mail chance gave them, and what came of it. */
export type Customer = {
  readonly features: Features;
  readonly mail: Mail;
  readonly visit: number;
  readonly spend: number;
};
export const MAILS = ["none", "womens", "mens"] as const;
export type Mail = (typeof MAILS)[number];

const MAIL_OF: Readonly<Record<string, Mail>> = {
  "No E-Mail": "none",
  "Womens E-Mail": "womens",
  "Mens E-Mail": "mens",
};

/** What was known before the mails went out. */
export const PREDICTORS = ["womens", "mens", "newbie", "recency", "history", "zip_code", "channel"];
const NUMBERS = new Set(["recency", "history"]);

/** A line of the file: commas within quotes are part of the value (RFC 4180); no value of the trial holds a quote. */
const valuesOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");

/** Reads the trial's file, gzipped or not. Throws when a column is missing. */
export const readTrial = (path: string): readonly Customer[] => {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const [head = "", ...lines] = text.trim().split(/\r?\n/);
  const columns = head.split(",");
  const place = (name: string): number => {
    const index = columns.indexOf(name);
    if (index < 0) throw new Error(`${path} has no column ${name}`);
    return index;
  };
  const predictors = PREDICTORS.map((name) => ({ name, at: place(name), number: NUMBERS.has(name) }));
  const [mail, visit, spend] = [place("segment"), place("visit"), place("spend")];
  return lines.map((line) => {
    const values = valuesOf(line);
    return {
      features: Object.fromEntries(
        predictors.map(({ name, at, number }) => [name, number ? Number(values[at]) : (values[at] ?? null)]),
      ),
      mail: MAIL_OF[values[mail] ?? ""] ?? "none",
      visit: Number(values[visit]),
      spend: Number(values[spend]),
    };
  });
};
