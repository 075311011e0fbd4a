import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import { slotOf } from "#domain/routing/breaker.ts";
import { carriersOf } from "#domain/routing/carriers.ts";
import { type Carrier, conditionOf, isSameCarrier } from "#domain/routing/sums.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { ProviderSums } from "#ports/provider-sums.ts";
import type { Answer } from "#runtime/http/operation.ts";
import type { operations } from "./operations.ts";

export type ProviderCalls = {
  readonly playbook: () => Promise<PlaybookDocument>;
  readonly sums: Pick<ProviderSums, "since">;
  readonly clock: Clock;
};

/** Those of the playbook first, in its order; each once. */
const eachOnce = (carriers: readonly Carrier[]): readonly Carrier[] =>
  carriers.filter((carrier, index) => carriers.findIndex((one) => isSameCarrier(one, carrier)) === index);

/** `GET /v1/providers`: a request for each channel that sends. */
export const providerCalls =
  ({ playbook, sums, clock }: ProviderCalls) =>
  async (): Promise<Answer<typeof operations.listProviders>> => {
    const { brand } = await playbook();
    const now = clock.now();
    const from = slotOf(now - MINUTE_MS) + 1;
    const seen = (
      await Promise.all(Object.keys(brand.providers).map((channel) => sums.since(channel, from)))
    ).flat();
    const routed = carriersOf(brand);
    const items = eachOnce([...routed, ...seen]).map(({ channel, provider, account }) => {
      const carrier = { channel, provider, account };
      const own = seen.filter((one) => isSameCarrier(one, carrier));
      const { errors, ...condition } = conditionOf(own, carrier, slotOf(now));
      return {
        ...carrier,
        ...condition,
        errors: { ...errors },
        cost: condition.accepted * (brand.costs?.[channel] ?? 0),
        routed: routed.some((one) => isSameCarrier(one, carrier)),
      };
    });
    return { status: 200, json: { items } };
  };
