import { ADDRESSES } from "#channels/all.ts";
import { failedLast, mayHaveIt } from "#domain/message/asked.ts";
import { reasonName } from "#domain/message/status.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { Route } from "#domain/playbook/model/routes.ts";
import type { Lane, Message } from "#domain/records/message.ts";
import { ranksOf } from "#domain/routing/carriers.ts";
import { isSameRoute, routesFor } from "#domain/routing/routes.ts";
import { DEFAULT_ACCOUNT } from "#kernel/account-name.ts";
import { type InTurn, takingTurns } from "#kernel/turns.ts";
import type { ProviderSender } from "#ports/provider.ts";
import type { ProviderSums } from "#ports/provider-sums.ts";
import { accountHealth, type Outcome } from "./account-health.ts";
import { type Connecting, connectedSenders, NOBODY, type PacedSender } from "./senders.ts";

/** Who may send the messages of a channel. */
export type Routing<M> = {
  /**
   * Who will most likely send a message: its pace is kept.
   * @param address where it will most likely go; asked where that decides
   */
  readonly likely: (
    message: Pick<Message, "messageId" | "lane">,
    address: () => Promise<string | undefined>,
  ) => Promise<PacedSender<M>>;
  /** Those that are to be asked, one after the other until one takes it. None: no route leads to the address. */
  readonly for: (message: Message, address: string | undefined) => Promise<readonly PacedSender<M>[]>;
  /** Whether a transactional message that somebody may have goes on to the next all the same. */
  readonly resendsUncertain: () => Promise<boolean>;
  /** For what lies between a provider's call and its record: what a crash there cuts off may leave twice. */
  readonly inTurn: InTurn;
};

/** So many messages of one process are with a provider and not yet recorded: so many can leave twice when it dies. */
const MOST_UNRECORDED = 8;

type Around = Connecting & {
  readonly channel: string;
  readonly sums: ProviderSums;
  readonly livePlaybook: () => Promise<PlaybookDocument>;
};

/** Where one sender is all there is, however it answers. */
export const onlyRoute = <M>(sender: PacedSender<M>): Routing<M> => ({
  likely: async () => sender,
  for: async () => [sender],
  resendsUncertain: async () => false,
  inTurn: (work) => work(),
});

/** The routes that the live playbook names, of the providers that are here. */
const ranksHere = <M>(
  senders: Readonly<Record<string, ProviderSender<M>>>,
  { channel, livePlaybook }: Around,
): (() => Promise<readonly (readonly Route[])[]>) => {
  const [only] = Object.keys(senders);
  if (only === undefined) return async () => [];
  const first = [[{ provider: only, account: DEFAULT_ACCOUNT }]];
  return async () => {
    const { brand } = await livePlaybook();
    const here = ranksOf(brand, channel)
      .map((rank) => rank.filter(({ provider }) => Object.hasOwn(senders, provider)))
      .filter((rank) => rank.length > 0);
    return here.length === 0 ? first : here;
  };
};

/**
 * Chooses by the playbook's routes and by how each account answers: whoever fails is left alone, and tried again with single
 * messages until it is back. Each process judges by what it sees, and every five seconds by what the others saw.
 */
export function routing<M>(senders: Readonly<Record<string, ProviderSender<M>>>, around: Around): Routing<M> {
  const { clock, channel, livePlaybook } = around;
  const ranks = ranksHere(senders, around);
  const connected = connectedSenders(senders, around);
  const health = accountHealth(around);

  const watched = async (route: Route, isTrial: boolean): Promise<PacedSender<M>> => {
    const sender = await connected(route);
    return {
      ...sender,
      send: async (message, ids) => {
        const from = clock.now();
        const count = (outcome: Pick<Outcome, "result" | "reason">): void =>
          health.count(route, { ...outcome, ms: clock.now() - from, isTrial });
        try {
          const result = await sender.send(message, ids);
          count({
            result: result.result,
            ...("reason" in result ? { reason: reasonName(result.reason) } : {}),
          });
          return result;
        } catch (error) {
          count({ result: "unknown" });
          throw error;
        }
      },
    };
  };

  const able = (routes: readonly Route[], lane: Lane): readonly Route[] => {
    const healthy = routes.filter((route) => !health.isLeftAlone(route, lane));
    // Where all are left alone, the first is asked as if it were the only one: the message itself waits longer and longer.
    return healthy.length > 0 ? healthy : routes.slice(0, 1);
  };
  let exchanging = Promise.resolve();

  const resendsUncertain = async (): Promise<boolean> =>
    (await livePlaybook()).brand.resendUncertain?.includes(channel) ?? false;

  return {
    resendsUncertain,
    inTurn: takingTurns(MOST_UNRECORDED),
    likely: async ({ messageId, lane }, addressOf) => {
      const named = await ranks();
      // It goes on beside the claim; whoever sends waits for it, so that it ends within the invocation.
      exchanging = health.exchange(named.flat());
      const isByAddress = named.flat().some(({ countries }) => countries !== undefined);
      const address = isByAddress ? await addressOf() : undefined;
      const [route] = able(routesFor(named, { messageId, address }), lane);
      return route === undefined ? NOBODY : connected(route);
    },
    for: async (message, address) => {
      const named = await ranks();
      if (named.length === 0) return [NOBODY];
      await exchanging;
      const owner = address === undefined ? undefined : ADDRESSES.get(channel)?.ownerOf?.(address);
      const fitting = routesFor(named, { messageId: message.messageId, address, owner });
      const holder = mayHaveIt(message);
      const held =
        holder === undefined || (await resendsUncertain())
          ? []
          : fitting.filter((route) => isSameRoute(route, holder));
      const routes = able(held.length > 0 ? held : fitting, message.lane);
      const failed = failedLast(message);
      const hasFailed = (route: Route): boolean => failed.some((one) => isSameRoute(one, route));
      const ordered = [...routes.filter((route) => !hasFailed(route)), ...routes.filter(hasFailed)];
      return Promise.all(ordered.map((route, index) => watched(route, index === 0 && health.begin(route))));
    },
  };
}
