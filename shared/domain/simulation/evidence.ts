/** One logged choice seen by a policy that is to be valued. */
export type Sample = {
  /** The customer of the decision: outcomes of decisions about the same customer are alike. */
  readonly customer: string;
  /** The reward that the choice brought. */
  readonly reward: number;
  /** Probability with which the log's policy made the choice; more than 0. */
  readonly logged: number;
  /** Probability with which the valued policy would have made the same choice. */
  readonly target: number;
  /** A model's guess at the reward of the logged choice, made without this sample. */
  readonly guessLogged: number;
  /** The same model's guess for what the valued policy chooses, averaged over its choices. */
  readonly guessTarget: number;
};

/**
 * Sums over samples: all that the estimators need, of any number of samples. Sums of two parts of a log add up, so that
 * a simulation may stop and go on anywhere. A name spells what is multiplied: `wwx` is the sum of w x w x x.
 */
export type EvidenceSums = PowerSums & {
  /** First powers by group of customers: how much they vary shows how much decisions on one customer go together. */
  readonly groups: readonly GroupSums[];
};

type GroupSums = Pick<PowerSums, "n" | "w" | "x" | "d" | "r">;

type PowerSums = {
  readonly n: number;
  readonly largest: number;
  /** w: weight, target / logged; x: weight x reward. */
  readonly w: number;
  readonly x: number;
  readonly ww: number;
  readonly wx: number;
  readonly xx: number;
  readonly www: number;
  readonly wwx: number;
  readonly wxx: number;
  readonly xxx: number;
  readonly wwww: number;
  readonly wwwx: number;
  readonly wwxx: number;
  readonly wxxx: number;
  readonly xxxx: number;
  /** The doubly robust term: guessTarget + weight x (reward - guessLogged). */
  readonly d: number;
  readonly dd: number;
  readonly ddd: number;
  readonly dddd: number;
  /** Rewards as logged. */
  readonly r: number;
  readonly rr: number;
  readonly rrr: number;
  readonly rrrr: number;
};

const powersOf = ({ n, w, x, d, r }: GroupSums): PowerSums => {
  const ww = w * w;
  const wx = w * x;
  const xx = x * x;
  const dd = d * d;
  const rr = r * r;
  return {
    n,
    largest: w,
    w,
    x,
    ww,
    wx,
    xx,
    www: w * ww,
    wwx: w * wx,
    wxx: w * xx,
    xxx: x * xx,
    wwww: ww * ww,
    wwwx: ww * wx,
    wwxx: ww * xx,
    wxxx: wx * xx,
    xxxx: xx * xx,
    d,
    dd,
    ddd: d * dd,
    dddd: dd * dd,
    r,
    rr,
    rrr: r * rr,
    rrrr: rr * rr,
  };
};

/** Enough to measure a variance to a fifth, few enough to be kept with every step of a simulation. */
const GROUPS = 64;

const NOTHING: GroupSums = { n: 0, w: 0, x: 0, d: 0, r: 0 };

export const NO_EVIDENCE_SUMS: EvidenceSums = {
  ...powersOf(NOTHING),
  groups: Array.from({ length: GROUPS }, () => NOTHING),
};

/** The same group for the same customer: FNV-1a, its bits mixed at the end as MurmurHash3 does. */
const groupOf = (customer: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < customer.length; index += 1) {
    hash = Math.imul(hash ^ customer.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % GROUPS;
};

const addGroups = (one: GroupSums, { n, w, x, d, r }: GroupSums): GroupSums => ({
  n: one.n + n,
  w: one.w + w,
  x: one.x + x,
  d: one.d + d,
  r: one.r + r,
});

const addPowers = (one: PowerSums, other: PowerSums): PowerSums => ({
  n: one.n + other.n,
  largest: Math.max(one.largest, other.largest),
  w: one.w + other.w,
  x: one.x + other.x,
  ww: one.ww + other.ww,
  wx: one.wx + other.wx,
  xx: one.xx + other.xx,
  www: one.www + other.www,
  wwx: one.wwx + other.wwx,
  wxx: one.wxx + other.wxx,
  xxx: one.xxx + other.xxx,
  wwww: one.wwww + other.wwww,
  wwwx: one.wwwx + other.wwwx,
  wwxx: one.wwxx + other.wwxx,
  wxxx: one.wxxx + other.wxxx,
  xxxx: one.xxxx + other.xxxx,
  d: one.d + other.d,
  dd: one.dd + other.dd,
  ddd: one.ddd + other.ddd,
  dddd: one.dddd + other.dddd,
  r: one.r + other.r,
  rr: one.rr + other.rr,
  rrr: one.rrr + other.rrr,
  rrrr: one.rrrr + other.rrrr,
});

export const addSums = (one: EvidenceSums, other: EvidenceSums): EvidenceSums => ({
  ...addPowers(one, other),
  groups: one.groups.map((group, index) => addGroups(group, other.groups[index] ?? group)),
});

/** The sums after one more sample. */
export const addSample = (sums: EvidenceSums, sample: Sample): EvidenceSums => {
  const { customer, reward, logged, target, guessLogged, guessTarget } = sample;
  const weight = target / logged;
  const doublyRobust = guessTarget + weight * (reward - guessLogged);
  const added = powersOf({ n: 1, w: weight, x: weight * reward, d: doublyRobust, r: reward });
  const groups = sums.groups.slice();
  const group = groupOf(customer);
  groups[group] = addGroups(groups[group] ?? added, added);
  return { ...addPowers(sums, added), groups };
};
