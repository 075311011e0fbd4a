import type { CompiledExpression } from "#feel/index.ts";
import { isCapped } from "../../contact-policy/caps.ts";
import { type QuietWindow, quietWindow } from "../../contact-policy/quiet-hours.ts";
import type { CompiledAction, CompiledPlaybook } from "../../playbook/model/compiled.ts";
import type { Category } from "../../playbook/model/contact-policy.ts";
import type { Candidate, PreparedChannel } from "../input/candidate.ts";
import type { DecideInput } from "../input/input.ts";
import { type PreparedFormula, type PreparedRule, shareRules } from "../input/rules.ts";
import { preferenceReader } from "./preference.ts";
import { asShown, isSlot } from "./slots.ts";

export type PreparedPlaybook = {
  readonly playbook: CompiledPlaybook;
  /** Candidates of a placement by name, so that the order of files never matters; of an answer, as they are shown. */
  readonly candidatesAt: (placement: string, mode: DecideInput["mode"]) => readonly Candidate[];
  readonly candidateOf: (action: CompiledAction, channels?: readonly string[]) => Candidate;
  readonly knowsPlacement: (placement: string) => boolean;
  /** Those that anything of the playbook names. */
  readonly channels: ReadonlySet<string>;
  /** Slots of rules that several actions have. */
  readonly sharedRules: number;
  /** How the customer would rather be reached, if that is known. */
  readonly preferenceOf: ReturnType<typeof preferenceReader>;
};

/** Whoever names a category that is not declared gets the strictest there is. */
const UNDECLARED: Omit<Category, "name"> = { consent: "express", transactional: false };

/** Without a declared weight both benefits count alike. */
const EVEN: Candidate["blend"] = { valueToUs: 0.5, valueToCustomer: 0.5 };

const cache = new WeakMap<CompiledPlaybook, PreparedPlaybook>();

/** What deciding needs to know of a playbook version, worked out once. */
export const prepare = (playbook: CompiledPlaybook): PreparedPlaybook => {
  const known = cache.get(playbook);
  if (known !== undefined) return known;
  const prepared = preparePlaybook(playbook);
  cache.set(playbook, prepared);
  return prepared;
};

const preparePlaybook = (playbook: CompiledPlaybook): PreparedPlaybook => {
  const shared = shareRules(playbook.actions.flatMap(rulesOf));
  const candidateOf = candidateMaker(playbook, shared.prepare);
  const placements = new Map<string, Readonly<Record<DecideInput["mode"], readonly Candidate[]>>>();
  for (const [name, actions] of playbook.actionsByPlacement) {
    const channels = playbook.placements.get(name)?.channels;
    const message = actions.map((action) => candidateOf(action, channels)).sort(byName);
    placements.set(name, { message, answer: isSlot(playbook, name) ? message.map(asShown) : message });
  }
  return {
    playbook,
    candidatesAt: (placement, mode) => placements.get(placement)?.[mode] ?? [],
    candidateOf,
    sharedRules: shared.count,
    preferenceOf: preferenceReader(playbook),
    knowsPlacement: (placement) => placements.has(placement) || playbook.placements.has(placement),
    channels: channelsOf(playbook),
  };
};

const byName = (left: Candidate, right: Candidate): number => (left.action.name < right.action.name ? -1 : 1);

/** Channels that lead to an address, or that somebody carries messages on. */
const interruptingChannels = (playbook: CompiledPlaybook): ReadonlySet<string> => {
  const names = new Set(Object.keys(playbook.document.brand.providers));
  for (const { channel } of playbook.identifierTypes.values()) if (channel !== undefined) names.add(channel);
  return names;
};

const channelsOf = (playbook: CompiledPlaybook): ReadonlySet<string> => {
  const shown = playbook.actions.flatMap(({ treatments }) => treatments.map(({ channel }) => channel));
  const places = [...playbook.placements.values()].flatMap(({ channels }) => channels);
  return new Set([...interruptingChannels(playbook), ...shown, ...places]);
};

const rulesOf = ({ rules }: CompiledAction): readonly CompiledExpression[] => {
  const formulas = [rules.value, rules.valueToCustomer, rules.propensity, rules.contextWeight];
  return [
    ...rules.eligible,
    ...formulas.filter((formula) => formula !== null && typeof formula !== "number"),
  ];
};

