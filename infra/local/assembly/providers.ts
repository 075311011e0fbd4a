import { type JsonObject, objectAt, objectsAt, stringsAt, textAt } from "../aws/json.ts";
import type { Resource } from "./resolve-stacks.ts";

/** Where a provider's events go: topics by ARN, and the default bus or not. */
export type EventDestination = {
  readonly configurationSet: string;
  readonly topicArn: string | null;
  readonly bus: boolean;
  /** Event types in the provider's own words. */
  readonly types: readonly string[];
};
export type ProviderSettings = {
  readonly ses: { readonly sets: ReadonlySet<string>; readonly destinations: readonly EventDestination[] };
  readonly sms: { readonly sets: ReadonlySet<string>; readonly destinations: readonly EventDestination[] };
  readonly pushApplications: ReadonlySet<string>;
  /** Numbers with two-way messages: where a text to them goes. */
  readonly phoneNumbers: readonly { readonly number: string; readonly topicArn: string }[];
  /** Topics that inbound mail is published to. */
  readonly receiptTopics: readonly { readonly recipients: readonly string[]; readonly topicArn: string }[];
  /** Topics that carry inbound WhatsApp messages: metadata `rapport:inbound: whatsapp`, as no CloudFormation type exists. */
  readonly whatsappTopics: readonly string[];
};

/** @param of answers the resources of a type */
export function readProviders(of: (type: string) => readonly Resource[]): ProviderSettings {
  const smsSets = of("AWS::SMSVOICE::ConfigurationSet");
  return {
    ses: {
      sets: new Set(of("AWS::SES::ConfigurationSet").map((set) => set.identity.ref)),
      destinations: of("AWS::SES::ConfigurationSetEventDestination").map((resource) =>
        readDestination(
          objectAt(resource.properties, "EventDestination"),
          textAt(resource.properties, "ConfigurationSetName") ?? "",
        ),
      ),
    },
    sms: {
      sets: new Set(smsSets.map((set) => set.identity.ref)),
      destinations: smsSets.flatMap((set) =>
        objectsAt(set.properties, "EventDestinations").map((one) => readDestination(one, set.identity.ref)),
      ),
    },
    pushApplications: new Set(of("AWS::Pinpoint::App").map((app) => app.identity.ref)),
    phoneNumbers: of("AWS::SMSVOICE::PhoneNumber").flatMap((resource) => {
      const topicArn = textAt(objectAt(resource.properties, "TwoWay"), "ChannelArn");
      return topicArn === undefined
        ? []
        : [{ number: resource.identity.attributes.PhoneNumber ?? "", topicArn }];
    }),
    receiptTopics: of("AWS::SES::ReceiptRule").flatMap((resource) => {
      const rule = objectAt(resource.properties, "Rule");
      const topics = objectsAt(rule, "Actions").map((action) =>
        textAt(objectAt(action, "SNSAction"), "TopicArn"),
      );
      return topics
        .filter((topic) => topic !== undefined)
        .map((topicArn) => ({ recipients: stringsAt(rule, "Recipients"), topicArn }));
    }),
    whatsappTopics: of("AWS::SNS::Topic")
      .filter((topic) => topic.metadata["rapport:inbound"] === "whatsapp")
      .map((topic) => topic.identity.ref),
  };
}

function readDestination(destination: JsonObject, configurationSet: string): EventDestination {
  return {
    configurationSet,
    topicArn:
      textAt(objectAt(destination, "SnsDestination"), "TopicARN") ??
      textAt(objectAt(destination, "SnsDestination"), "TopicArn") ??
      null,
    bus: "EventBridgeDestination" in destination,
    types: stringsAt(destination, "MatchingEventTypes"),
  };
}
