import { answerCategory, type ClosedChannel } from "#domain/conversation/reply-channel.ts";
import { treatmentsNamed } from "#domain/decision/input/named-order.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import { RapportError } from "#kernel/errors.ts";
import { shownText } from "./shown-text.ts";

/** What may be said on a closed channel in place of free words, and how it would read. "": it cannot be rendered for this customer. */
export type Offered = { readonly treatment: string; readonly text: string };

/** Of more than so many treatments nobody reads the words. */
const MOST_OFFERED = 20;

type Around = {
  readonly playbook: CompiledPlaybook;
  readonly record: CustomerRecord;
  /** Milliseconds since the epoch. */
  readonly now: number;
};

const offersOn = (
  { channel, treatments = [] }: ClosedChannel,
  { playbook, record, now }: Around,
): readonly Offered[] => {
  const category = answerCategory(playbook).name;
  return treatments.slice(0, MOST_OFFERED).map((treatment) => {
    const action = treatmentsNamed(treatment, { category, channel }, playbook).action?.name;
    const message = {
      ...(action === undefined ? {} : { action }),
      treatment,
      channel,
      data: {},
      createdAt: new Date(now).toISOString(),
    };
    return { treatment, text: shownText(message, record, playbook.document) };
  });
};

/** `channel_closed`, with why each channel is, and the words of what may be said there all the same. */
export const closedEverywhere = (closed: readonly ClosedChannel[], around: Around): RapportError =>
  new RapportError(
    "channel_closed",
    closed.map(({ channel, reason }) => `${channel}: ${reason}`).join(", ") || "no channel carries answers",
    {
      extra: {
        channels: closed.map((one) => {
          const offers = offersOn(one, around);
          return offers.length === 0 ? one : { ...one, offers };
        }),
      },
    },
  );
