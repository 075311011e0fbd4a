import { compilePlaybook } from "#domain/playbook/compile/compile.ts";
import { writtenRules } from "#domain/playbook/compile/parse-rules.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Action, PlaybookDocument } from "#domain/playbook/model/document.ts";

const DAY = 86_400_000;
export const CHANNELS = ["email", "sms"] as const;
export const TIERS = ["none", "silver", "gold", "platinum"] as const;
export const INTERESTS = ["garden", "kitchen", "books", "sport"] as const;

/** What differs from action to action. The playbook's FEEL and the rules written by hand are both made from this. */
export type Rule = {
  readonly name: string;
  readonly minimumAge: number;
  readonly tier: (typeof TIERS)[number];
  readonly interest: (typeof INTERESTS)[number];
  readonly maximumOrders: number;
  readonly since: string;
  readonly value: number;
  readonly service: boolean;
};

/** The first `count` rules: the same in every run. */
export const rules = (count: number): Rule[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `action-${String(index).padStart(4, "0")}`,
    minimumAge: 16 + ((index * 7) % 50) + index / 10_000,
    tier: TIERS[(index * 5) % TIERS.length] ?? "none",
    interest: INTERESTS[(index * 3) % INTERESTS.length] ?? "books",
    maximumOrders: ((index * 11) % 40) + index / 10_000,
    since: `20${String(10 + ((index * 13) % 16)).padStart(2, "0")}-06-01`,
    value: 1 + ((index * 17) % 60),
    service: index % 10 === 0,
  }));

const actionOf = (rule: Rule): Action => ({
  name: rule.name,
  category: rule.service ? "service" : "marketing",
  placements: ["bench"],
  eligible: [
    `customer.age >= ${rule.minimumAge}`,
    `customer.tier = "${rule.tier}" or list contains(customer.interests, "${rule.interest}")`,
    `customer.orders <= ${rule.maximumOrders} and customer.joined < date("${rule.since}")`,
  ],
  value: `${rule.value} + customer.orders * 0.5`,
  valueToCustomer: rule.value / 2,
  propensity: 'if context.device = "phone" then 0.3 else 0.2',
  lever: 1,
  treatments: CHANNELS.map((channel) => ({ name: rule.name, channel, template: rule.name, weight: 1 })),
  extra: {},
  file: `actions/${rule.name}.yaml`,
});

const everything = { channels: [], categories: [], actions: [] };

/** A playbook of `count` actions, whose data model has these further traits. */
export const playbookWith = (count: number, traits: readonly string[]): CompiledPlaybook => {
  const document: PlaybookDocument = {
    name: "bench",
    brand: {
      name: "Bench",
      timeZone: "Europe/Berlin",
      locale: "en",
      postalAddress: "-",
      website: "https://bench.example",
      email: { from: "Bench <bench@bench.example>" },
      supportContact: "bench@bench.example",
      channelPreference: [...CHANNELS],
      providers: { email: "ses", sms: "end-user-messaging" },
      extra: {},
    },
    dataModel: {
      identifiers: [],
      traits: [
        { name: "age", type: "number" },
        { name: "tier", type: "string" },
        { name: "interests", type: "list" },
        { name: "orders", type: "number" },
        { name: "joined", type: "date" },
        ...traits.map((name) => ({ name, type: "string" as const })),
      ],
      computed: [],
      events: [],
    },
    contactPolicy: {
      categories: [
        { name: "marketing", consent: "express", transactional: false },
        { name: "service", consent: "implied", transactional: false },
      ],
      quietHours: [{ from: "21:00", to: "08:00", channels: [], categories: [] }],
      caps: [
        { name: "day", max: 3, windowMs: DAY, ...everything },
        { name: "week", max: 8, windowMs: 7 * DAY, ...everything },
        { name: "text", max: 1, windowMs: 7 * DAY, ...everything, channels: ["sms"] },
      ],
      coolDowns: [],
      holdout: 0,
    },
    actions: rules(count).map(actionOf),
    triggers: [],
    segments: [],
    sources: [],
    journeys: [],
    decisions: {},
    decisionFunctions: [],
    templates: {},
    placements: [{ name: "bench", limit: 1, channels: [] }],
  };
  return compilePlaybook("bench", document, writtenRules({}));
};
