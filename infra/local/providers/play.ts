import { randomUUID } from "node:crypto";
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
import type { PutObject } from "../s3/put-object.ts";
import type { Topics } from "../sns/topics.ts";
import type { Outbox } from "./outbox.ts";

type Around = {
  readonly place: Place;
  readonly deployment: Deployment;
  readonly messaging: { readonly topics: Topics; readonly buses: Buses };
  readonly outbox: Outbox;
  readonly put: PutObject;
  readonly now: () => number;
  readonly smtpUrl: string | undefined;
  /** Whether it is for real customers: then nothing is only played. */
  readonly served: boolean;
};

/** What a customer writes. Where no provider is named, the first that brings in messages of the channel does. */
export type InboundWanted = { readonly channel: string; readonly provider?: string | undefined } & {
  /** `inReplyTo`: our own id of the message that it answers. */
  readonly [Name in Exclude<keyof Inbound, "channel">]?: Inbound[Name] | undefined;
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
  /** Brings in a customer's message in a provider's own shape, by the function that receives it. */
  readonly bringIn: (inbound: InboundWanted) => Promise<Delivery>;
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
    bringIn: async ({ provider, inReplyTo, from = "", text = "", providerMessageId, ...wanted }) => {
      const { channel } = wanted;
      const ways = [...LOCAL].flatMap(([name, { service }]) => {
        const way = plays.get(service)?.bringIn?.[channel];
        return way === undefined || (provider ?? name) !== name ? [] : [way];
      });
      const [way] = ways;
      if (way === undefined)
        return notWired(`nobody brings in messages of ${channel} as ${provider ?? "any"}`);
      const answered = inReplyTo === undefined ? null : outbox.find(inReplyTo);
      return way({
        ...wanted,
        ...(answered === null ? {} : { answered }),
        from,
        text,
        providerMessageId: providerMessageId ?? `in-${randomUUID()}`,
        inReplyTo: answered?.providerMessageId ?? inReplyTo,
      });
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

function openDoor({ place, deployment, messaging, outbox, put, now, smtpUrl }: Around): LocalDoor {
  const { topics, buses } = messaging;
  const publishTo = (name: "topics/provider-events" | "topics/inbound", message: string): Delivery => {
    const topicArn = deployment.parameters.get(parameterName("local", name));
    if (topicArn === undefined) return notWired(`the templates publish no ${name}`);
    topics.publish(topicArn, { message });
    return { ok: true, deliveredTo: [topicArn] };
  };
  const ask: LocalDoor["ask"] = async (path, { headers, body }) => {
    const answer = await fetch(new URL(path, place.apiUrl), { method: "POST", headers, body });
    return { status: answer.status, body: await answer.text() };
  };
  return {
    now,
    outbox,
    resources: deployment.resources,
    publish: (topicArn, notification) => void topics.publish(topicArn, notification),
    putEvent: (event) => void buses.put("default", event),
    report: (event: JsonObject) => publishTo("topics/provider-events", JSON.stringify(event)),
    receive: (payload) => publishTo("topics/inbound", payload),
    putObject: put,
    apiUrl: place.apiUrl.replace(/\/$/, ""),
    ask,
    post: async (path, call) => {
      const { status } = await ask(path, call);
      return status === 200
        ? { ok: true, deliveredTo: [path] }
        : { ok: false, status: 502, message: `the hub answered ${status} at ${path}` };
    },
    visit: async (path) => (await fetch(new URL(path, place.apiUrl), READER)).status,
    smtpUrl,
  };
}
