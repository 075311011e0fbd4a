import { durationMs } from "#kernel/duration.ts";
import type { ConsentExpiry, ContactPolicy, Hold, QuietTime, Region } from "../model/contact-policy.ts";
import { USUAL_WAIT_MS } from "../model/holds.ts";
import type { ContactPolicyFile } from "../schema/contact-policy-file.ts";

const milliseconds = (duration: string): number => durationMs(duration) ?? 0;

/** The contact policy of its file: absent lists mean all and are empty, durations are milliseconds. */
export const buildContactPolicy = (value: ContactPolicyFile): ContactPolicy => ({
  categories: Object.entries(value.categories).map(([name, category]) => ({
    name,
    consent: category.consent,
    transactional: category.transactional ?? false,
    ...(category.confirm === "double" ? { confirm: category.confirm } : {}),
    ...(category.titles === undefined ? {} : { titles: category.titles }),
  })),
  quietHours: (value.quietHours ?? []).map((quiet) => ({ ...quietTime(value, quiet), ...scope(quiet) })),
  ...(value.regions === undefined ? {} : { regions: value.regions.map((one) => region(value, one)) }),
  ...(value.consentExpiry === undefined ? {} : { consentExpiry: value.consentExpiry.map(expiry) }),
  ...(value.interruptions === undefined
    ? {}
    : { interruptions: value.interruptions.map((each) => ({ minimum: each.minimum, ...scope(each) })) }),
  caps: (value.caps ?? []).map((cap) => ({
    name: cap.name,
    max: cap.max,
    windowMs: milliseconds(cap.window),
    ...scope(cap),
    actions: cap.actions ?? [],
  })),
  coolDowns: (value.coolDowns ?? []).map((coolDown) => ({
    outcome: coolDown.outcome,
    forMs: milliseconds(coolDown.for),
    actions: coolDown.actions ?? [],
  })),
  ...(value.holdWhile === undefined ? {} : { holdWhile: value.holdWhile.map(hold) }),
  holdout: value.holdout ?? 0,
});

const hold = (value: NonNullable<ContactPolicyFile["holdWhile"]>[number]): Hold => ({
  if: value.if,
  categories: value.categories,
  forMs: value.for === undefined ? USUAL_WAIT_MS : milliseconds(value.for),
});

type Scoped = { readonly channels?: string[] | undefined; readonly categories?: string[] | undefined };
/** Absent lists are empty: they mean all. */
export const scope = ({ channels, categories }: Scoped) => ({
  channels: channels ?? [],
  categories: categories ?? [],
});

type Quiet = NonNullable<NonNullable<ContactPolicyFile["regions"]>[number]["quietHours"]>[number];
/** The days of the holidays that it names come along, so that whoever reads it needs nothing else. */
export const quietTime = (
  { holidays = {} }: ContactPolicyFile,
  { from = "00:00", to = "24:00", days, holidays: named }: Quiet,
): QuietTime => ({
  from,
  to,
  ...(days === undefined ? {} : { days }),
  ...(named === undefined ? {} : { holidays: named.flatMap((name) => holidays[name] ?? []) }),
});

const region = (
  file: ContactPolicyFile,
  value: NonNullable<ContactPolicyFile["regions"]>[number],
): Region => ({
  name: value.name,
  phones: value.phones,
  zones: value.zones ?? [],
  quietHours: (value.quietHours ?? []).map((quiet) => quietTime(file, quiet)),
  ...scope(value),
});

const expiry = (value: NonNullable<ContactPolicyFile["consentExpiry"]>[number]): ConsentExpiry => ({
  kind: value.kind,
  afterMs: milliseconds(value.after),
  categories: value.categories ?? [],
  ...(value.source === undefined ? {} : { source: value.source }),
});
