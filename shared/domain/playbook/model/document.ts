import type { ChannelName } from "#channels/all.ts";
import type { SenderFields } from "#channels/definition/definition.ts";
import type { FeelType } from "#feel/index.ts";
import type { JsonObject } from "#kernel/json.ts";
import type { OwnWords } from "#template/words/words.ts";
import type { CannedAnswer } from "./answers.ts";
import type { CompanyModel } from "./company-model.ts";
import type { ContactPolicy } from "./contact-policy.ts";
import type { ConversationPolicy } from "./conversations.ts";
import type { DataModel } from "./data-model.ts";
import type { Experiment } from "./experiments.ts";
import type { Guard } from "./guard.ts";
import type { Journey } from "./journeys.ts";
import type { KnowledgePage } from "./knowledge.ts";
import type { Learning } from "./learning.ts";
import type { Replies } from "./replies.ts";
import type { FallBack, Route } from "./routes.ts";
import type { PlannedSend } from "./sends.ts";
import type { PlaybookSyntax } from "./syntax.ts";
import type { Webhook } from "./webhooks.ts";

/** Everything business people decide, parsed and validated: plain data, one immutable version. */
export type PlaybookDocument = {
  readonly name: string;
  readonly brand: Brand;
  readonly dataModel: DataModel;
  readonly contactPolicy: ContactPolicy;
  readonly actions: readonly Action[];
  readonly triggers: readonly Trigger[];
  readonly segments: readonly Segment[];
  readonly sources: readonly Source[];
  /** What other systems send by the same account counts as of a category; the first that fits says which. Absent: it does not count. */
  readonly foreign?: readonly Foreign[];
  /** Read with `journeysOf` (journeys.ts): release 0.1 kept here what its files said. */
  readonly journeys: readonly (Journey | JsonObject)[];
  /** Absent: none is planned. */
  readonly sends?: readonly PlannedSend[];
  /** File name (`decisions/credit.dmn`) -> DMN XML, until `syntax` holds the models. */
  readonly decisions: Readonly<Record<string, string>>;
  /** What runs, made of all FEEL and DMN at upload (parse-rules.ts). */
  readonly syntax?: PlaybookSyntax;
  /** What rules may call by name, so that the XML need not be read before a rule does. */
  readonly decisionFunctions: readonly DecisionFunction[];
  /** `<template>/<channel>` -> locale -> content. Read with `templateFor` (templates.ts), which falls back by locale. */
  readonly templates: Readonly<Record<string, LocalizedTemplate>>;
  readonly placements: readonly Placement[];
  /** How much a score weighs our own benefit and the customer's; together 1. By default both alike. */
  readonly scoring?: { readonly valueToUs: number; readonly valueToCustomer: number };
  /** Absent: the trait `preferredChannel`, with the usual weight. */
  readonly preferredChannel?: PreferredChannel;
  /** Read with `guardOf` (guard.ts). */
  readonly guard?: Guard;
  /** Absent: one person may publish a draft alone. */
  readonly publishing?: { readonly people: number };
  /** Absent: nothing is learnt. */
  readonly learning?: Learning;
  readonly experiments?: readonly Experiment[];
  /** Read with `conversationPolicyOf` (conversations.ts). */
  readonly conversations?: ConversationPolicy;
  /** Absent: there are none. */
  readonly answers?: readonly CannedAnswer[];
  /** Absent: people answer everything. */
  readonly replies?: Replies;
  /** Absent: nothing is known. */
  readonly knowledge?: readonly KnowledgePage[];
  /** Systems that are told of events. Absent: none is. */
  readonly webhooks?: readonly Webhook[];
  /** The company's own models of propensity. */
  readonly models?: readonly CompanyModel[];
};

/** The trait that holds a customer's preferred channel, and how much the preference weighs. */
export type PreferredChannel = {
  readonly trait: string;
  /** So many times as much must another channel be worth to be taken instead; at least 1. */
  readonly weight: number;
};

/** A decision of a DMN file as rules call it: `Discount band(orders: 3, spent: 250)`. */
export type DecisionFunction = {
  readonly name: string;
  readonly file: string;
  readonly parameters: readonly { readonly name: string; readonly type: FeelType }[];
  readonly result: FeelType;
};

/**
 * What one template file becomes at upload: plain data whose every text is Liquid source. MJML is already HTML, YAML is
 * already parsed, so that whoever renders needs neither.
 * Its members are those that the channel's rendering knows (shared/channels); of other channels whatever their YAML file says.
 */
export type TemplateContent = JsonObject;
/** BCP 47 locale -> content. The file without a locale in its name stands under the brand's locale. */
export type LocalizedTemplate = Readonly<Record<string, TemplateContent>>;

/** Who sends, by channel: nothing for channels that need no sender of ours. */
export type Senders = { readonly [Name in ChannelName]?: SenderFields };

