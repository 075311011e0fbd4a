import * as z from "zod/mini";
import { dynamoContactStore } from "#adapters/dynamodb/contact-store.ts";
import { dynamoCustomerStore } from "#adapters/dynamodb/customer-store.ts";
import { dynamoMessageStore } from "#adapters/dynamodb/message-store.ts";
import { dynamoPlaybookStore } from "#adapters/dynamodb/playbook-store.ts";
import { dynamoSuppressionStore } from "#adapters/dynamodb/suppression-store.ts";
import { dynamoTimers } from "#adapters/dynamodb/timers.ts";
import { sqsDueQueue } from "#adapters/sqs/due-queue.ts";
import { sqsInbox } from "#adapters/sqs/inbox.ts";
import type { RenderedMessage } from "#domain/message/types.ts";
import { MessageRequested } from "#events/message-requested.ts";
import type { ChannelSender } from "#ports/channel-sender.ts";
import { dynamo, sqs } from "../aws.ts";
import { systemClock as clock } from "../clock.ts";
import { documentCache } from "../document-cache.ts";
import { readEnv } from "../env.ts";
import { readIdentifierKey } from "../identifier-key.ts";
import { parse } from "../parse.ts";
import { readSecret } from "../secrets.ts";
import { workerHandler } from "../worker.ts";
import type { SendDependencies } from "./dependencies.ts";
import { sendOne } from "./send-one.ts";
import type { SendingRate } from "./sending-rate.ts";

/** A bus rule hands over the whole EventBridge event. */
const Delivered = z.object({ detail: MessageRequested.schema });

const wire = async <M extends RenderedMessage>(channel: {
  readonly channel: M["channel"];
  readonly sender: ChannelSender<M>;
  readonly rate: SendingRate;
}): Promise<SendDependencies<M>> => {
  const env = readEnv(
    "customersTable",
    "historyTable",
    "timersTable",
    "playbooksTable",
    "inboxUrl",
    "dueUrl",
    "identifierKeySecret",
    "linkKeySecret",
    "publicUrl",
  );
  const client = dynamo();
  const [identifierKey, linkKey] = await Promise.all([
    readIdentifierKey(env.identifierKeySecret),
    readSecret(env.linkKeySecret),
  ]);
  const due = sqsDueQueue({ client: sqs(), queueUrl: env.dueUrl, clock });
  const playbooks = documentCache(dynamoPlaybookStore({ client, table: env.playbooksTable }), clock);
  return {
    ...channel,
    messages: dynamoMessageStore({ client, table: env.historyTable }),
    customers: dynamoCustomerStore({
      client,
      customersTable: env.customersTable,
      historyTable: env.historyTable,
      identifierKey,
    }),
    contacts: dynamoContactStore({ client, table: env.customersTable }),
    suppressions: dynamoSuppressionStore({ client, table: env.customersTable, hash: identifierKey }),
    timers: dynamoTimers({ client, table: env.timersTable, due, clock }),
    inbox: sqsInbox({ client: sqs(), queueUrl: env.inboxUrl, key: identifierKey.key }),
    livePlaybook: playbooks.current,
    playbook: playbooks.get,
    publicUrl: env.publicUrl.replace(/\/$/, ""),
    linkKeys: [linkKey],
    clock,
  };
};

/** The worker of a channel's two queues. A channel is its provider and its pace; everything else is the same. */
export const sendingWorker = async <M extends RenderedMessage>(channel: {
  readonly channel: M["channel"];
  readonly sender: ChannelSender<M>;
  readonly rate: SendingRate;
}) => {
  const deps = await wire(channel);
  return workerHandler(({ body }) => sendOne(deps, parse(Delivered, body).detail));
};
