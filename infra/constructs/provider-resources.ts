import type { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Acknowledgement, OwnResources, OwnResourcesScope } from "./definition.ts";
import type { Reputation } from "./sending-alarms.ts";

/** What a provider needs in AWS to carry a channel: the face `resources.ts`, which exports it under the channel's name. */
export interface ProviderResources {
  /** Its resources in the stack of the channel's worker, the worker's settings and rights. */
  readonly add: (scope: OwnResourcesScope) => OwnResources;
  /** Regions that have its resources; left out where all of them do. */
  readonly regions?: readonly string[];
  /** Services that publish its reports to the topic `provider-events`, as IAM names them. */
  readonly publishers?: readonly string[];
  /** Services that publish what customers write to the topic `inbound`, as IAM names them. */
  readonly inboundPublishers?: readonly string[];
  /** Has it take in a channel's messages for us, with the resources of the function that receives them. */
  readonly receive?: (scope: OwnResourcesScope) => void;
  /** Settings of the function that takes its calls, for what that fetches from it. */
  readonly fetching?: Readonly<Record<string, string>>;
  /** Rights of the function that takes in what services of AWS bring, for what that fetches from it. */
  readonly fetchingRights?: () => readonly PolicyStatement[];
  /** Services that put mails into the bucket of originals, as IAM names them. */
  readonly mailKeepers?: readonly string[];
  /** `source` of its reports on the account's default bus: a second way, by which nothing is counted. */
  readonly busSources?: readonly string[];
  /** Where it looks at bounces and complaints: the alarms of the channel go off there. */
  readonly reputation?: Reputation;
  /** Rules that are not followed in the worker's stack, and why. */
  readonly acknowledged?: readonly Acknowledgement[];
}

/** What all providers say of one thing, each once, in the order of their channels. */
export const ofAllProviders = (
  byChannel: Readonly<Record<string, Readonly<Record<string, ProviderResources>>>>,
  pick: (resources: ProviderResources) => readonly string[] | undefined,
): readonly string[] => [
  ...new Set(
    Object.values(byChannel)
      .flatMap((byProvider) => Object.values(byProvider))
      .flatMap((resources) => pick(resources) ?? []),
  ),
];

/** The settings of the function that takes the calls of providers. */
export const fetchingSettings = (
  byChannel: Readonly<Record<string, Readonly<Record<string, ProviderResources>>>>,
): Readonly<Record<string, string>> =>
  Object.assign(
    {},
    ...Object.values(byChannel).flatMap((byProvider) =>
      Object.values(byProvider).map(({ fetching }) => fetching),
    ),
  );

type ByChannel = Readonly<Record<string, Readonly<Record<string, ProviderResources>>>>;

const whoFetch = (byChannel: ByChannel): readonly ProviderResources[] =>
  Object.values(byChannel)
    .flatMap((byProvider) => Object.values(byProvider))
    .filter(({ fetchingRights: rights }) => rights !== undefined);

/** The rights of the function that takes in what services of AWS bring, for what it fetches from them. */
export const fetchingRights = (byChannel: ByChannel): PolicyStatement[] =>
  whoFetch(byChannel).flatMap(({ fetchingRights: rights }) => rights?.() ?? []);

/** Rules that those rights do not follow, and why. */
export const acknowledgedOfFetching = (byChannel: ByChannel): readonly Acknowledgement[] =>
  whoFetch(byChannel).flatMap(({ acknowledged = [] }) => acknowledged);
