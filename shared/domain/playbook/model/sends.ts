/** What a placement is asked for each customer of, as the playbook plans it: begun by its name. */
export type PlannedSend = {
  readonly name: string;
  /** One of the two. */
  readonly segment?: string;
  /** FEEL. */
  readonly if?: string;
  readonly placement: string;
  /** `18:00` of each customer's own day. */
  readonly hour?: string;
  /** Most customers a second. */
  readonly rate?: number;
  readonly stopAt?: { readonly bounced?: number; readonly complained?: number };
  readonly file: string;
};
