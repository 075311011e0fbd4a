import type { Clock } from "#ports/clock.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { EventBus } from "#ports/event-bus.ts";
import type { OutletAnswer, OutletCall } from "#ports/event-outlet.ts";
import type { HistoryStore } from "#ports/history-store.ts";
import type { CompiledVersions } from "#ports/playbook-store.ts";
import type { AccountSecrets } from "#ports/provider-accounts.ts";
import type { Telemetry } from "#ports/telemetry.ts";
import type { Timers } from "#ports/timers.ts";
import type { WebhookStore } from "#ports/webhook-store.ts";

/** Makes signed calls for an account; null: there is no such account, or it lacks what its calls are signed with. */
export type Outlet = {
  readonly secretsOf: (account: string) => Promise<AccountSecrets | null>;
  readonly call: (call: OutletCall) => Promise<OutletAnswer>;
};

export type TellDependencies = {
  readonly playbooks: Pick<CompiledVersions, "current">;
  readonly history: Pick<HistoryStore, "get">;
  readonly customers: Pick<CustomerStore, "load">;
  readonly webhooks: WebhookStore;
  readonly outlet: Outlet;
  readonly timers: Pick<Timers, "set">;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
};
