import type { JsonObject } from "#kernel/json.ts";
import { LOCAL } from "#providers/all.local.ts";
import { parameterName } from "#runtime/names.ts";
import type { Deployment } from "../assembly/deployment.ts";
import type { Place } from "../aws/place.ts";
import { AwsError, type Service } from "../aws/protocol.ts";
import {
  type Delivery,
  type Inbound,
  type LocalDoor,
  type LocalPlay,
  notWired,
} from "../door/provider-local.ts";
import type { Buses } from "../eventbridge/buses.ts";
import type { Topics } from "../sns/topics.ts";
import type { Outbox } from "./outbox.ts";

type Around = {
  readonly place: Place;
  readonly deployment: Deployment;
  readonly messaging: { readonly topics: Topics; readonly buses: Buses };
  readonly outbox: Outbox;
  readonly now: () => number;
  readonly smtpUrl: string | undefined;
  /** Whether it is for real customers: then nothing is only played. */
  readonly served: boolean;
};

export type FeedbackWanted = {
  readonly messageId: string;
  readonly type: string;
  readonly at?: string | undefined;
  readonly url?: string | undefined;
};

/** The providers, playing. */
export type Providers = {
  /** Their APIs, by the name that usage and faults know them by. */
  readonly services: { readonly [service: string]: Service };
  /** Tells what became of a message, in its provider's own shape and along the way that the templates wire. */
  readonly giveFeedback: (wanted: FeedbackWanted) => Promise<Delivery>;
  /** Channels on which customers' messages can be brought in, by name. */
  readonly inboundChannels: readonly string[];
  /** Brings in a customer's message in a provider's own shape. */
  readonly bringIn: (inbound: Inbound) => Delivery;
};

export function playProviders(around: Around): Providers {
  const { outbox, now, served } = around;
  const door = openDoor(around);
  const plays = new Map<string, LocalPlay>(
    [...LOCAL.values()].map(({ service, play, reallySends }) => [
      service,
      served && !reallySends ? NOT_HERE : play(door),
    ]),
  );
  const inbound = [...plays.values()].flatMap(({ bringIn }) => Object.keys(bringIn ?? {}));
  return {
    inboundChannels: [...new Set(inbound)].sort(),
    services: Object.fromEntries([...plays].map(([service, { answer }]) => [service, answer])),
    giveFeedback: async ({ messageId, type, at, url }) => {
      const sent = outbox.find(messageId);
      if (sent === null) return { ok: false, status: 404, message: `no message ${messageId} in the outbox` };
      const play = plays.get(sent.provider.split(":")[0] ?? "");
      if (play?.giveFeedback === undefined)
        return notWired(`${sent.provider} tells nothing about a ${sent.channel} message after accepting it`);
      return play.giveFeedback(sent, { type, at: at ?? new Date(now()).toISOString(), url });
    },
    bringIn: (inbound) => {
      const ways = [...plays.values()].map(({ bringIn }) => bringIn?.[inbound.channel]);
      const way = ways.find((one) => one !== undefined);
      return way?.(inbound) ?? notWired(`the channel ${inbound.channel} brings in nothing`);
    },
  };
}

/** Whatever is asked of it ends as refused: saying that it was sent would be a lie. */
const NOT_HERE: LocalPlay = {
  answer: () => {
    throw new AwsError("NotCarriedHere", "this hub sends mail only");
  },
};

/** A person's browser, not a scanner's: what machines open is counted apart. */
const READER: RequestInit = {
  redirect: "manual",
  headers: { "user-agent": "Mozilla/5.0 (X11; Linux x86_64)" },
};

function openDoor({ place, deployment, messaging, outbox, now, smtpUrl }: Around): LocalDoor {
  const { topics, buses } = messaging;
  return {
    now,
    outbox,
    resources: deployment.resources,
    publish: (topicArn, notification) => void topics.publish(topicArn, notification),
    putEvent: (event) => void buses.put("default", event),
    report: (event: JsonObject) => {
      const topicArn = deployment.parameters.get(parameterName("local", "topics/provider-events"));
      if (topicArn === undefined) return notWired("the templates have no topic for the events of providers");
      topics.publish(topicArn, { message: JSON.stringify(event) });
      return { ok: true, deliveredTo: [topicArn] };
    },
    visit: async (path) => (await fetch(new URL(path, place.apiUrl), READER)).status,
    smtpUrl,
  };
}
