import type { Category, CompiledAction, CompiledPlaybook, Treatment } from "../playbook/types.ts";

/**
 * What an application named when it asked for a message, as far as deciding goes by it: a treatment or template of the
 * playbook, or content of its own for a channel (of which the log keeps no word).
 */
export type NamedOrder = {
  readonly category: string;
  readonly treatment?: string;
  readonly contentOn?: string;
};

/** The same in the terms of one version of the playbook. */
export type Ordered = {
  readonly category: Category;
  /** The action whose treatment is meant, if one is. */
  readonly action?: CompiledAction;
  /** One or more by channel; empty: the version has no such treatment. */
  readonly treatments: readonly Treatment[];
};

/** Placement of the decisions behind messages that an application asks for. */
export const MESSAGES_PLACEMENT = "api.messages";

/** Stands for content of the caller's own on its channel. */
export const ownContent = (channel: string): Treatment => ({ name: "content", channel, weight: 1 });

/**
 * The treatments of that name: of the action that has it on the wanted channel, or in the same category if several do;
 * else the template's channels.
 */
export const treatmentsNamed = (
  name: string,
  wanted: { readonly category: string; readonly channel?: string | undefined },
  { actions, document }: Pick<CompiledPlaybook, "actions" | "document">,
): Pick<Ordered, "action" | "treatments"> => {
  const owners = actions.filter(({ treatments }) => treatments.some((treatment) => treatment.name === name));
  const fitness = (owner: CompiledAction): number =>
    (owner.treatments.some((one) => one.name === name && one.channel === wanted.channel) ? 2 : 0) +
    (owner.category === wanted.category ? 1 : 0);
  const [action] = owners.sort((one, other) => fitness(other) - fitness(one));
  if (action !== undefined) {
    return { action, treatments: action.treatments.filter((treatment) => treatment.name === name) };
  }
  const prefix = `${name}/`;
  const treatments = Object.keys(document.templates)
    .filter((key) => key.startsWith(prefix))
    .map((key) => ({ name, channel: key.slice(prefix.length), template: name, weight: 1 }));
  return { treatments };
};

/** Those on the channel that was asked for; all where none was. */
export const onChannel = (treatments: readonly Treatment[], wanted: string | undefined): Treatment[] =>
  treatments.filter(({ channel }) => wanted === undefined || channel === wanted);

/** What another version makes of the same request; null: it would refuse it, for want of the category or treatment. */
export const orderedIn = (
  { category: name, contentOn, treatment = "" }: NamedOrder,
  channel: string | undefined,
  playbook: CompiledPlaybook,
): Ordered | null => {
  const category = playbook.categories.get(name);
  if (category === undefined) return null;
  if (contentOn !== undefined) return { category, treatments: [ownContent(contentOn)] };
  const { action, treatments } = treatmentsNamed(treatment, { category: name, channel }, playbook);
  const open = onChannel(treatments, channel);
  if (open.length === 0) return null;
  return { category, treatments: open, ...(action === undefined ? {} : { action }) };
};
