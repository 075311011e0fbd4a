import type { Route } from "#domain/playbook/model/routes.ts";
import type { Lane } from "#domain/records/message.ts";
import {
  type Breaker,
  beginTrial,
  CLOSED,
  counted,
  heard,
  isFailure,
  mayAsk,
  SLOT_MS,
  slotOf,
} from "#domain/routing/breaker.ts";
import { addSums, latencyAt, noSums, type Sums } from "#domain/routing/sums.ts";
import { MINUTE_MS, SECOND_MS } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { ProviderSums } from "#ports/provider-sums.ts";
import type { Telemetry } from "#ports/telemetry.ts";

/** What came of a call. */
export type Outcome = {
  readonly result: "accepted" | "refused" | "later" | "unknown";
  /** A short name; of what was accepted none. */
  readonly reason?: string;
  readonly ms: number;
  readonly isTrial: boolean;
};

/** How the accounts of a channel answer, as this process sees it and as it hears from others. */
export type AccountHealth = {
  readonly isLeftAlone: (route: Route, lane: Lane) => boolean;
  /** Whether a message that asks it now is one that tries whether it is back. */
  readonly begin: (route: Route) => boolean;
  readonly count: (route: Route, outcome: Outcome) => void;
  /**
   * Every five seconds: adds what was counted to what all processes know, and hears of it where there is a choice. Never throws.
   * @param routes all that the playbook names
   */
  readonly exchange: (routes: readonly Route[]) => Promise<void>;
};

/** A trial may end as uncertain, and marketing is not sent again then: it tries only where nobody else did for so long. */
const BULK_WAITS_MS = 30 * SECOND_MS;

type Around = {
  readonly channel: string;
  readonly sums: ProviderSums;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
};

const nameOf = ({ provider, account }: Pick<Route, "provider" | "account">): string =>
  `${provider}/${account}`;

export function accountHealth({ channel, sums, clock, telemetry }: Around): AccountHealth {
  const breakers = new Map<string, Breaker>();
  const breakerOf = (route: Pick<Route, "provider" | "account">): Breaker =>
    breakers.get(nameOf(route)) ?? CLOSED;
  let unsaid = new Map<string, Sums>();
  let exchangedAt = clock.now();
  let exchanging = Promise.resolve();

  const add = (route: Route, { result, reason, ms }: Outcome): void => {
    const slot = slotOf(clock.now());
    const { provider, account } = route;
    const one: Sums = {
      ...noSums({ channel, provider, account }, slot),
      asked: 1,
      failed: isFailure({ isFailed: result === "later" || result === "unknown", ms }) ? 1 : 0,
      accepted: result === "accepted" ? 1 : 0,
      errors: result === "accepted" ? {} : { [reason ?? result]: 1 },
      latencies: Array.from({ length: latencyAt(ms) + 1 }, (_, index) => (index === latencyAt(ms) ? 1 : 0)),
    };
    const key = `${slot} ${nameOf(route)}`;
    const before = unsaid.get(key);
    unsaid.set(key, before === undefined ? one : addSums(before, one));
  };

  /** Of those that are left alone it is said again, though nothing was asked of them. */
  const toSay = (routes: readonly Route[]): readonly Sums[] => {
    const slot = slotOf(clock.now());
    const open = routes.flatMap((route) =>
      breakerOf(route).open === undefined
        ? []
        : [{ ...noSums({ channel, ...namesOf(route) }, slot), open: 1 }],
    );
    return [...unsaid.values(), ...open];
  };

  const hear = async (routes: readonly Route[]): Promise<void> => {
    const now = clock.now();
    const all = await sums.since(channel, slotOf(now - MINUTE_MS));
    for (const route of routes) {
      const own = all.filter((one) => nameOf(one) === nameOf(route));
      breakers.set(nameOf(route), heard(breakerOf(route), own, now));
    }
  };

  const share = async (routes: readonly Route[]): Promise<void> => {
    const said = toSay(routes);
    unsaid = new Map();
    await sums.add(said);
    if (routes.length > 1) await hear(routes);
  };

  return {
    isLeftAlone: (route, lane) =>
      mayAsk(breakerOf(route), clock.now() - (lane === "bulk" ? BULK_WAITS_MS : 0)) === "no",
    begin: (route) => {
      const breaker = breakerOf(route);
      if (breaker.open === undefined) return false;
      breakers.set(nameOf(route), beginTrial(breaker, clock.now()));
      return true;
    },
    count: (route, outcome) => {
      const { result, ms, isTrial } = outcome;
      const isFailed = result === "later" || result === "unknown";
      breakers.set(nameOf(route), counted(breakerOf(route), { isFailed, ms, isTrial }, clock.now()));
      add(route, outcome);
    },
    exchange: (routes) => {
      if (clock.now() - exchangedAt < SLOT_MS) return exchanging;
      exchangedAt = clock.now();
      exchanging = share(routes).catch((error: unknown) => {
        // It judges by what it sees itself, as without the others.
        telemetry.log.error("what providers answer was not shared", error);
      });
      return exchanging;
    },
  };
}

const namesOf = ({ provider, account }: Route): Pick<Route, "provider" | "account"> => ({
  provider,
  account,
});
