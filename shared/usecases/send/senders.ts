import type { Route } from "#domain/playbook/model/routes.ts";
import { DEFAULT_ACCOUNT } from "#kernel/account-name.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { ConnectedSender, Patience, ProviderSender, SenderSurroundings } from "#ports/provider.ts";
import type { AccountSecrets, ProviderAccounts } from "#ports/provider-accounts.ts";
import type { SendingQuotas } from "#ports/sending-quotas.ts";
import type { Telemetry } from "#ports/telemetry.ts";
import { type DailyQuota, dailyQuota } from "./daily-quota.ts";
import { rateAsSet, type SendingRate, sendingRate, unlimitedRate } from "./sending-rate.ts";

/** A provider that is ready to send a channel's messages by an account of ours, at the pace of the sender it names. */
export type PacedSender<M> = {
  readonly provider: string;
  readonly account: string;
  /** The sender, where its route names one: in place of the message's own. */
  readonly from?: string;
  readonly send: ConnectedSender<M>["send"];
  readonly rate: SendingRate;
  /** Absent: the playbook sets none. */
  readonly quota?: DailyQuota;
};

/** A third of the function's time at most, so that there is time left to record that nobody answered. */
export const PATIENCE: Patience = { connectMs: 2_000, answerMs: 8_000 };
/** Longest time from the beginning of a call to its end. */
export const LONGEST_CALL_MS = PATIENCE.connectMs + PATIENCE.answerMs;

/** Where a channel has no provider, its messages end with the reason. */
export const NOBODY: PacedSender<unknown> = {
  provider: "none",
  account: DEFAULT_ACCOUNT,
  send: async () => ({ result: "refused", reason: "no provider carries this channel" }),
  rate: unlimitedRate,
};

/** What senders are connected with. */
export type Connecting = {
  readonly channel: string;
  readonly quotas: SendingQuotas;
  /** How many processes may send in bulk at once: the worker's maximum concurrency. */
  readonly bulkConcurrency: number;
  readonly accounts: ProviderAccounts;
  /** Throws where a setting that a provider needs is missing. */
  readonly setting: (name: string) => string;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  readonly telemetry: Telemetry;
  /** The hub's own chats, where the channel lies there. */
  readonly chats?: SenderSurroundings["chats"];
};

/** An account that nobody has set up yet. */
const unconnected = ({ provider, account }: Route): PacedSender<unknown> => ({
  ...NOBODY,
  provider,
  account,
  send: async () => ({
    result: "later",
    reason: "account",
    retryAfterMs: 5 * MINUTE_MS,
    advice: `${provider} has no account "${account}" yet, or it lacks something. Set it up with: rapport providers connect ${provider} ${account}.`,
  }),
});

/** An account that is ready to send, and what its provider says of its limits. */
type Connected<M> = ConnectedSender<M> & Pick<PacedSender<M>, "provider" | "account">;

/**
 * The senders of a channel, each account connected once. One without accounts is so at once: a setting that is missing stops the
 * process at its start.
 */
export function connectedSenders<M>(
  senders: Readonly<Record<string, ProviderSender<M>>>,
  around: Connecting,
): (route: Route) => Promise<PacedSender<M>> {
  const own = new Map(
    Object.entries(senders).flatMap(([provider, sender]) =>
      sender.account === undefined
        ? [[provider, connect({ provider, account: DEFAULT_ACCOUNT }, sender, around, {})] as const]
        : [],
    ),
  );
  const held = new Map<string, { readonly secrets: AccountSecrets; readonly connected: Connected<M> }>();
  const paced = pacing<M>(around);
  return async (route) => {
    const { provider, account } = route;
    const sender = senders[provider];
    if (sender === undefined) return { ...NOBODY, provider, account };
    const connected = own.get(provider);
    // Whatever the playbook calls it, it is the hub's own.
    if (connected !== undefined) return paced(route, connected);
    const secrets = await around.accounts.find(provider, account);
    if (secrets === null || sender.account?.secrets.some((name) => !secrets[name])) return unconnected(route);
    const name = `${provider}/${account}`;
    const before = held.get(name);
    if (before?.secrets === secrets) return paced(route, before.connected);
    const anew = connect(route, sender, around, secrets);
    held.set(name, { secrets, connected: anew });
    return paced(route, anew);
  };
}

const connect = <M>(
  { provider, account }: Route,
  sender: ProviderSender<M>,
  around: Connecting,
  secrets: AccountSecrets,
): Connected<M> => {
  const settings = new Map(sender.settings.map((name) => [name, around.setting(name)]));
  const connected = sender.connect({
    setting: (name) => settings.get(name) ?? "",
    secret: (name) => secrets[name] ?? "",
    account,
    patience: PATIENCE,
    now: around.clock.now,
    chats: around.chats,
  });
  return { ...connected, provider, account };
};

/** Networks limit the sender, not the account: each one that a route names has a pace and a quota of its own. */
const pacing = <M>(around: Connecting) => {
  const kept = new WeakMap<ConnectedSender<M>["send"], Map<string, Pick<PacedSender<M>, "rate" | "quota">>>();
  return (route: Route, connected: Connected<M>): PacedSender<M> => {
    const { channel } = around;
    const { from, perSecond, perDay } = route;
    const sender = `${connected.provider}/${connected.account}${from === undefined ? "" : ` ${from}`}`;
    const key = JSON.stringify([from, perSecond, perDay]);
    const ofAccount = kept.get(connected.send) ?? new Map<string, Pick<PacedSender<M>, "rate" | "quota">>();
    kept.set(connected.send, ofAccount);
    const limits = ofAccount.get(key) ?? {
      rate: rateOf(route, connected, around),
      ...(perDay === undefined ? {} : { quota: dailyQuota({ channel, sender, perDay }, around) }),
    };
    ofAccount.set(key, limits);
    const { provider, account } = route;
    return { provider, account, send: connected.send, ...(from === undefined ? {} : { from }), ...limits };
  };
};

const rateOf = <M>({ perSecond }: Route, { rate }: Connected<M>, around: Connecting): SendingRate => {
  const processes = around.bulkConcurrency;
  if (perSecond !== undefined) return rateAsSet(perSecond, { ...around, processes });
  if (rate === undefined) return unlimitedRate;
  const { limit, assumed, atFirst = assumed } = rate;
  return sendingRate({ ...around, limit, assumed, processes: (processes * assumed) / atFirst });
};
