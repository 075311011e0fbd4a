import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { Webhook } from "#domain/playbook/model/webhooks.ts";
import { receiverState } from "#domain/webhook/health.ts";
import { WebhookDue } from "#events/webhook-due.ts";
import { RapportError } from "#kernel/errors.ts";
import type { Clock, Ids } from "#ports/clock.ts";
import type { EventBus } from "#ports/event-bus.ts";
import type { OutletAnswer } from "#ports/event-outlet.ts";
import type { PlaybookVersions } from "#ports/playbook-store.ts";
import type { WebhookStore } from "#ports/webhook-store.ts";
import type { Outlet } from "./dependencies.ts";

export type SteerDependencies = {
  readonly playbooks: Pick<PlaybookVersions<PlaybookDocument>, "current">;
  readonly webhooks: Pick<WebhookStore, "health" | "dead" | "drop" | "clear">;
  readonly outlet: Outlet;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly ids: Ids;
};

/** Events that one call of `tellAgain` tells again. */
const REPLAYED_AT_ONCE = 100;
const PATIENCE = { connectMs: 2_000, answerMs: 6_000 };

const webhookNamed = async ({ playbooks }: SteerDependencies, name: string): Promise<Webhook> => {
  const { webhooks = [] } = await playbooks.current();
  const found = webhooks.find((one) => one.name === name);
  if (found === undefined) throw new RapportError("not_found", "the playbook has no such webhook");
  return found;
};

/** Every webhook of the playbook, and how its system answers. */
export const listWebhooks = async (deps: SteerDependencies) => {
  const [{ webhooks = [] }, known] = await Promise.all([deps.playbooks.current(), deps.webhooks.health()]);
  const now = deps.clock.now();
  return Promise.all(
    webhooks.map(async ({ name, url, events }) => {
      const { letters, isMore } = await deps.webhooks.dead(name, REPLAYED_AT_ONCE);
      const health = known.get(name);
      return {
        name,
        url,
        events: [...new Set(events.map(({ on }) => on))],
        state: receiverState(health, now),
        failures: health?.failures ?? 0,
        failingSince: health?.failingSince ?? null,
        reason: health?.reason ?? null,
        disabledAt: health?.disabledAt ?? null,
        dead: letters.length,
        moreDead: isMore,
      };
    }),
  );
};

const statusOf = (answer: OutletAnswer): number | null => answer.status ?? null;

/**
 * Calls a system with an event `rapport.test`, which is about nobody. One that takes it is told of events again where it was
 * disabled. What it says is not passed on: an address that leads astray tells nothing.
 */
export const checkWebhook = async (deps: SteerDependencies, name: string) => {
  const { url, account } = await webhookNamed(deps, name);
  const began = deps.clock.now();
  const secrets = await deps.outlet.secretsOf(account);
  const told = {
    type: "rapport.test",
    timestamp: new Date(began).toISOString(),
    data: { webhook: name },
  };
  const answer: OutletAnswer =
    secrets === null
      ? { result: "failed", reason: "no secret" }
      : await deps.outlet.call({
          url,
          secrets,
          id: deps.ids.id("whk"),
          body: JSON.stringify(told),
          patience: PATIENCE,
        });
  const isTaken = answer.result === "taken";
  if (isTaken) await deps.webhooks.clear(name);
  const reason = answer.result === "failed" ? answer.reason : answer.result === "gone" ? "gone" : null;
  return { taken: isTaken, status: statusOf(answer), reason, tookMs: deps.clock.now() - began };
};

/**
 * Has a system told again what could not be told, the oldest first and a hundred at a time; one that was disabled is called
 * again. An event that comes twice has the same id as before.
 */
export const tellAgain = async (deps: SteerDependencies, name: string) => {
  await webhookNamed(deps, name);
  await deps.webhooks.clear(name);
  const { letters, isMore } = await deps.webhooks.dead(name, REPLAYED_AT_ONCE);
  const since = new Date(deps.clock.now()).toISOString();
  await deps.bus.publish(
    letters.map(({ due }) => {
      const again: WebhookDue = { ...due, since, lane: "prompt", attempt: 0 };
      return { id: due.id, name: WebhookDue.name, detail: again };
    }),
  );
  await deps.webhooks.drop(letters);
  return { replayed: letters.length, isMore };
};
