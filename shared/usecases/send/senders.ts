import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { type InTurn, takingTurns } from "#kernel/turns.ts";
import type { Clock } from "#ports/clock.ts";
import type { ConnectedSender, Patience, ProviderSender } from "#ports/provider.ts";
import type { AccountSecrets, ProviderAccounts } from "#ports/provider-accounts.ts";
import type { Telemetry } from "#ports/telemetry.ts";
import { type SendingRate, sendingRate, unlimitedRate } from "./sending-rate.ts";

/** A provider that is ready to send a channel's messages, at its pace. */
export type PacedSender<M> = {
  readonly provider: string;
  readonly send: ConnectedSender<M>["send"];
  readonly rate: SendingRate;
  /** For what lies between the provider's call and its record: what a crash there cuts off may leave twice. */
  readonly inTurn: InTurn;
};

/** A third of the function's time at most, so that there is time left to record that nobody answered. */
export const PATIENCE: Patience = { connectMs: 2_000, answerMs: 8_000 };
/** Longest time from the beginning of a call to its end. */
export const LONGEST_CALL_MS = PATIENCE.connectMs + PATIENCE.answerMs;

/** So many messages of one process are with a provider and not yet recorded: so many can leave twice when it dies. */
const MOST_UNRECORDED = 8;

/** Where a channel has no provider, its messages end with the reason. */
const NOBODY: PacedSender<unknown> = {
  provider: "none",
  send: async () => ({ result: "refused", reason: "no provider carries this channel" }),
  rate: unlimitedRate,
  inTurn: (work) => work(),
};

/** What an account is called where nobody named it. */
const DEFAULT_ACCOUNT = "default";

type Around = {
  readonly channel: string;
  /** How many processes may send in bulk at once: the worker's maximum concurrency. */
  readonly bulkConcurrency: number;
  readonly livePlaybook: () => Promise<PlaybookDocument>;
  readonly accounts: ProviderAccounts;
  /** Throws where a setting that a provider needs is missing. */
  readonly setting: (name: string) => string;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  readonly telemetry: Telemetry;
};

/** An account that nobody has set up yet. */
const unconnected = (provider: string, account: string): PacedSender<unknown> => ({
  ...NOBODY,
  provider,
  send: async () => ({
    result: "later",
    reason: "account",
    retryAfterMs: 5 * MINUTE_MS,
    advice: `${provider} has no account "${account}" yet, or it lacks something. Set it up with: rapport providers connect ${provider} ${account}.`,
  }),
});

/**
 * Connects the providers of a channel. Of several, the live playbook's choice sends each message; should it name none any
 * more, the first does. Where there is one, the playbook is not asked.
 */
export function connectSenders<M>(
  senders: Readonly<Record<string, ProviderSender<M>>>,
  around: Around,
): () => Promise<PacedSender<M>> {
  const ready = new Map(
    Object.entries(senders).map(([provider, sender]) => [provider, senderOf(provider, sender, around)]),
  );
  const [first] = ready.values();
  return async () => {
    if (first === undefined) return NOBODY;
    if (ready.size < 2) return first();
    const { brand } = await around.livePlaybook();
    return (ready.get(brand.providers[around.channel] ?? "") ?? first)();
  };
}

/** Where it has no accounts it is connected at once, so that a setting that is missing stops the process at its start. */
const senderOf = <M>(
  provider: string,
  sender: ProviderSender<M>,
  around: Around,
): (() => Promise<PacedSender<M>>) => {
  if (sender.account === undefined) {
    const connected = connect(provider, sender, around, {});
    return async () => connected;
  }
  const { secrets: names } = sender.account;
  let held: { readonly secrets: AccountSecrets; readonly connected: PacedSender<M> } | undefined;
  return async () => {
    const secrets = await around.accounts.find(provider, DEFAULT_ACCOUNT);
    if (secrets === null || names.some((name) => !secrets[name]))
      return unconnected(provider, DEFAULT_ACCOUNT);
    if (held?.secrets !== secrets) held = { secrets, connected: connect(provider, sender, around, secrets) };
    return held.connected;
  };
};

const connect = <M>(
  provider: string,
  sender: ProviderSender<M>,
  around: Around,
  secrets: AccountSecrets,
): PacedSender<M> => {
  const inTurn = takingTurns(MOST_UNRECORDED);
  const settings = new Map(sender.settings.map((name) => [name, around.setting(name)]));
  const { send, rate } = sender.connect({
    setting: (name) => settings.get(name) ?? "",
    secret: (name) => secrets[name] ?? "",
    patience: PATIENCE,
    now: around.clock.now,
  });
  if (rate === undefined) return { provider, send, inTurn, rate: unlimitedRate };
  const { limit, assumed, atFirst = assumed } = rate;
  const processes = (around.bulkConcurrency * assumed) / atFirst;
  return { provider, send, inTurn, rate: sendingRate({ ...around, limit, assumed, processes }) };
};
