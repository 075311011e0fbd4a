import type { App } from "aws-cdk-lib/core";
import { z } from "zod";
import { CORE_NAMES } from "#runtime/names.ts";
import type { Settings } from "./constructs/definition.ts";

/** `-c name={...}` comes as text. */
const json = (value: unknown): unknown => {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

/** `-c name=a,b` comes as text. */
const list = (value: unknown): unknown => (typeof value === "string" ? value.split(",") : value);

const DOMAIN = /^(?:\*|[a-z0-9-]+(?:\.[a-z0-9-]+)+)$/;

const context = z.object({
  stage: z.string().regex(/^[a-z][a-z0-9]{0,15}$/, "lower-case letters and digits, 16 at most"),
  logRetentionDays: z.coerce.number().int().positive().default(30),
  runbookUrl: z.string().default("docs/runbook"),
  publicUrl: z.url().optional(),
  names: z.preprocess(json, z.partialRecord(z.enum(CORE_NAMES), z.string().min(1)).default({})),
  plainStates: z.union([z.boolean(), z.stringbool()]).default(false),
  channels: z.preprocess(list, z.array(z.string().min(1)).optional()),
  reservedConcurrency: z.preprocess(json, z.record(z.string(), z.int().positive()).default({})),
  inboundDomains: z.preprocess(list, z.array(z.string().regex(DOMAIN, "a domain, or *")).default([])),
  receiptRuleSet: z.string().min(1).optional(),
  defaultBusPatterns: z.array(z.record(z.string(), z.unknown())).default([]),
});

/** Reads the deploy-time choices `rapport:*` from the context; a wrong one stops the synthesis with its name. */
export const readSettings = (app: App): Settings => {
  const read = (name: string): unknown => app.node.tryGetContext(`rapport:${name}`);
  const result = context.safeParse({
    stage: read("stage"),
    logRetentionDays: read("logRetentionDays"),
    runbookUrl: read("runbookUrl"),
    publicUrl: read("publicUrl"),
    names: read("names"),
    plainStates: read("plainStates"),
    channels: read("channels"),
    reservedConcurrency: read("reservedConcurrency"),
    inboundDomains: read("inboundDomains"),
    receiptRuleSet: read("receiptRuleSet"),
    defaultBusPatterns: read("defaultBusPatterns"),
  });
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `rapport:${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`context in cdk.json or --context: ${problems.join("; ")}`);
  }
  const { publicUrl, channels, receiptRuleSet } = result.data;
  return { ...result.data, publicUrl, channels, receiptRuleSet, keepsData: result.data.stage === "prod" };
};
