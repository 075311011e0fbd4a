import type { CompiledExpression } from "#feel/index.ts";

/** A system that is told of what happens to customers. */
export type Webhook = {
  readonly name: string;
  readonly url: string;
  /** The account whose secret signs the calls. */
  readonly account: string;
  /** Types of identifiers that leave with every event; none by default. */
  readonly identifiers: readonly string[];
  readonly events: readonly WebhookEvent[];
};

export type WebhookEvent = {
  readonly on: string;
  readonly if?: string;
  /** Name of a field that leaves -> its value, in FEEL. */
  readonly with: Readonly<Record<string, string>>;
};

/** One entry of `events`, ready to run. `index`: its place there. */
export type CompiledWebhookEvent = {
  readonly webhook: Webhook;
  readonly index: number;
  readonly on: string;
  readonly test?: CompiledExpression;
  readonly fields: ReadonlyMap<string, CompiledExpression>;
};
