import type * as iam from "aws-cdk-lib/aws-iam";
import type { Stack } from "aws-cdk-lib/core";
import type { MetricName } from "#ports/metric-names.ts";
import type { Dimensions } from "#ports/telemetry.ts";
import type { Operations } from "#runtime/http/operation.ts";
import type { CoreName } from "#runtime/names.ts";
import type { Use } from "./grants.ts";

/** An EventBridge event pattern as EventBridge itself writes it (`detail-type`, content filters and all). */
export type EventPattern = Readonly<Record<string, unknown>>;

/** What feeds a function's own queue. Every worker sits behind SQS; no rule or topic invokes a function directly. */
export type QueueSource =
  | { readonly bus: "rapport" | "sources" | "default"; readonly pattern: EventPattern }
  | { readonly topic: "provider-events" | "inbound" }
  /** What is put into the bucket of originals below a prefix. */
  | { readonly originals: string }
  | {
      /** An EventBridge Scheduler expression, `rate(1 minute)`. */
      readonly schedule: string;
      /** For the local cloud's clock: nothing is due while all of this is empty. */
      readonly skipWhileEmpty: readonly DueSource[];
    };

/** Partitions of a table, or of an index of it, in which work lies by when it is due: its sort key is an ISO-8601 moment. */
export interface DueSource {
  readonly table: CoreName;
  readonly index?: string;
  readonly pks: readonly string[];
}

/** One queue of a worker, with its share of the function's one dead-letter queue. */
export interface QueueDefinition {
  /** `queue` where there is one; the lane where there are several. */
  readonly name: string;
  readonly from: readonly QueueSource[];
  /** Records handed over at once, 1..10; default 10. More where there is a window. */
  readonly batchSize?: number;
  /** Seconds to wait for a batch to fill, 1..300; default none: what waits for nobody is handed over at once. */
  readonly batchingWindowSeconds?: number;
  /** Most invocations at once for this queue, 2..1000; default: no limit. */
  readonly maximumConcurrency?: number;
  /** Age of the oldest message in seconds from which people notice; default 300. */
  readonly lateAfterSeconds?: number;
}

/** What a function's `resources` callback may build on. */
export interface OwnResourcesScope {
  readonly stack: Stack;
  readonly settings: Settings;
  /** The value that core published under a name. */
  readonly core: (name: CoreName) => string;
}

/** What a function's own resources add to it. */
export interface OwnResources {
  readonly environment?: Readonly<Record<string, string>>;
  readonly statements?: readonly iam.PolicyStatement[];
}

/** A metric of ours, as a function writes it. */
export interface OwnMetric {
  readonly name: MetricName;
  /** `<stage>/<name>`; default: the function that has the alarm. */
  readonly service?: string;
  readonly dimensions?: Dimensions;
}

/** An alarm on metrics of ours, each summed over the period. */
export interface OwnAlarm {
  /** Marks it: `stuck`. Its page of the runbook is `<function>-<alarm>.md`. */
  readonly alarm: string;
  /** What it says before what a customer suffers, where that alone would not be true yet. */
  readonly meaning?: string;
  /** By what the expression calls them. */
  readonly metrics: Readonly<Record<string, OwnMetric>>;
  /** Metric math of CloudWatch. */
  readonly expression: string;
  readonly threshold: number;
  readonly periodMinutes: number;
  /** So many of the last periods must be bad; default 1 of 1. */
  readonly badPeriods?: number;
  readonly ofPeriods?: number;
}

