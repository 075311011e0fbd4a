/** Whether a list of names in a playbook holds for a name. An empty list holds for all. */
export const covers = (names: readonly string[], name: string): boolean =>
  names.length === 0 || names.includes(name);

/** The messages that a part of contact policy is about. */
export type Scope = { readonly channels: readonly string[]; readonly categories: readonly string[] };

export const isInScope = (scope: Scope, channel: string, category: string): boolean =>
  covers(scope.channels, channel) && covers(scope.categories, category);
