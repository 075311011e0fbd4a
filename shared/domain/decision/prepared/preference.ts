import type { CompiledPlaybook } from "../../playbook/model/compiled.ts";
import type { PreferredChannel } from "../../playbook/model/document.ts";
import { USUAL_PREFERENCE } from "../../playbook/model/preferred-channel.ts";
import type { CustomerRecord } from "../../records/customer.ts";

/** The channel a customer prefers. */
export type Preference = {
  readonly channel: string;
  /** How many times as much another channel must be worth to be used instead; at least 1. */
  readonly weight: number;
};

/** The trait that names a customer's channel, by the playbook or by its usual name. */
export const preferredChannelOf = ({ document }: Pick<CompiledPlaybook, "document">): PreferredChannel =>
  document.preferredChannel ?? USUAL_PREFERENCE;

/** Reads the customer's preferred channel from their traits. A text that is no channel matches no action's channels. */
export const preferenceReader = (
  playbook: Pick<CompiledPlaybook, "document">,
): ((record: CustomerRecord | null) => Preference | undefined) => {
  const { trait, weight } = preferredChannelOf(playbook);
  const fallback = playbook.document.dataModel.traits.find(({ name }) => name === trait)?.default;
  return (record) => {
    if (record === null) return undefined;
    const { traits } = record.state;
    const channel = (Object.hasOwn(traits, trait) ? traits[trait]?.value : undefined) ?? fallback;
    return typeof channel === "string" ? { channel, weight } : undefined;
  };
};
