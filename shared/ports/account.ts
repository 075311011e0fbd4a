import type { Told } from "./checkup.ts";

/** A stack of a stage: its name without `rapport-<stage>-`, and its status as CloudFormation says it. */
export type DeployedStack = { readonly id: string; readonly status: string };

/** What the live playbook says of who sends. */
export type LivePlaybook = {
  readonly version: string;
  /** Channel -> provider. */
  readonly providers: Readonly<Record<string, string>>;
  /** Channel -> whom messages come from; channels that say nobody are left out. */
  readonly from: Readonly<Record<string, string>>;
};

/** A stage in an account, asked by calls that only read. */
export type Account = {
  /** Those of the stage that there are, deleted ones left out. */
  readonly stacks: () => Promise<Told<readonly DeployedStack[]>>;
  /** What core published under a name, `tables/customers`. */
  readonly published: (name: string) => Promise<Told<string>>;
  /** Whether a secret holds a value. */
  readonly hasSecret: (id: string) => Promise<Told<boolean>>;
  /** Who hears of a topic: those who said yes, and those who have not answered. */
  readonly subscribers: (
    topicArn: string,
  ) => Promise<Told<{ readonly confirmed: number; readonly pending: number }>>;
  /** Null: none is published. */
  readonly livePlaybook: (table: string) => Promise<Told<LivePlaybook | null>>;
  /** HTTP status of an address; null: nothing answers there. */
  readonly reach: (url: string) => Promise<number | null>;
};
