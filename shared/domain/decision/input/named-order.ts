import type { CompiledAction, CompiledPlaybook } from "../../playbook/model/compiled.ts";
import type { Category } from "../../playbook/model/contact-policy.ts";
import type { Treatment } from "../../playbook/model/document.ts";

/**
 * What an application named when it asked for a message: a treatment or template of the playbook, or content of its own for
 * a channel, which the log does not keep.
 */
export type NamedOrder = {
  readonly category: string;
  readonly treatment?: string;
  readonly contentOn?: string;
};

/** The same, looked up in one version of the playbook. */
export type Ordered = {
  readonly category: Category;
  /** The action whose treatment is meant, if one is. */
  readonly action?: CompiledAction;
  /** One or more by channel; empty: the version has no such treatment. */
  readonly treatments: readonly Treatment[];
};

/** Stands for content of the caller's own on its channel. */
export const ownContent = (channel: string): Treatment => ({ name: "content", channel, weight: 1 });

/** Treatments found under a name, and the categories of the actions that have them; none: it is a template of no action. */
type Found = Pick<Ordered, "action" | "treatments"> & { readonly categories: readonly string[] };

/**
 * The treatments of that name: of the action that has it on the wanted channel, or in the same category if several do;
 * else the template's channels.
 */
export const treatmentsNamed = (
  name: string,
  wanted: { readonly category: string; readonly channel?: string | undefined },
  { actions, document }: Pick<CompiledPlaybook, "actions" | "document">,
): Found => {
  const owners = actions.filter(({ treatments }) => treatments.some((treatment) => treatment.name === name));
  const fitness = (owner: CompiledAction): number =>
    (owner.treatments.some((one) => one.name === name && one.channel === wanted.channel) ? 2 : 0) +
    (owner.category === wanted.category ? 1 : 0);
  const [action] = owners.sort((one, other) => fitness(other) - fitness(one));
  if (action !== undefined) {
    const treatments = action.treatments.filter((treatment) => treatment.name === name);
    return { action, treatments, categories: [action.category] };
  }
  const prefix = `${name}/`;
  const treatments = Object.keys(document.templates)
    .filter((key) => key.startsWith(prefix))
    .map((key) => ({ name, channel: key.slice(prefix.length), template: name, weight: 1 }));
  const users = actions.filter((one) => one.treatments.some(({ template }) => template === name));
  return { treatments, categories: [...new Set(users.map(({ category }) => category))] };
};

const CONSENT_ASKED = ["none", "implied", "express"] as const;

/** Whether a category demands at least what the other demands, and something more. */
const isStricter = (one: Category, other: Category): boolean => {
  const more = CONSENT_ASKED.indexOf(one.consent) - CONSENT_ASKED.indexOf(other.consent);
  const asksMore = Number(other.transactional) - Number(one.transactional);
  return Math.min(more, asksMore) >= 0 && more + asksMore > 0;
};

/**
 * Whether a message of this category may use treatments of actions of those categories. Calling an offer a receipt must not
 * avoid consent or policy: only a stricter category may replace an action's own.
 */
export const mayStandFor = (
  category: Category,
  categories: readonly string[],
  playbook: Pick<CompiledPlaybook, "categories">,
): boolean =>
  categories.length === 0 ||
  categories.some((name) => {
    const own = playbook.categories.get(name);
    return name === category.name || (own !== undefined && isStricter(category, own));
  });

/** The treatments on the wanted channel; all of them where none is wanted. */
export const onChannel = (treatments: readonly Treatment[], wanted: string | undefined): Treatment[] =>
  treatments.filter(({ channel }) => wanted === undefined || channel === wanted);

/** The same order in another version; null: that version would refuse it, as category or treatment are missing. */
export const orderedIn = (
  { category: name, contentOn, treatment = "" }: NamedOrder,
  channel: string | undefined,
  playbook: CompiledPlaybook,
): Ordered | null => {
  const category = playbook.categories.get(name);
  if (category === undefined) return null;
  if (contentOn !== undefined) return { category, treatments: [ownContent(contentOn)] };
  const { action, treatments, categories } = treatmentsNamed(
    treatment,
    { category: name, channel },
    playbook,
  );
  const open = onChannel(treatments, channel);
  if (open.length === 0 || !mayStandFor(category, categories, playbook)) return null;
  return { category, treatments: open, ...(action === undefined ? {} : { action }) };
};
