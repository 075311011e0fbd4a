/** An alarm of the hub, as it stands. */
export type Alarm = {
  readonly name: string;
  readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  /** ISO-8601 UTC. */
  readonly since: string;
  /** Why, in the words of whoever looks at the metric. */
  readonly reason: string;
  /** What a customer suffers, and the page of the runbook. */
  readonly about: string;
};

/** The alarms of the hub. */
export type AlarmBoard = { readonly list: () => Promise<readonly Alarm[]> };
