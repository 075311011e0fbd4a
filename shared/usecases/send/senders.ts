import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { Clock } from "#ports/clock.ts";
import type { ConnectedSender, Patience, ProviderSender } from "#ports/provider.ts";
import type { Telemetry } from "#ports/telemetry.ts";
import { type SendingRate, sendingRate, unlimitedRate } from "./sending-rate.ts";

/** A provider that is ready to send a channel's messages, at its pace. */
export type PacedSender<M> = {
  readonly provider: string;
  readonly send: ConnectedSender<M>["send"];
  readonly rate: SendingRate;
};

/** A third of the function's time at most, so that there is time left to record that nobody answered. */
export const PATIENCE: Patience = { connectMs: 3_000, answerMs: 10_000 };

/** Where a channel has no provider, its messages end with the reason. */
const NOBODY: PacedSender<unknown> = {
  provider: "none",
  send: async () => ({ result: "refused", reason: "no provider carries this channel" }),
  rate: unlimitedRate,
};

type Around = {
  readonly channel: string;
  /** How many processes may send in bulk at once: the worker's maximum concurrency. */
  readonly bulkConcurrency: number;
  readonly livePlaybook: () => Promise<PlaybookDocument>;
  /** Throws where a setting that a provider needs is missing. */
  readonly setting: (name: string) => string;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  readonly telemetry: Telemetry;
};

/**
 * Connects the providers of a channel. Of several, the live playbook's choice sends each message; should it name none any
 * more, the first does. Where there is one, the playbook is not asked.
 */
export function connectSenders<M>(
  senders: Readonly<Record<string, ProviderSender<M>>>,
  around: Around,
): () => Promise<PacedSender<M>> {
  const connected = new Map(
    Object.entries(senders).map(([provider, sender]) => [provider, connect(provider, sender, around)]),
  );
  const [first = NOBODY] = connected.values();
  return async () => {
    if (connected.size < 2) return first;
    const { brand } = await around.livePlaybook();
    return connected.get(brand.providers[around.channel] ?? "") ?? first;
  };
}

const connect = <M>(provider: string, sender: ProviderSender<M>, around: Around): PacedSender<M> => {
  const settings = new Map(sender.settings.map((name) => [name, around.setting(name)]));
  const { send, rate } = sender.connect({
    setting: (name) => settings.get(name) ?? "",
    patience: PATIENCE,
    now: around.clock.now,
  });
  if (rate === undefined) return { provider, send, rate: unlimitedRate };
  const { limit, assumed, atFirst = assumed } = rate;
  const processes = (around.bulkConcurrency * assumed) / atFirst;
  return { provider, send, rate: sendingRate({ ...around, limit, assumed, processes }) };
};
