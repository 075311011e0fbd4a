import { readReplyAddress } from "#domain/message/reply-token.ts";
import type { LinkKeys } from "#domain/message/token.ts";
import { MOST_LISTED } from "./bounds.ts";
import { firstOf, type Mail } from "./mail.ts";

/** Which message of ours a mail answers, by our id or its provider's. `isSigned`: our own signature says so. */
export type Answered = { readonly inReplyTo?: string; readonly isSigned?: true };

const OURS = /^(msg_[0-9a-f]{26})@/;
/** As the service that carries mail spells ids of its own, in any region. */
const CARRIERS = /^([0-9a-f-]{40,80})@(?:[\w-]+\.)?amazonses\.com$/i;

const idsIn = (header: string): readonly string[] =>
  header
    .split(/[\s,<>]+/)
    .filter((id) => id.includes("@"))
    .slice(-MOST_LISTED);

/**
 * What a mail answers: the token in the address it went to, then the ids that programs put into headers, newest first; ours
 * before those of whoever carried it. Subjects say nothing. What is forged names nothing.
 */
export const answeredBy = ({ headers, recipients }: Mail, keys: LinkKeys): Answered => {
  for (const address of recipients) {
    const messageId = readReplyAddress(keys, address);
    if (messageId !== null) return { inReplyTo: messageId, isSigned: true };
  }
  const references = idsIn(firstOf(headers, "references")).toReversed();
  const ids = [...idsIn(firstOf(headers, "in-reply-to")).toReversed(), ...references];
  const ours = ids.flatMap((id) => OURS.exec(id)?.[1] ?? []);
  const carriers = ids.flatMap((id) => CARRIERS.exec(id)?.[1] ?? []);
  const [inReplyTo = ids[0]] = [...ours, ...carriers];
  return inReplyTo === undefined ? {} : { inReplyTo };
};
