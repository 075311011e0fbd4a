/**
 * From how many people on who publishes must have looked at the preview: those at steps of journeys that the version
 * changes are more than so many, and more than such a share of all customers.
 */
export type Guard = { readonly customers: number; readonly share: number };

export const DEFAULT_GUARD: Guard = { customers: 500, share: 0.01 };

/** Documents of before say nothing of it. */
export const guardOf = ({ guard }: { readonly guard?: Guard }): Guard => guard ?? DEFAULT_GUARD;

/** Whether so many of all customers ask for a look first. */
export const exceeds = ({ customers, share }: Guard, concerned: number, of: number): boolean =>
  concerned > customers && concerned > share * of;