export type Brand = Senders & {
  readonly name: string;
  /** IANA zone: the default for people whose own zone is unknown. */
  readonly timeZone: string;
  readonly locale: string;
  readonly postalAddress: string;
  readonly website: string;
  /** Hosts besides the website's that links from data may lead to: `shop.example`, `*.shop.example`. */
  readonly links?: readonly string[];
  /** What links may begin with besides web pages, in lower case: `mailto`, `myapp`. Absent: the usual ones. */
  readonly linkSchemes?: readonly string[];
  readonly supportContact: string;
  /** In place of the hub's own words, or in more languages. */
  readonly words?: OwnWords;
  /** Channels in the brand's order of preference; the customer's preferred channel comes before it. */
  readonly channelPreference: readonly string[];
  /** Channel -> provider name. */
  readonly providers: Readonly<Record<string, string>>;
  /**
   * Channel -> its routes in ranks, the first before the second. Absent, or without the channel: its provider, by the account
   * `default`.
   */
  readonly routes?: Readonly<Record<string, readonly (readonly Route[])[]>>;
  /** Channels on which a transactional message of which nobody knows whether it left goes on to the next route. */
  readonly resendUncertain?: readonly string[];
  /** Channel -> what follows where it brings nothing. Absent: nothing does. */
  readonly fallBacks?: Readonly<Record<string, FallBack>>;
  /** Channels whose provider answers STOP and its like itself. Absent: on none. */
  readonly keywordsByProvider?: readonly string[];
  /** Channel -> what one contact on it costs, in the unit of the actions' values. */
  readonly costs?: Readonly<Record<string, number>>;
  readonly extra: JsonObject;
};

/** A FEEL text, or a constant. */
export type Formula = string | number;

export type Treatment = {
  readonly name: string;
  readonly channel: string;
  /** Folder under `templates/` (by default the treatment's name); absent when `content` is given instead. */
  readonly template?: string;
  readonly content?: JsonObject;
  readonly weight: number;
};
export type Action = {
  readonly name: string;
  /** What it is, for people; absent: its name has to do. */
  readonly description?: string;
  readonly category: string;
  /** Much the same: an answer takes only so many of a group (`Placement.perGroup`). */
  readonly group?: string;
  /** Never together with another of the same name, and not after one of them was accepted. */
  readonly exclusive?: string;
  readonly placements: readonly string[];
  /** Milliseconds since the epoch; the end is the first moment that is outside. */
  readonly activeFrom?: number;
  readonly activeTo?: number;
  /** FEEL; all must be true. */
  readonly eligible: readonly string[];
  /** For each condition the sentence to use where it does not hold; null: the condition itself. Absent: no condition has one. */
  readonly because?: readonly (string | null)[];
  readonly value: Formula;
  readonly valueToCustomer: Formula;
  readonly propensity?: Formula;
  readonly contextWeight?: Formula;
  readonly lever: number;
  readonly treatments: readonly Treatment[];
  /** A limited offer: no more than `limit` are ever promised. What is shown holds one for `holdMs`. */
  readonly stock?: { readonly limit: number; readonly holdMs: number };
  /** At most `max` in any period of local time, each contact taking `cost` of it. */
  readonly budget?: { readonly max: number; readonly perMs: number; readonly cost: number };
  /** Only after each of these came of the named actions. */
  readonly requires?: readonly Requirement[];
  /** When a message leaves: at once, or at the hour at which the customer responds most. */
  readonly moment?: "now" | "best-hour";
  /** Anything, kept as written. */
  readonly extra: JsonObject;
  readonly file: string;
};

export type Requirement = {
  readonly action: string;
  readonly outcome: string;
  readonly withinMs?: number;
};

export type Placement = {
  readonly name: string;
  readonly limit: number;
  /** Most actions of one group in an answer; by default 1. */
  readonly perGroup?: number;
  readonly channels: readonly string[];
  /** Browsers and apps may ask for it themselves, by a write key; its channels are those that they show. */
  readonly public?: true;
};

/** Channels that a browser or an app shows by itself. */
export const PUBLIC_CHANNELS: readonly string[] = ["web", "app"];

export type Trigger = {
  readonly name: string;
  /** The event that fires it; `time.came` where `at` does. */
  readonly on: string;
  readonly at?: TriggerMoment;
  readonly if?: string;
  readonly afterMs?: number;
  /** Names of events that call it off while it waits. */
  readonly unless: readonly string[];
  readonly maxAgeMs: number;
  readonly placement: string;
};
/** A day of the customer's own on which a trigger fires. */
export type TriggerMoment = {
  /** FEEL over `customer`: a date, or a date and time. */
  readonly day: string;
  /** The time of that day by the customer's clock, in milliseconds since midnight. Absent: the moment's own; of a day without one, nine. */
  readonly msOfDay?: number;
  /** It comes again after so many months. Absent: once. */
  readonly everyMonths?: number;
  /** Rules of calendar/holidays.ts: on such a day it waits for the next that is none. */
  readonly holidays?: readonly string[];
};
export type Segment = {
  readonly name: string;
  readonly condition: string;
  /** Reports count what is decided for those who are in it. */
  readonly report?: true;
};
/** A kind of message that another system sends to customers: what it is known by, and what it counts as. */
export type Foreign = {
  readonly configurationSet?: string;
  readonly channel?: string;
  /** The sender's address. */
  readonly from?: string;
  readonly category: string;
  /** The action that it counts as, for caps, cool-downs and prerequisites. */
  readonly action?: string;
};

export type Source = {
  readonly name: string;
  /** EventBridge pattern that the whole envelope must match. */
  readonly match: JsonObject;
  /** FEEL over `envelope`. */
  readonly customer: Readonly<Record<string, string>>;
  readonly event: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly at?: string;
  readonly id?: string;
};
