import type { FunctionDefinition, OwnResources, QueueDefinition, Settings } from "./definition.ts";
import type { ProviderResources } from "./provider-resources.ts";
import { type Reputation, sendingAlarms } from "./sending-alarms.ts";

/** What every sender touches. */
const SENDING = [
  "customers:read",
  "contacts:write",
  "suppressions:read",
  "messages:record",
  "provider-sums:share",
  "timers:set",
  "playbooks:read",
  "due:send",
  "inbox:send",
  "bus:put",
  "identifier-key:read",
  "link-key:read",
  "public-url",
] as const satisfies FunctionDefinition["uses"];

interface Sending extends Pick<FunctionDefinition, "failureImpact" | "memorySize"> {
  readonly channel: string;
  /** Who may carry it, by name. */
  readonly providers: Readonly<Record<string, ProviderResources>>;
  /** What it touches beyond what every sender does. Absent: nothing. */
  readonly also?: FunctionDefinition["uses"];
  /** Environment variables of its own. */
  readonly surroundings?: (settings: Settings) => Readonly<Record<string, string>>;
  /** Most invocations at once for the bulk lane: what the provider's rate leaves beside the transactional one. */
  readonly bulkConcurrency: number;
}

/**
 * The worker of a channel. Its two queues are such that a campaign in the bulk lane never delays an order confirmation;
 * claim, policy, rendering, record and retry are the same for all channels (shared/usecases/send).
 */
export const sendingFunction = ({
  channel,
  providers,
  bulkConcurrency,
  also = [],
  surroundings = () => ({}),
  ...own
}: Sending) =>
  ({
    ...own,
    channel: { name: channel, regions: regionsOf(Object.values(providers)) },
    uses: [...SENDING, ...also],
    alarms: sendingAlarms(channel, strictest(Object.values(providers))),
    queues: [
      lane(channel, "transactional", { lateAfterSeconds: 60 }),
      lane(channel, "bulk", { lateAfterSeconds: 3_600, maximumConcurrency: bulkConcurrency }),
    ],
    resources: (scope) =>
      together([
        ...Object.values(providers).map(({ add }) => add(scope)),
        { environment: surroundings(scope.settings) },
      ]),
    acknowledged: Object.values(providers).flatMap(({ acknowledged = [] }) => acknowledged),
    timeoutSeconds: 20,
  }) satisfies FunctionDefinition;

const strictest = (providers: readonly ProviderResources[]): Reputation | undefined => {
  const told = providers.flatMap(({ reputation }) => (reputation === undefined ? [] : [reputation]));
  if (told.length === 0) return undefined;
  const least = (name: keyof Reputation): number => Math.min(...told.map((one) => one[name]));
  return { bounces: least("bounces"), complaints: least("complaints") };
};

/** Where all resources of the worker can be made. */
const regionsOf = (providers: readonly ProviderResources[]): readonly string[] | undefined => {
  const bound = providers.flatMap(({ regions }) => (regions === undefined ? [] : [regions]));
  return bound.length === 0
    ? undefined
    : bound.reduce((all, some) => all.filter((one) => some.includes(one)));
};

const together = (all: readonly OwnResources[]): OwnResources => ({
  environment: Object.assign({}, ...all.map(({ environment }) => environment)),
  statements: all.flatMap(({ statements = [] }) => statements),
});

/** A batch is as many as a worker has between provider and record at a time: none waits for another's call. */
const BATCH = 8;

const lane = (
  channel: string,
  name: "transactional" | "bulk",
  limits: Pick<QueueDefinition, "lateAfterSeconds" | "maximumConcurrency">,
): QueueDefinition => ({
  name,
  batchSize: BATCH,
  from: [
    {
      bus: "rapport",
      pattern: { "detail-type": ["message.requested"], detail: { channel: [channel], lane: [name] } },
    },
  ],
  ...limits,
});
