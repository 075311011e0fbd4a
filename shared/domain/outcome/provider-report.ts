import type { ProviderReport } from "#channels/definition/report.ts";
import type { JsonObject } from "#kernel/json.ts";
import type { Move } from "../message/status.ts";
import { isMachineAgent } from "./machine-agent.ts";
import type { MessageOutcome } from "./outcome-event.ts";

/** What follows from a report: the message's change of status, addresses to suppress, outcomes to record. */
export type Consequences = {
  readonly move?: Move;
  readonly suppress: readonly { readonly address: string; readonly reason: "bounced" | "complained" }[];
  readonly outcomes: readonly {
    readonly name: MessageOutcome;
    readonly occurrence?: string;
    readonly properties?: JsonObject;
  }[];
};

const minuteOf = (iso: string): string => iso.slice(0, 16);
const secondOf = (iso: string): string => iso.slice(0, 19);

/** Openings of one minute count once, and so do clicks on one link in one second: each is reported several times. */
export const openOccurrence = minuteOf;
export const clickOccurrence = (at: string, url: string): string => `${secondOf(at)} ${url}`;

const seen = (
  name: MessageOutcome,
  occurrence: string,
  properties: JsonObject,
): Consequences["outcomes"][number] => ({ name, occurrence, properties });

/** What a provider's report means. Openings and clicks of mail proxies and scanners are marked `machine`. */
export function consequencesOf(report: ProviderReport): Consequences {
  const { fact, at, providerMessageId } = report;
  const move = (status: "sent" | "delivered" | "read" | "failed", reason?: string): Move => ({
    status,
    at,
    providerMessageId,
    ...(reason === undefined ? {} : { reason }),
  });
  switch (fact.kind) {
    case "sent":
      return { move: move("sent"), suppress: [], outcomes: [] };
    case "delivered":
      return { move: move("delivered"), suppress: [], outcomes: [{ name: "message.delivered" }] };
    case "read":
      return {
        move: move("read"),
        suppress: [],
        outcomes: [seen("message.opened", openOccurrence(at), { machine: false })],
      };
    case "delayed":
      return { suppress: [], outcomes: [] };
    case "failed":
      return {
        move: move("failed", fact.reason),
        suppress: [],
        outcomes: [{ name: "message.failed", properties: { reason: fact.reason } }],
      };
    case "bounced":
      return {
        move: move("failed", `bounced: ${fact.reason}`),
        suppress: fact.permanent ? fact.addresses.map((address) => ({ address, reason: "bounced" })) : [],
        outcomes: fact.addresses.map((address) => ({
          name: "message.bounced",
          occurrence: address,
          properties: {
            address,
            bounceType: fact.permanent ? "Permanent" : "Transient",
            reason: fact.reason,
          },
        })),
      };
    case "complained":
      return {
        suppress: fact.addresses.map((address) => ({ address, reason: "complained" })),
        outcomes: fact.addresses.map((address) => ({
          name: "message.complained",
          occurrence: address,
          properties: { address },
        })),
      };
    case "opened":
      return {
        suppress: [],
        outcomes: [seen("message.opened", openOccurrence(at), { machine: isMachineAgent(fact.userAgent) })],
      };
    case "clicked": {
      const properties = { url: fact.url, machine: isMachineAgent(fact.userAgent) };
      return { suppress: [], outcomes: [seen("message.clicked", clickOccurrence(at, fact.url), properties)] };
    }
    case "unsubscribed":
      return { suppress: [], outcomes: [{ name: "unsubscribed" }] };
  }
}
