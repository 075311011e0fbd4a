import { consentKey } from "#domain/contact-policy/consent.ts";
import { newRecord, newState } from "#domain/customer/state.ts";
import { decide } from "#domain/decision/decide.ts";
import type { DecideInput } from "#domain/decision/input/input.ts";
import { compilePlaybook } from "#domain/playbook/compile/compile.ts";
import { writtenRules } from "#domain/playbook/compile/parse-rules.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Action, PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { Address, CustomerRecord } from "#domain/records/customer.ts";
import type { Consent, Contact, MailboxRefusal } from "#domain/records/permission.ts";
import type { Json } from "#kernel/json.ts";

/** A Wednesday noon in Berlin. */
export const NOON = Date.parse("2026-03-11T11:00:00.000Z");
export const HOUR = 3_600_000;
export const iso = (time: number): string => new Date(time).toISOString();

export const action = (name: string, overrides: Partial<Action> = {}): Action => ({
  name,
  category: "marketing",
  placements: ["trigger.cart"],
  eligible: [],
  value: 10,
  valueToCustomer: 10,
  lever: 1,
  treatments: [{ name, channel: "email", template: name, weight: 1 }],
  extra: {},
  file: `actions/${name}.yaml`,
  ...overrides,
});

type Changes = Partial<Omit<PlaybookDocument, "contactPolicy">> & {
  readonly contactPolicy?: Partial<PlaybookDocument["contactPolicy"]>;
};

const DATA_MODEL: PlaybookDocument["dataModel"] = {
  identifiers: [
    {
      type: "email",
      priority: 2,
      limit: 5,
      unique: false,
      from: ["traits.email"],
      normalize: "email",
      channel: "email",
    },
    {
      type: "anonymousId",
      priority: 5,
      limit: 100,
      unique: false,
      from: ["anonymousId"],
      normalize: "none",
    },
  ],
  traits: [
    { name: "age", type: "number" },
    { name: "tier", type: "string" },
    { name: "preferredChannel", type: "string" },
    { name: "timezone", type: "string" },
  ],
  computed: [],
  events: [{ name: "Cart Updated", properties: { total: "number" } }],
};

export const playbookOf = (changes: Changes = {}): CompiledPlaybook => {
  const { contactPolicy, ...rest } = changes;
  const document: PlaybookDocument = {
    name: "test",
    brand: {
      name: "Fern",
      timeZone: "Europe/Berlin",
      locale: "en",
      postalAddress: "1 High Street",
      website: "https://fern.example",
      email: { from: "Fern <hello@fern.example>" },
      supportContact: "help@fern.example",
      channelPreference: ["email", "sms"],
      providers: { email: "ses", sms: "end-user-messaging" },
      extra: {},
    },
    dataModel: DATA_MODEL,
    actions: [],
    triggers: [{ name: "cart", on: "Cart Updated", unless: [], maxAgeMs: HOUR, placement: "trigger.cart" }],
    segments: [],
    sources: [],
    journeys: [],
    decisions: {},
    decisionFunctions: [],
    templates: {},
    placements: [
      { name: "trigger.cart", limit: 1, channels: [] },
      { name: "web.home.hero", limit: 1, channels: [] },
    ],
    ...rest,
    contactPolicy: {
      categories: [
        { name: "marketing", consent: "express", transactional: false },
        { name: "service", consent: "implied", transactional: false },
        { name: "transactional", consent: "none", transactional: true },
      ],
      quietHours: [],
      caps: [],
      coolDowns: [],
      holdout: 0,
      ...contactPolicy,
    },
  };
  return compilePlaybook("v1", document, writtenRules(document.decisions));
};

export const consent = (channel: string, overrides: Partial<Consent> = {}): Consent => ({
  channel,
  topic: "*",
  status: "granted",
  kind: "express",
  source: "form",
  at: "2026-01-01T00:00:00.000Z",
  ...overrides,
});

const address = (channel: string, value: string, status: Address["status"] = "active"): Address => ({
  channel,
  value,
  status,
  at: "2026-01-01T00:00:00.000Z",
});

/** A customer with an e-mail address and consent for it, unless told otherwise. */
export const customer = (
  changes: {
    readonly id?: string;
    readonly traits?: Readonly<Record<string, Json>>;
    readonly addresses?: readonly Address[];
    readonly consents?: readonly Consent[];
    readonly contacts?: readonly Contact[];
    readonly coolDowns?: Readonly<Record<string, string>>;
    readonly refusals?: readonly MailboxRefusal[];
  } = {},
): CustomerRecord => {
  const { id = "cus_1", traits = {}, addresses = [address("email", "ada@example.com")] } = changes;
  const at = "2026-01-01T00:00:00.000Z";
  const record = newRecord({
    ...newState(id, at),
    version: 1,
    addresses,
    traits: Object.fromEntries(Object.entries(traits).map(([name, value]) => [name, { value, at, by: "e" }])),
  });
  const { consents = [consent("email")], contacts = [], coolDowns = {}, refusals } = changes;
  return {
    ...record,
    consent: { entries: Object.fromEntries(consents.map((one) => [consentKey(one), one])) },
    contact: {
      version: contacts.length === 0 ? 0 : 1,
      entries: contacts,
      coolDowns,
      ...(refusals === undefined ? {} : { refusals }),
    },
  };
};
export { address };

/** A sender met that the address said no to marketing, a day ago. */
export const refusalOf = (value: string, overrides: Partial<MailboxRefusal> = {}): MailboxRefusal => ({
  channel: "email",
  topic: "marketing",
  address: value,
  at: iso(NOON - 48 * HOUR),
  until: iso(NOON + 144 * HOUR),
  ...overrides,
});

export const contactAt = (at: number, overrides: Partial<Contact> = {}): Contact => ({
  id: `msg_${at}`,
  at: iso(at),
  channel: "email",
  category: "marketing",
  action: "cart",
  treatment: "cart",
  kind: "message",
  ...overrides,
});

export const decideFor = (playbook: CompiledPlaybook, input: Partial<DecideInput> = {}) =>
  decide({
    playbook,
    record: customer(),
    placement: "trigger.cart",
    mode: "message",
    decisionId: "dec_1",
    now: NOON,
    ...input,
  });

/** Why an action was turned down; undefined: it was not. */
export const rejectionOf = (result: ReturnType<typeof decideFor>, name: string) =>
  result.decision.rejected.find((rejection) => rejection.action === name);
