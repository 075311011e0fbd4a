import type { parseArgs } from "node:util";

/** Every option of every command; each command takes those it knows. */
export const OPTIONS = {
  publish: { type: "boolean" },
  watch: { type: "boolean" },
  mutate: { type: "boolean" },
  junit: { type: "string" },
  draft: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  sender: { type: "string" },
  plan: { type: "boolean" },
  out: { type: "string" },
  placement: { type: "string" },
  treatment: { type: "string" },
  channel: { type: "string" },
  customer: { type: "string" },
  locale: { type: "string" },
  event: { type: "string" },
  data: { type: "string" },
  goal: { type: "string" },
  confirm: { type: "string" },
  segment: { type: "string" },
  if: { type: "string" },
  rate: { type: "string" },
  by: { type: "string" },
  url: { type: "string" },
  key: { type: "string" },
  name: { type: "string" },
  kind: { type: "string" },
  scopes: { type: "string" },
  stage: { type: "string" },
  user: { type: "string" },
  at: { type: "string" },
  "aws-url": { type: "string" },
  state: { type: "string" },
  moved: { type: "boolean" },
  industry: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** What was said with the options. */
export type Options = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"];
