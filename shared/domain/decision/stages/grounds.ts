/**
 * What `by` of a rejection says where it is more than a name. Who writes it and who makes a sentence of it stand side by
 * side here, for the record keeps nothing but the text.
 */
type Ground<Parts extends readonly string[]> = {
  readonly write: (...parts: Parts) => string;
  /** Its parts, or null for any other text. */
  readonly read: (by: string) => Parts | null;
};

export const NOT_YET_ACTIVE = "not yet active";
export const NO_LONGER_ACTIVE = "no longer active";
/** A formula of the action's worth yields no number. */
export const NO_VALUE = "value";

/** It takes an outcome of another action. */
export const ONLY_AFTER: Ground<readonly [action: string, outcome: string]> = {
  write: (action, outcome) => `only after ${action} was ${outcome}`,
  read: (by) => {
    const [, action, outcome] = /^only after (.+) was (.+)$/.exec(by) ?? [];
    return action === undefined || outcome === undefined ? null : [action, outcome];
  },
};

/** Another action of its exclusive set was accepted. */
export const NOT_BESIDE: Ground<readonly [rival: string]> = {
  write: (rival) => `not beside ${rival}, which was accepted`,
  read: (by) => {
    const [, rival] = /^not beside (.+), which was accepted$/.exec(by) ?? [];
    return rival === undefined ? null : [rival];
  },
};

/** What the record of consent says for a channel. */
export const CONSENT: Ground<readonly [channel: string, verdict: string]> = {
  write: (channel, verdict) => `${channel}: ${verdict}`,
  read: (by) => {
    const [channel, verdict] = by.split(": ");
    return channel === undefined || verdict === undefined ? null : [channel, verdict];
  },
};

/** It rests until then (ISO-8601 UTC), after that outcome; "" where nobody kept which it was. */
export const RESTING: Ground<readonly [outcome: string, until: string]> = {
  write: (outcome, until) => (outcome === "" ? until : `${outcome}, until ${until}`),
  read: (by) => {
    const [, outcome = "", until] = /^(?:(.+), until )?(\S+)$/.exec(by) ?? [];
    return until === undefined ? null : [outcome, until];
  },
};
