import type { CompiledWebhookEvent } from "#domain/playbook/model/webhooks.ts";
import {
  isGivenUp,
  nextCallAt,
  type ReceiverHealth,
  receiverState,
  restsUntil,
  SLOW_FOR_MS,
  SLOW_MS,
} from "#domain/webhook/health.ts";
import { entryOf, needsCustomer, toldBody } from "#domain/webhook/told.ts";
import { WebhookDue } from "#events/webhook-due.ts";
import { isObject, type JsonObject } from "#kernel/json.ts";
import type { OutletAnswer } from "#ports/event-outlet.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { TellDependencies } from "./dependencies.ts";

/** Who answers at once is waited for briefly: one that hangs takes that long from the others, and no longer. */
const PATIENCE = {
  prompt: { connectMs: 1_500, answerMs: SLOW_MS },
  patient: { connectMs: 3_000, answerMs: 12_000 },
} as const;

type NotTaken = Exclude<OutletAnswer, { readonly result: "taken" }>;

const NO_SECRET: NotTaken = { result: "failed", reason: "no secret" };

const domainEvent = (due: WebhookDue) => ({ id: due.id, name: WebhookDue.name, detail: due });

/** Kept, so that a person can have it told again. */
const giveUp = async (
  { webhooks, clock, telemetry }: TellDependencies,
  due: WebhookDue,
  reason: string,
): Promise<void> => {
  await webhooks.keep({ due, at: new Date(clock.now()).toISOString(), reason });
  telemetry.count(METRICS.webhooksDead, 1, due.webhook);
};

/** Later, or never. What was left out because nobody answers counts as a try: a system that is down is not asked all day. */
const putOff = async (
  deps: TellDependencies,
  due: WebhookDue,
  { reason, retryAfter }: { readonly reason: string; readonly retryAfter?: number | undefined },
): Promise<void> => {
  const attempt = due.attempt + 1;
  const at = nextCallAt({ id: due.id, attempt, now: deps.clock.now() }, retryAfter);
  if (at === null) return giveUp(deps, due, reason);
  const later: WebhookDue = { ...due, attempt, lane: "patient" };
  const id = `${due.id}-${attempt}`;
  await deps.timers.set([{ id, due: new Date(at).toISOString(), event: { ...domainEvent(later), id } }]);
};

const disable = async (deps: TellDependencies, webhook: string, reason: string): Promise<void> => {
  const at = new Date(deps.clock.now()).toISOString();
  if (!(await deps.webhooks.disable(webhook, { at, reason }))) return;
  deps.telemetry.count(METRICS.webhooksDisabled, 1, webhook);
  deps.telemetry.log.error("a webhook was disabled", null, { code: webhook, reason });
};

const notTaken = async (deps: TellDependencies, due: WebhookDue, answer: NotTaken): Promise<void> => {
  const now = deps.clock.now();
  const isGone = answer.result === "gone";
  const reason = isGone ? "gone" : answer.reason;
  deps.telemetry.count(METRICS.webhooksFailed, 1, reason);
  const known = await deps.webhooks.failed(due.webhook, { at: new Date(now).toISOString(), reason });
  if (isGone || isGivenUp(known, now)) {
    await disable(deps, due.webhook, reason);
    return giveUp(deps, due, reason);
  }
  await putOff(deps, due, { reason, retryAfter: answer.retryAfter });
};

const taken = async (
  deps: TellDependencies,
  due: WebhookDue,
  { health, tookMs }: { readonly health: ReceiverHealth | undefined; readonly tookMs: number },
): Promise<void> => {
  deps.telemetry.count(METRICS.webhooksTold);
  if (tookMs >= SLOW_MS)
    await deps.webhooks.slow(due.webhook, new Date(deps.clock.now() + SLOW_FOR_MS).toISOString());
  else if (health !== undefined) await deps.webhooks.clear(due.webhook);
};

/** The body to send; null: nothing is known any more of the event, or of the customer. */
const bodyOf = async (
  deps: TellDependencies,
  due: WebhookDue,
  entry: CompiledWebhookEvent,
): Promise<string | null> => {
  const wants = needsCustomer(entry);
  const [fact, record, playbook] = await Promise.all([
    deps.history.get(due.eventId),
    wants ? deps.customers.load(due.customerId) : null,
    deps.playbooks.current(),
  ]);
  if (fact === null || (wants && record === null)) return null;
  const given = fact.body.properties;
  const properties: JsonObject = isObject(given) ? given : {};
  return toldBody({ due, entry, properties, state: record?.state ?? null, playbook, now: deps.clock.now() });
};

const call = async (
  deps: TellDependencies,
  due: WebhookDue,
  { webhook }: CompiledWebhookEvent,
  body: string,
): Promise<OutletAnswer> => {
  const secrets = await deps.outlet.secretsOf(webhook.account);
  if (secrets === null) return NO_SECRET;
  return deps.outlet.call({ url: webhook.url, secrets, id: due.id, body, patience: PATIENCE[due.lane] });
};

/**
 * Tells a system outside of an event. At least once: a call whose answer was lost is made again, under the same id. One that
 * fails, hangs or is slow is moved to a lane of its own, then left alone for a while, and is told nothing any more after a
 * day; the others do not wait for it.
 */
export const tellEvent = async (deps: TellDependencies, due: WebhookDue): Promise<void> => {
  const [playbook, known] = await Promise.all([deps.playbooks.current(), deps.webhooks.health()]);
  const entry = entryOf(playbook, due);
  if (entry === undefined) return;
  const now = deps.clock.now();
  const health = known.get(due.webhook);
  const state = receiverState(health, now);
  if (state === "disabled") return giveUp(deps, due, "disabled");
  if (state === "failing" && health !== undefined && restsUntil(health) > now)
    return putOff(deps, due, { reason: health.reason ?? "failing" });
  if (state !== "ok" && due.lane === "prompt")
    return deps.bus.publish([domainEvent({ ...due, lane: "patient" })]);
  const body = await bodyOf(deps, due, entry);
  if (body === null) return;
  const answer = await call(deps, due, entry, body);
  if (answer.result !== "taken") return notTaken(deps, due, answer);
  await taken(deps, due, { health, tookMs: deps.clock.now() - now });
};