const candidateMaker = (
  playbook: CompiledPlaybook,
  prepareRule: (rule: CompiledExpression) => PreparedRule,
): PreparedPlaybook["candidateOf"] => {
  const { caps, interruptions = [], quietHours, regions = [] } = playbook.document.contactPolicy;
  const { costs = {}, channelPreference } = playbook.document.brand;
  const preparedCaps = caps.map((cap, index) => ({ cap, index }));
  const quietWindows = quietHours.map((quiet) => ({ quiet, window: quietWindow(quiet) }));
  const interrupting = interruptingChannels(playbook);
  const gates = new Map<string, number>();
  const gateOf = (category: string, channel: string): number => {
    const key = `${category}|${channel}`;
    const gate = gates.get(key) ?? gates.size;
    gates.set(key, gate);
    return gate;
  };
  const quietOf = (category: Category, channel: string): QuietWindow[] =>
    category.transactional || !interrupting.has(channel)
      ? []
      : quietWindows.filter(({ quiet }) => covers(quiet, category, channel)).map(({ window }) => window);
  const regionQuietOf = (category: Category, channel: string): PreparedChannel["regionQuiet"] =>
    category.transactional || !interrupting.has(channel)
      ? NOWHERE
      : new Map(
          regions
            .filter((region) => covers(region, category, channel))
            .map((region) => [region.name, region.quietHours.map(quietWindow)]),
        );
  const minimumOf = (category: Category, channel: string): number =>
    category.transactional || !interrupting.has(channel)
      ? Number.NEGATIVE_INFINITY
      : Math.max(
          0,
          ...interruptions
            .filter((interruption) => covers(interruption, category, channel))
            .map(({ minimum }) => minimum),
        );

  const channelOf = (action: CompiledAction, category: Category, name: string): PreparedChannel => {
    const treatments = action.treatments.filter(({ channel }) => channel === name);
    const kind = interrupting.has(name) ? "message" : "impression";
    const subject = { channel: name, category: category.name, action: action.name, kind } as const;
    return {
      name,
      interrupts: interrupting.has(name),
      kind,
      gate: gateOf(category.name, name),
      quiet: quietOf(category, name),
      regionQuiet: regionQuietOf(category, name),
      cost: Object.hasOwn(costs, name) ? (costs[name] ?? 0) : 0,
      minimum: minimumOf(category, name),
      caps: category.transactional ? [] : preparedCaps.filter(({ cap }) => isCapped(cap, subject)),
      treatments,
      totalWeight: treatments.reduce((sum, { weight }) => sum + weight, 0),
    };
  };

  const formulaOf = (formula: CompiledExpression | number): PreparedFormula =>
    typeof formula === "number" ? formula : prepareRule(formula);

  return (action, allowed = []) => {
    const { rules } = action;
    const category = playbook.categories.get(action.category) ?? { ...UNDECLARED, name: action.category };
    const offered = [...new Set(action.treatments.map(({ channel }) => channel))];
    const names = inOrder(
      offered.filter((name) => named(allowed, name)),
      channelPreference,
    );
    return {
      name: action.name,
      action,
      category,
      active: lifeSpan(action),
      excludedBy: playbook.actions.flatMap((other) =>
        action.exclusive !== undefined && other.exclusive === action.exclusive && other.name !== action.name
          ? [other.name]
          : [],
      ),
      blend: playbook.document.scoring ?? EVEN,
      rules: rules.eligible.map(prepareRule),
      formulas: {
        value: formulaOf(rules.value),
        valueToCustomer: formulaOf(rules.valueToCustomer),
        propensity: rules.propensity === null ? null : formulaOf(rules.propensity),
        contextWeight: formulaOf(rules.contextWeight),
      },
      channels: names.map((name) => channelOf(action, category, name)),
    };
  };
};

const lifeSpan = ({ activeFrom, activeTo }: CompiledAction): Candidate["active"] => {
  if (activeFrom === undefined && activeTo === undefined) return null;
  return {
    from: activeFrom ?? Number.NEGATIVE_INFINITY,
    to: activeTo ?? Number.POSITIVE_INFINITY,
  };
};

const NOWHERE: PreparedChannel["regionQuiet"] = new Map();

type Scoped = { readonly channels: readonly string[]; readonly categories: readonly string[] };
const covers = (scope: Scoped, category: Category, channel: string): boolean =>
  named(scope.channels, channel) && named(scope.categories, category.name);

/** An empty list of names means all. */
const named = (names: readonly string[], name: string): boolean => names.length === 0 || names.includes(name);

const inOrder = (names: readonly string[], preference: readonly string[]): string[] => {
  const place = (name: string): number => {
    const index = preference.indexOf(name);
    return index === -1 ? preference.length : index;
  };
  return [...names].sort((left, right) => place(left) - place(right) || (left < right ? -1 : 1));
};
