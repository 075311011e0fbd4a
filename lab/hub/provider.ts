import type { ProviderReport } from "#channels/definition/report.ts";
import type { EmailMessage } from "#channels/email/message.ts";
import type { ConnectedSender, SendResult } from "#ports/provider.ts";
import { PATIENCE } from "#usecases/send/senders.ts";
import { type Chance, pick } from "./machine/chance.ts";
import type { Invocation, Processes } from "./machine/processes.ts";
import type { Timeline } from "./machine/timeline.ts";

type Fact = ProviderReport["fact"];
/** What a provider tells of a mail, how likely, and within how many minutes. */
const REPORTS: readonly (readonly [share: number, minutes: number, fact: (address: string) => Fact])[] = [
  [0.9, 2, () => ({ kind: "delivered" })],
  [0.3, 200, () => ({ kind: "opened", userAgent: "Mail" })],
  [0.25, 300, () => ({ kind: "clicked", url: "https://shop.example/", userAgent: "Mail" })],
  [
    0.02,
    3,
    (address) => ({ kind: "bounced", permanent: false, reason: "mailbox full", addresses: [address] }),
  ],
  [0.01, 400, (address) => ({ kind: "unsubscribed", addresses: [address] })],
  [0.01, 5, (address) => ({ kind: "bounced", permanent: true, reason: "gone", addresses: [address] })],
  [0.01, 400, (address) => ({ kind: "complained", addresses: [address] })],
];

type Around = {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly processes: Processes;
  readonly report: (key: string, report: ProviderReport) => void;
  /** It took the message: nobody can call it back. */
  readonly took: (messageId: string, by: Invocation, address: string) => void;
};

/** A provider that takes most mails, refuses some, asks to wait, answers late or never, and tells later what became of them. */
export const createProvider = ({ timeline, chance, processes, report, took }: Around) => {
  const asked = new Map<string, number>();

  const tell = (message: EmailMessage, messageId: string, providerMessageId: string): void => {
    for (const [share, minutes, fact] of REPORTS) {
      const reported = fact(message.to);
      const key = `${providerMessageId}/${reported.kind}`;
      if (chance("report", key) >= share) continue;
      timeline.after(chance("report after", key) * minutes * 60_000, () => {
        const at = new Date(timeline.clock.now()).toISOString();
        report(key, { messageId, providerMessageId, at, fact: reported });
      });
    }
  };

  const answer = (message: EmailMessage, messageId: string, by: Invocation): SendResult => {
    const times = (asked.get(messageId) ?? 0) + 1;
    asked.set(messageId, times);
    const mood = pick(
      [
        ["takes", 90],
        ["refuses", 3],
        ["refuses the address", 1],
        ["wants to wait", 6],
      ] as const,
      chance("provider", messageId, times),
    );
    switch (mood) {
      case "refuses":
        return { result: "refused", reason: "content" };
      case "refuses the address":
        return { result: "refused", reason: "invalid address", address: "invalid" };
      case "wants to wait":
        return {
          result: "later",
          reason: "throttled",
          retryAfterMs: chance("wait", messageId, times) ** 3 * 600_000,
        };
      case "takes": {
        const providerMessageId = `ses-${messageId}-${times}`;
        took(messageId, by, message.to);
        tell(message, messageId, providerMessageId);
        return { result: "accepted", providerMessageId };
      }
    }
  };

  /** The provider as one invocation reaches it. */
  return (by: Invocation): ConnectedSender<EmailMessage>["send"] =>
    (message, { messageId }) =>
      Promise.race([
        processes.call(by, {
          name: "provider.send",
          possible: ["crash before", "crash after", "error", "lost answer", "slow"],
          perform: async () => answer(message, messageId, by),
        }),
        processes.sleep(by, PATIENCE.answerMs).then(() => {
          throw new Error("the provider does not answer");
        }),
      ]);
};
