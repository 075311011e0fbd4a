import { isCapped } from "../../contact-policy/caps.ts";
import { quietWindow } from "../../contact-policy/quiet-hours.ts";
import { isApproved } from "../../playbook/model/approved.ts";
import type { CompiledAction, CompiledPlaybook } from "../../playbook/model/compiled.ts";
import type { Category, ContactPolicy } from "../../playbook/model/contact-policy.ts";
import type { Treatment } from "../../playbook/model/document.ts";
import { isInScope } from "../../playbook/model/scope.ts";
import type { PreparedChannel } from "../input/candidate.ts";

/** Channels that have addresses, or a provider that sends. */
export const interruptingChannels = (playbook: CompiledPlaybook): ReadonlySet<string> => {
  const names = new Set(Object.keys(playbook.document.brand.providers));
  for (const { channel } of playbook.identifierTypes.values()) if (channel !== undefined) names.add(channel);
  return names;
};

const NOWHERE: PreparedChannel["regionQuiet"] = new Map();

/** Limits of contact policy for a category on a channel; none for transactional messages and content that is only shown. */
type Limits = Pick<PreparedChannel, "quiet" | "regionQuiet" | "minimum">;
const UNLIMITED: Limits = { quiet: [], regionQuiet: NOWHERE, minimum: Number.NEGATIVE_INFINITY };

const limitsFor = ({ interruptions = [], quietHours, regions = [] }: ContactPolicy) => {
  const windows = quietHours.map((quiet) => ({ quiet, window: quietWindow(quiet) }));
  return (category: Category, channel: string): Limits => ({
    quiet: windows
      .filter(({ quiet }) => isInScope(quiet, channel, category.name))
      .map(({ window }) => window),
    regionQuiet: new Map(
      regions
        .filter((region) => isInScope(region, channel, category.name))
        .map((region) => [region.name, region.quietHours.map(quietWindow)]),
    ),
    minimum: Math.max(
      0,
      ...interruptions.filter((one) => isInScope(one, channel, category.name)).map(({ minimum }) => minimum),
    ),
  });
};

/** Numbers pairs of category and channel from 0, in the order in which they are first asked for. */
const gateNumbers = () => {
  const gates = new Map<string, number>();
  return (category: string, channel: string): number => {
    const key = `${category}|${channel}`;
    const gate = gates.get(key) ?? gates.size;
    gates.set(key, gate);
    return gate;
  };
};

const weighed = (treatments: readonly Treatment[]): Pick<PreparedChannel, "treatments" | "totalWeight"> => ({
  treatments,
  totalWeight: treatments.reduce((sum, { weight }) => sum + weight, 0),
});

/** Makes the channels of a playbook's candidates: each with the treatments, costs and limits that hold for it. */
export const channelMaker = (playbook: CompiledPlaybook) => {
  const { brand, contactPolicy } = playbook.document;
  const { costs = {} } = brand;
  const caps = contactPolicy.caps.map((cap, index) => ({ cap, index }));
  const interrupting = interruptingChannels(playbook);
  const limitsOf = limitsFor(contactPolicy);
  const gateOf = gateNumbers();
  return (action: CompiledAction, category: Category, name: string): PreparedChannel => {
    const interrupts = interrupting.has(name);
    const treatments = action.treatments.filter(({ channel }) => channel === name);
    const approved = treatments.filter((treatment) => isApproved(treatment, playbook.document));
    const kind = interrupts ? "message" : "impression";
    const subject = { channel: name, category: category.name, action: action.name, kind } as const;
    const prepared: PreparedChannel = {
      name,
      interrupts,
      kind,
      gate: gateOf(category.name, name),
      ...(category.transactional || !interrupts ? UNLIMITED : limitsOf(category, name)),
      cost: Object.hasOwn(costs, name) ? (costs[name] ?? 0) : 0,
      caps: category.transactional ? [] : caps.filter(({ cap }) => isCapped(cap, subject)),
      ...weighed(treatments),
    };
    if (approved.length === treatments.length) return prepared;
    return {
      ...prepared,
      outsideWindow: approved.length === 0 ? null : { ...prepared, ...weighed(approved) },
    };
  };
};
