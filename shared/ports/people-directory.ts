/** Somebody who may log in to the console. */
export type Colleague = {
  /** The issuer's id of them. */
  readonly id: string;
  readonly name?: string;
  /** The address that they log in with. */
  readonly address?: string;
  readonly isEnabled: boolean;
};

/** Who may log in to the console. */
export type PeopleDirectory = {
  /** Those in a group, in no order. */
  readonly inGroup: (group: string) => Promise<readonly Colleague[]>;
};
