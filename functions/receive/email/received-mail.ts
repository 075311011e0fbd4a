import type { ReceivedMessage } from "#channels/definition/received.ts";
import { addresses } from "#channels/email/addresses.ts";
import type { LinkKeys } from "#domain/message/token.ts";
import { hashId } from "#kernel/hash.ts";
import { DAY_MS } from "#kernel/time.ts";
import { answeredBy } from "./answered.ts";
import { attachmentsOf } from "./attachments.ts";
import { calendarMethod, isAutomatic, isDoubted } from "./automatic.ts";
import { firstOf, type Mail } from "./mail.ts";
import { cutReply } from "./reply/cut-reply.ts";
import { markedText } from "./reply/marked-html.ts";
import { isForwardSubject } from "./reply/words.ts";

/** A mail is on its way for five days at most (RFC 5321, 4.5.4.1): what says that it is older has a clock that stands still. */
const LONGEST_ON_THE_WAY_MS = 7 * DAY_MS;

/** When it was written, where that can be; who waits is measured by it. */
const writtenAt = ({ date = "" }: Mail, now: number): Pick<ReceivedMessage, "at"> =>
  now - Date.parse(date) <= LONGEST_ON_THE_WAY_MS ? { at: date } : {};

/** What is known of us: the keys that sign the addresses that we are answered at, and which addresses are ours. */
export type OurMail = {
  readonly keys: LinkKeys;
  readonly isOurs: (address: string) => boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
};

/**
 * By what a mail is known however often it is brought. With whose it is: else somebody who guesses another's id could take
 * its place beforehand.
 */
export const idOf = ({ headers, from, date = "", subject, text }: Mail): string => {
  const own = firstOf(headers, "message-id");
  return hashId("mail", from.toLowerCase(), ...(own === "" ? [date, subject, text.slice(0, 10_000)] : [own]));
};

/** As a header of ours may repeat it. */
const OWN_ID = /^<[!-;=?-~]{3,250}>$/;

/** Programs say more by their HTML of what they quote. */
const writtenIn = ({ html, text }: Mail): string => {
  const marked = html === "" ? "" : markedText(html);
  return marked.trim() === "" ? text : marked;
};

const kindOf = (mail: Mail): Pick<ReceivedMessage, "kind"> => {
  if (!mail.isReadable) return { kind: "unreadable" };
  const method = calendarMethod(mail);
  return method === undefined ? {} : { kind: `calendar ${method.toLowerCase()}` };
};

/** A mail as a message of the customer whose it says that it is. Null: it names nobody who can be written to. */
export const receivedMail = (mail: Mail, { keys, isOurs, now }: OurMail): ReceivedMessage | null => {
  if (addresses.spelling?.normalize(mail.from, undefined) == null) return null;
  const { subject, recipients } = mail;
  const { text, isWhole } = cutReply(writtenIn(mail), { isForward: isForwardSubject(subject) });
  const attachments = attachmentsOf(mail);
  const ownId = firstOf(mail.headers, "message-id");
  return {
    channel: "email",
    providerMessageId: idOf(mail),
    from: mail.from,
    to: recipients.find(isOurs) ?? recipients[0] ?? "",
    text,
    ...writtenAt(mail, now),
    ...(subject === "" ? {} : { subject }),
    ...(OWN_ID.test(ownId) ? { ownId } : {}),
    ...answeredBy(mail, keys),
    ...(attachments.length === 0 ? {} : { attachments }),
    ...kindOf(mail),
    ...(isAutomatic(mail, isOurs) ? { isAutomatic: true } : {}),
    ...(isDoubted(mail) ? { isDoubted: true } : {}),
    ...(isWhole && mail.isReadable ? {} : { isCut: true }),
  };
};
