import type { EventOutlet } from "#ports/event-outlet.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { OwnAlarm, OwnResources, OwnResourcesScope, SentChannel } from "./definition.ts";
import { readAccountsOf } from "./receiving.ts";

/** What the choice of what to deploy calls it, beside the channels. */
export const EVENTS_OUT: SentChannel = { name: "events-out", regions: undefined };

/**
 * For functions that call systems outside: what is secret of our accounts there, and that the calls are made directly.
 * @param outlets who makes them, by name; the first does
 */
export const callsOutside = (outlets: ReadonlyMap<string, EventOutlet>) => {
  const [[name, { settings }] = ["none", { settings: [] }]] = outlets;
  const accounts = readAccountsOf(name);
  return {
    resources: (scope: OwnResourcesScope): OwnResources => ({
      ...accounts.add(scope),
      environment: Object.fromEntries(settings.map((setting) => [setting, "direct"])),
    }),
    acknowledged: accounts.acknowledged,
  };
};

/** A system is told nothing any more: somebody has to mend it, and to have told again what it missed. */
export const DISABLED: OwnAlarm = {
  alarm: "disabled",
  metrics: { disabled: { name: METRICS.webhooksDisabled } },
  expression: "FILL(disabled, 0)",
  threshold: 1,
  periodMinutes: 5,
};
