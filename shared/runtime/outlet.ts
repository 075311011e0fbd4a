import type { EventOutlet } from "#ports/event-outlet.ts";
import type { Outlet } from "#usecases/tell/dependencies.ts";
import { systemClock } from "./clock.ts";
import { readVariable } from "./env.ts";
import { providerAccounts } from "./stores.ts";

/** Who makes the calls that tell systems outside of events, with our accounts there. @param outlets by name; the first does */
export const outletOf = (outlets: ReadonlyMap<string, EventOutlet>): Outlet => {
  const [found] = outlets;
  if (found === undefined) throw new Error("nobody tells systems outside of events");
  const [name, { connect, secrets }] = found;
  const accounts = providerAccounts();
  return {
    secretsOf: async (account) => {
      const known = await accounts.find(name, account);
      return known !== null && secrets.every((one) => known[one]) ? known : null;
    },
    call: connect({ setting: readVariable, now: systemClock.now }),
  };
};
