/** Somebody who may log in to the console. */
export type Colleague = {
  /** The issuer's id of them. */
  readonly id: string;
  readonly name?: string;
  /** The address that they log in with. */
  readonly address?: string;
  readonly isEnabled: boolean;
  /** They were invited, and have not logged in yet. */
  readonly isInvited: boolean;
};

/** Who may log in to the console. */
export type PeopleDirectory = {
  /** Those in a group, in no order. */
  readonly inGroup: (group: string) => Promise<readonly Colleague[]>;
  /** Those in no group as well. */
  readonly everybody: () => Promise<readonly Colleague[]>;
};

/** What people do with those who may log in. */
export type PeopleRegister = PeopleDirectory & {
  /** Somebody with their groups. Null: there is nobody of that id. */
  readonly find: (
    id: string,
  ) => Promise<{ readonly person: Colleague; readonly groups: readonly string[] } | null>;
  /** Sends them what they log in with for the first time. Null: somebody has that address. */
  readonly invite: (who: { readonly address: string; readonly name: string }) => Promise<Colleague | null>;
  /** Sends it once more: what was sent is good for some days only. */
  readonly inviteAgain: (address: string) => Promise<void>;
  readonly join: (id: string, group: string) => Promise<void>;
  readonly leave: (id: string, group: string) => Promise<void>;
  /** Whoever is disabled cannot log in, nor renew a session. */
  readonly enable: (id: string, isEnabled: boolean) => Promise<void>;
};