/** One function: the default export of `functions/<stage>/<name>/stack.ts`. The folder gives its name. */
export interface FunctionDefinition {
  /** One sentence: what a customer suffers when this function fails. It becomes the text of its alarms. */
  readonly failureImpact: string;
  /** What it touches; `grants.ts` turns each into exact actions, exact ARNs and environment variables. */
  readonly uses: readonly Exclude<Use, "keys:read">[];
  /** Megabytes; a whole vCPU comes at 1769. Default 512. */
  readonly memorySize?: number;
  /** Default 10. */
  readonly timeoutSeconds?: number;
  /** Its calls over HTTP, from `operations.ts`: they make its routes, and its right to look keys up. */
  readonly operations?: Operations;
  /** Why those of its calls that ask for no key need none; required where there are any. */
  readonly withoutKey?: string;
  /** Its alarms beside those that every function has for its queues and routes. */
  readonly alarms?: readonly OwnAlarm[];
  /** Its own queues. */
  readonly queues?: readonly QueueDefinition[] | ((settings: Settings) => readonly QueueDefinition[]);
  /** Queues that core owns because several functions write to them. */
  readonly consumes?: readonly CoreQueue[];
  /** Ten percent of the traffic for five minutes first, and back at once if its alarm goes off. */
  readonly canary?: boolean;
  readonly resources?: (scope: OwnResourcesScope) => OwnResources;
  /** What it sends: it is deployed only where that was chosen and somebody carries it. `events-out`: it tells systems outside of events. */
  readonly channel?: SentChannel;
  /** Rules that its stack does not follow, and why. */
  readonly acknowledged?: readonly Acknowledgement[];
}

/** A channel as the choice of what to deploy sees it. */
export interface SentChannel {
  readonly name: string;
  /** Regions where AWS has what its worker needs; undefined: all that this hub can be in. */
  readonly regions: readonly string[] | undefined;
}

/** A rule of cdk-nag that we do not follow at a place, and why. */
export interface Acknowledgement {
  /** The rule's id; with the finding in brackets where the rule tells several. */
  readonly rule: string;
  /** Construct path; that of a function's own is below its stack. `*` stands for one whole part of a path. */
  readonly resource: string;
  readonly reason: string;
}

/** A queue in the bus stack, and the one function that empties it. */
export type CoreQueue = "inbox" | "due";

/** Where a function lives: `collect/http` is `{ group: "collect", name: "http", id: "collect-http" }`. */
export interface FunctionFolder {
  /** The step of the way: collect, profile, decide, ... */
  readonly group: string;
  readonly name: string;
  /** `<group>-<name>`: part of every physical name. */
  readonly id: string;
  /** Absolute path. */
  readonly path: string;
}

/** Deploy-time choices, from the context in cdk.json or `--context`. */
export interface Settings {
  /** Deployment stage, `prod`. */
  readonly stage: string;
  /** `prod` keeps data on deletion; any other stage is thrown away with its stacks. */
  readonly keepsData: boolean;
  /** Days that CloudWatch keeps logs. */
  readonly logRetentionDays: number;
  /** Base of the links to the runbook in alarm texts. */
  readonly runbookUrl: string;
  /** Where customers reach us when a domain of one's own stands before the API; else the API's own address. */
  readonly publicUrl: string | undefined;
  /** What takes the place of names that core publishes: a table that was restored under another name. */
  readonly names: Readonly<Partial<Record<CoreName, string>>>;
  /** Profiles are written as release 0.1 reads them: while functions of it run, and for who may go back to it. */
  readonly plainStates: boolean;
  /** Channels that are deployed, by name; undefined: all that there are. */
  readonly channels: readonly string[] | undefined;
  /** Executions kept for a function alone, by `<stage>/<name>`: none other may take them, and it takes no more. */
  readonly reservedConcurrency: Readonly<Record<string, number>>;
  /** Domains whose mail comes to the hub; `*`: that of any where the playbook wants answers to go. */
  readonly inboundDomains: readonly string[];
  /** The set of receipt rules that the hub's rule joins; undefined: one of its own, which somebody has to make the active one. */
  readonly receiptRuleSet: string | undefined;
  /** Patterns on the account's default bus whose events are collected too. */
  readonly defaultBusPatterns: readonly EventPattern[];
}

/** What is needed to turn a definition into resources. */
export interface FunctionProps {
  readonly folder: FunctionFolder;
  readonly definition: FunctionDefinition;
  readonly settings: Settings;
  /** Directory with the bundled `index.mjs`. */
  readonly codePath: string;
}
