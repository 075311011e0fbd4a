import { randomUUID } from "node:crypto";
import { compilePattern } from "#domain/playbook/compile/event-pattern.ts";
import { isList, isObject, type Json, type JsonObject } from "#kernel/json.ts";
import { parseObject } from "../aws/json.ts";
import { AwsError, escapeXml, type Service } from "../aws/protocol.ts";
import type { MessageAttributes } from "../sqs/model.ts";
import type { Queue } from "../sqs/queue.ts";

export type Subscription = {
  readonly topicArn: string;
  readonly arn: string;
  readonly queue: Queue;
  readonly raw: boolean;
  readonly filter: JsonObject | null;
  readonly filterScope: "MessageAttributes" | "MessageBody";
};
export type Notification = {
  readonly message: string;
  readonly subject?: string;
  readonly attributes?: MessageAttributes;
};
export type Topics = {
  /** @returns the message's id */
  readonly publish: (topicArn: string, notification: Notification) => string;
};

export function createTopics(
  arns: readonly string[],
  subscriptions: readonly Subscription[],
  around: { readonly now: () => number; readonly onDelivery: (queue: Queue) => void },
): Topics {
  const known = new Set(arns);
  const compiled = subscriptions.map((subscription) => ({
    subscription,
    passes: compileFilter(subscription),
  }));
  return {
    publish: (topicArn, notification) => {
      if (!known.has(topicArn)) throw new AwsError("NotFound", "Topic does not exist", 404);
      const id = randomUUID();
      for (const { subscription, passes } of compiled) {
        if (subscription.topicArn !== topicArn || !passes(notification)) continue;
        around.onDelivery(subscription.queue);
        deliver(subscription, id, notification, around.now());
      }
      return id;
    },
  };
}

function deliver(subscription: Subscription, id: string, notification: Notification, now: number): void {
  if (subscription.raw) {
    const attributes = notification.attributes;
    subscription.queue.send({
      body: notification.message,
      ...(attributes === undefined ? {} : { attributes }),
    });
    return;
  }
  subscription.queue.send({ body: envelope(subscription, id, notification, now) });
}

/** The JSON that SNS wraps around a message without raw delivery. */
function envelope(subscription: Subscription, id: string, notification: Notification, now: number): string {
  const attributes = Object.entries(notification.attributes ?? {}).map(([name, one]) => [
    name,
    { Type: one.DataType, Value: one.StringValue ?? one.BinaryValue ?? "" },
  ]);
  return JSON.stringify({
    Type: "Notification",
    MessageId: id,
    TopicArn: subscription.topicArn,
    ...(notification.subject === undefined ? {} : { Subject: notification.subject }),
    Message: notification.message,
    Timestamp: new Date(now).toISOString(),
    SignatureVersion: "1",
    Signature: "",
    SigningCertURL: "",
    UnsubscribeURL: "",
    ...(attributes.length > 0 ? { MessageAttributes: Object.fromEntries(attributes) } : {}),
  });
}

/** Filter policies use the operators of event patterns, over the attributes or the body. */
function compileFilter(subscription: Subscription): (notification: Notification) => boolean {
  if (subscription.filter === null) return () => true;
  const test = compilePattern(subscription.filter);
  if (subscription.filterScope === "MessageBody") {
    return (notification) => test(parseObject(notification.message) ?? {});
  }
  return (notification) => test(attributeValues(notification.attributes ?? {}));
}

function attributeValues(attributes: MessageAttributes): JsonObject {
  const values: { [name: string]: Json } = {};
  for (const [name, attribute] of Object.entries(attributes)) {
    const text = attribute.StringValue ?? "";
    if (attribute.DataType.startsWith("Number")) values[name] = Number(text);
    else if (attribute.DataType === "String.Array") values[name] = parseArray(text);
    else values[name] = text;
  }
  return values;
}

function parseArray(text: string): Json {
  const parsed = parseObject(`{"values":${text}}`)?.values;
  return isList(parsed) ? parsed : isObject(parsed) ? [] : text;
}

/** Publish in SNS's query protocol: form-encoded request, XML answer. */
export function createSnsService(topics: Topics): Service {
  return (operation, request) => {
    if (operation !== "Publish") return null;
    const form = new URLSearchParams(request.body);
    const subject = form.get("Subject");
    const id = topics.publish(form.get("TopicArn") ?? "", {
      message: form.get("Message") ?? "",
      ...(subject === null ? {} : { subject }),
      attributes: formAttributes(form),
    });
    const body = `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>${escapeXml(id)}</MessageId></PublishResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></PublishResponse>`;
    return { status: 200, headers: { "content-type": "text/xml" }, body };
  };
}

function formAttributes(form: URLSearchParams): MessageAttributes {
  const attributes: { [name: string]: MessageAttributes[string] } = {};
  for (let index = 1; form.has(`MessageAttributes.entry.${index}.Name`); index += 1) {
    const part = (name: string): string => form.get(`MessageAttributes.entry.${index}.${name}`) ?? "";
    attributes[part("Name")] = { DataType: part("Value.DataType"), StringValue: part("Value.StringValue") };
  }
  return attributes;
}
