import type { ReceivedMessage } from "#channels/definition/received.ts";
import { mailboxOf } from "#domain/message/mailbox.ts";
import type { LinkKeys } from "#domain/message/token.ts";
import type { Brand } from "#domain/playbook/model/document.ts";
import type { MessageStore } from "#ports/message-store.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { Originals } from "#ports/originals.ts";
import { type MessagesDependencies, takeMessages } from "#usecases/receive/receive-messages.ts";
import { type FailureDependencies, recordFailure } from "#usecases/record/record-failure.ts";
import { BEGINNING_BYTES, MOST_BYTES } from "./bounds.ts";
import { failureIn, isDeliveryReport } from "./failure.ts";
import { readMail } from "./mail.ts";
import { idOf, type OurMail, receivedMail } from "./received-mail.ts";

export type MailDependencies = MessagesDependencies &
  FailureDependencies & {
    readonly originals: Pick<Originals, "read">;
    readonly messages: Pick<MessageStore, "get">;
    readonly linkKeys: () => Promise<LinkKeys>;
    /** Domains whose mail comes here. */
    readonly domains: readonly string[];
  };

/** By which door they come. */
const WAY = { provider: "mail", account: "default" };

/** What is put beside mails when a receipt rule is made, to try whether it may. */
const TRIAL = "AMAZON_SES_SETUP_NOTIFICATION";

const domainOf = (address: string): string => address.slice(address.lastIndexOf("@") + 1).toLowerCase();
const bare = (mailbox: string): string =>
  mailboxOf((/<([^<>]+)>$/.exec(mailbox)?.[1] ?? mailbox).toLowerCase());

/** Whether an address is one of ours: in a domain whose mail comes here, or one that the playbook writes from. */
const oursIn = ({ email: sender }: Brand, domains: readonly string[]): OurMail["isOurs"] => {
  const own = new Set(
    [sender?.from, sender?.replyTo].flatMap((one) => (one === undefined ? [] : [bare(one)])),
  );
  return (address) => domains.includes(domainOf(address)) || own.has(mailboxOf(address.toLowerCase()));
};

/** What is larger than a mail may be is read in its beginning. */
const readOriginal = async ({ originals }: MailDependencies, key: string) => {
  const beginning = await originals.read(key, BEGINNING_BYTES);
  if (beginning === null || beginning.size <= BEGINNING_BYTES || beginning.size > MOST_BYTES)
    return beginning;
  return originals.read(key, MOST_BYTES);
};

/** Our answer is one step, and what answers it another. */
const STEPS_OF_A_TURN = 2;

/**
 * How deep a mail is in what answers our own answers: whoever keeps answering them, a machine that tells nobody what it is and
 * changes its address, is answered automatically three times in a row, and then waits for a person.
 */
const depthOf = async (
  { messages }: MailDependencies,
  { inReplyTo = "" }: ReceivedMessage,
): Promise<Pick<ReceivedMessage, "depth">> => {
  const answered = inReplyTo.startsWith("msg_") ? await messages.get(inReplyTo) : null;
  return answered === null ? {} : { depth: answered.depth + STEPS_OF_A_TURN };
};

/**
 * Takes in one mail, by where it lies: as a message of whoever wrote it, or, where it says that a mail of ours was not
 * delivered, as an outcome of that. Done again it changes nothing. What names nobody is kept, and told to people.
 */
export const receiveMail = async (deps: MailDependencies, key: string): Promise<void> => {
  const { clock, domains, linkKeys, playbooks, telemetry } = deps;
  if (key.endsWith(TRIAL)) return;
  const original = await readOriginal(deps, key);
  // Its time is over, or somebody took it away.
  if (original === null) return;
  const [mail, keys, { brand }] = await Promise.all([
    readMail(original.bytes),
    linkKeys(),
    playbooks.current(),
  ]);
  if (isDeliveryReport(mail)) {
    const at = new Date(clock.now()).toISOString();
    const report = failureIn(mail, keys, { providerMessageId: idOf(mail), at });
    if (report !== null) await recordFailure(deps, report);
    return;
  }
  const message = receivedMail(mail, { keys, isOurs: oursIn(brand, domains), now: clock.now() });
  if (message === null) {
    telemetry.count(METRICS.payloadsUnread, 1, WAY.provider);
    telemetry.log.error("a mail that names nobody", null, { code: WAY.provider });
    return;
  }
  const isWhole = original.bytes.length === original.size;
  const whole = isWhole ? message : { ...message, isCut: true as const, kind: "too-large" };
  const messages = [{ ...whole, ...(await depthOf(deps, message)) }];
  await takeMessages(deps, { way: WAY, original: key, messages });
};
