/** An alarm as people read it. */
export type ReadAlarm = {
  /** Which function and what of it: `send-email-dead-letter`. */
  readonly name: string;
  /** What customers suffer. */
  readonly impact: string;
  /** The page that says what to do: its address, or its path in the project. Null: none is named. */
  readonly runbook: string | null;
  /** Why it went off. */
  readonly reason: string;
};

const RUNBOOK = /\s*Runbook: (\S+)\s*$/;

/** Takes an alarm's words apart. What is not of the form that the hub writes stays one sentence. */
export const readAlarm = (alarm: {
  readonly name: string;
  readonly about: string;
  readonly reason: string;
}): ReadAlarm => {
  const { about, reason } = alarm;
  const runbook = RUNBOOK.exec(about)?.[1] ?? null;
  return {
    name: alarm.name.replace(/^rapport-[^-]+-/, ""),
    impact: about.replace(RUNBOOK, ""),
    runbook,
    // The local clock repeats after the reason what the alarm is about.
    reason: (reason.endsWith(about) ? reason.slice(0, -about.length) : reason).trim().replace(/\.+$/, "."),
  };
};

/** Whether a page of the runbook can be gone to: what is no web address is a path to look up. */
export const isAddress = (runbook: string): boolean => /^https?:\/\//.test(runbook);
