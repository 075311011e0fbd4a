import * as z from "zod/mini";
import {
  accountName,
  between,
  country,
  duration,
  fieldName,
  host,
  json,
  line,
  linkScheme,
  listOf,
  locale,
  mailbox,
  mapOf,
  name,
  text,
  timeZone,
  url,
  whole,
  wordKey,
  words,
} from "./text.ts";

const BrandFields = z.strictObject({
  name: line(100),
  website: url(),
  links: z.optional(listOf(host())),
  linkSchemes: z.optional(listOf(linkScheme(), 50)),
  postalAddress: line(300),
  supportContact: line(200),
  words: z.optional(mapOf(locale(), mapOf(wordKey(), words()))),
  locale: locale(),
  timeZone: timeZone(),
  extra: z.optional(json()),
});

const RouteFields = z.strictObject({
  provider: name(),
  account: z.optional(accountName()),
  countries: z.optional(listOf(country())),
  weight: z.optional(between(0.001, 1_000_000)),
  from: z.optional(z.union([mailbox(), line(50)])),
  perSecond: z.optional(between(0.01, 100_000)),
  perDay: z.optional(whole(1, 1_000_000_000)),
});
export type RouteFields = z.infer<typeof RouteFields>;

const FallBackFields = z.strictObject({
  to: name(),
  after: duration(),
  unless: z.optional(z.enum(["delivered"])),
});

const ChannelFields = z.strictObject({
  provider: z.optional(name()),
  routes: z.optional(listOf(RouteFields, 20)),
  resend: z.optional(z.enum(["uncertain"])),
  fallBack: z.optional(FallBackFields),
  from: z.optional(z.union([mailbox(), line(50)])),
  replyTo: z.optional(mailbox()),
  cost: z.optional(between(0, 1_000_000)),
  keywords: z.optional(z.enum(["hub", "provider"])),
});

const PlacementFields = z.strictObject({
  description: z.optional(text()),
  limit: z.optional(whole(1, 100)),
  perGroup: z.optional(whole(1, 100)),
  channels: z.optional(listOf(name())),
  public: z.optional(z.boolean()),
});

const ScoringFields = z.strictObject({
  valueToUs: between(0, 1_000),
  valueToCustomer: between(0, 1_000),
});

const PreferredChannelFields = z.strictObject({
  trait: fieldName(),
  weight: z.optional(between(1, 1_000)),
});

const PublishingFields = z.strictObject({ people: z.optional(whole(1, 2)) });

const GuardFields = z.strictObject({
  share: z.optional(between(0, 1)),
  customers: z.optional(whole(0, 1_000_000_000)),
});

/** `playbook.yaml`. */
export const PlaybookFile = z.strictObject({
  name: name(),
  description: z.optional(text()),
  brand: BrandFields,
  channels: mapOf(name(), ChannelFields),
  scoring: z.optional(ScoringFields),
  preferredChannel: z.optional(PreferredChannelFields),
  placements: z.optional(mapOf(name(), PlacementFields)),
  publishing: z.optional(PublishingFields),
  guard: z.optional(GuardFields),
  requireTests: z.optional(z.boolean()),
});
export type PlaybookFile = z.infer<typeof PlaybookFile>;
