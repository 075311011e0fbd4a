import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod/mini";
import type { Figures } from "./port.ts";
import { type Receipt, receiptPage } from "./receipt.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** The last receipt of the local cloud that was committed. */
const LOCAL_RECEIPT = join(ROOT, "docs/receipts/local.json");

const nullable = z.nullable(z.number());
const LocalReceipt = z.object({
  at: z.string(),
  figures: z.object({
    countedBy: z.string(),
    requestsByFunctions: nullable,
    requestsByServices: nullable,
    invocations: nullable,
    functionMilliseconds: nullable,
    readUnits: nullable,
    writeUnits: nullable,
    dollars: nullable,
  }),
});
const Package = z.object({ version: z.string() });

const readJson = <S extends z.ZodMiniType>(schema: S, file: string): z.output<S> =>
  schema.parse(JSON.parse(readFileSync(file, "utf8")));

/** What the story used in the local cloud when its receipt was last committed. */
export const localReceipt = (): { readonly at: string; readonly figures: Figures } =>
  readJson(LocalReceipt, LOCAL_RECEIPT);

/** Of this project. */
export const release = (): string => readJson(Package, join(ROOT, "package.json")).version;

/** Writes a receipt for programs and for people. Gives the path of both, without what tells them apart. */
export const writeReceipt = (receipt: Receipt, folder: string): string => {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${receipt.where.stage}-${receipt.run}`);
  writeFileSync(`${file}.json`, `${JSON.stringify(receipt, null, 2)}\n`);
  writeFileSync(`${file}.md`, receiptPage(receipt));
  return file;
};
