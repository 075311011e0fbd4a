import { isChannel } from "#channels/all.ts";
import { type Clearance, clearToSend } from "#domain/contact-policy/clearance.ts";
import { isAlwaysTaken, isWindowOpen, WINDOW_CLOSED } from "#domain/contact-policy/writing-window.ts";
import { customerFacts } from "#domain/customer/customer-facts.ts";
import { contentOf, type LocalizedContent, localeOf } from "#domain/message/content.ts";
import { messageLinks } from "#domain/message/links.ts";
import { codeOf } from "#domain/message/one-time-code.ts";
import { type RenderedMessage, type RenderScope, renderMessage } from "#domain/message/render/render.ts";
import { scopeOf } from "#domain/message/render/scope.ts";
import type { LinkKeys } from "#domain/message/token.ts";
import type { Brand, PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { Message } from "#domain/records/message.ts";
import { RapportError } from "#kernel/errors.ts";
import type { SendDependencies } from "./dependencies.ts";

/** What is to be done with a claimed message: send it as rendered, hold it, or stop. */
export type Outgoing<M> =
  | { readonly verdict: "send"; readonly rendered: RenderedMessage<M> }
  | Exclude<Clearance, { verdict: "send" }>;

const failed = (reason: string): Outgoing<never> => ({ verdict: "stop", status: "failed", reason });

/**
 * Checks a claimed message against today's policy and renders it by the playbook version that decided, with today's sender. A fault of the
 * template ends the message, with the reason. A store that does not answer throws.
 */
export async function outgoingMessage<M>(
  deps: SendDependencies<M>,
  message: Message,
  loading: Promise<CustomerRecord | null>,
): Promise<Outgoing<M>> {
  const [linkKeys, record, live, playbook] = await Promise.all([
    deps.linkKeys(),
    loading,
    deps.livePlaybook(),
    deps.playbook(message.playbook),
  ]);
  const facts = await deps.suppressions.find(message.channel, candidates(message, record));
  const clearance = clearToSend({
    message,
    record,
    playbook: live,
    isSuppressed: (address) => facts.get(address)?.suppression !== undefined,
    saidAt: (address) => facts.get(address)?.said ?? [],
    now: deps.clock.now(),
  });
  if (clearance.verdict !== "send") return clearance;
  if (record === null) return failed("no-address");
  if (message.channel !== deps.channel) return failed(`this sender does not carry ${message.channel}`);
  try {
    const brand = withSenderOf(live, playbook, deps.channel);
    const words = contentOf(playbook, message, localeOf(record.state));
    if (!maySayNow(message, record, words, deps.clock.now())) return TOO_LATE;
    const rendered = render(deps, { ...clearance, linkKeys, message, record, playbook, brand, words });
    return { verdict: "send", rendered };
  } catch (error) {
    if (error instanceof RapportError && error.code === "template_failed") {
      return failed(`template: ${error.message}`);
    }
    throw error;
  }
}

/** The customer wrote too long ago, and nobody approved what it says: the provider would refuse it. */
const TOO_LATE: Outgoing<never> = {
  verdict: "stop",
  status: "rejected",
  reason: `${WINDOW_CLOSED}: the customer wrote too long ago for a text that nobody approved`,
};

const maySayNow = (
  { channel }: Message,
  { state }: CustomerRecord,
  { content }: LocalizedContent,
  now: number,
): boolean => isAlwaysTaken(channel, content) || isWindowOpen(state, channel, now);

/**
 * The sender's address comes from the live version, not from the one that decided: where a provider refuses the address,
 * publishing another mends the waiting messages too.
 */
const withSenderOf = (live: PlaybookDocument, { brand }: PlaybookDocument, channel: string): Brand => {
  const sender = isChannel(channel) ? live.brand[channel] : undefined;
  return sender === undefined ? brand : { ...brand, [channel]: sender };
};

const candidates = (message: Message, record: CustomerRecord | null): readonly string[] => {
  if (message.to !== undefined) return [message.to];
  const addresses = record?.state.addresses ?? [];
  return addresses.filter(({ channel }) => channel === message.channel).map(({ value }) => value);
};

/** The one moment in which a one-time code stands in a text. */
const withCode = (scope: RenderScope, { code: mark }: Message, keys: LinkKeys): RenderScope => {
  if (mark === undefined) return scope;
  const code = codeOf(keys, mark);
  if (code === undefined) throw new RapportError("template_failed", "code: its secret is gone");
  return { ...scope, data: { ...scope.data, code } };
};

const render = <M>(
  deps: SendDependencies<M>,
  of: {
    readonly message: Message;
    readonly record: CustomerRecord;
    readonly playbook: PlaybookDocument;
    readonly brand: Brand;
    readonly addresses: readonly string[];
    readonly linkKeys: LinkKeys;
    readonly words: LocalizedContent;
  },
): RenderedMessage<M> => {
  const { message, record, playbook, brand, addresses, linkKeys, words } = of;
  const now = deps.clock.now();
  return renderMessage(deps.render, {
    message,
    ...words,
    addresses,
    brand,
    scope: withCode(
      scopeOf(message, customerFacts(record.state, playbook, now), playbook),
      message,
      linkKeys,
    ),
    links: messageLinks({
      publicUrl: deps.publicUrl,
      keys: linkKeys,
      message,
      address: addresses[0],
      sentAtMs: now,
    }),
    now: new Date(now).toISOString(),
  });
};
