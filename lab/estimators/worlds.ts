/** A world in which the truth is known: people of several kinds, actions, a chance of success for each pair. */
export type World = {
  readonly name: string;
  readonly decisions: number;
  readonly kinds: number;
  readonly actions: number;
  /** Least probability with which the log's policy makes any choice. */
  readonly floor: number;
  /** Range of the chances of success. */
  readonly chances: readonly [number, number];
  /** Reward of a success: 1; an amount, evenly from 0 to twice its mean; or a purchase, log-normal with a long tail. */
  readonly reward: "success" | "amount" | "purchase";
  /** The valued policy: always the best action for the kind, its own mixture, or the log's own policy. */
  readonly target: "best" | "mixture" | "same";
  /** `learner`: the log's policy learns while it decides; else its probabilities are drawn once and kept. */
  readonly log?: "learner";
  /** Decisions on each customer, whose own inclination multiplies the chances by 0 to 2; default 1, without any. */
  readonly visits?: number;
};

const CLICKS = [0.02, 0.32] as const;
const COMMON = { decisions: 4_000, kinds: 5, actions: 4, floor: 0.1, chances: CLICKS } as const;

export const WORLDS: readonly World[] = [
  { ...COMMON, name: "clicks, best action", reward: "success", target: "best" },
  { ...COMMON, name: "clicks, other mixture", reward: "success", target: "mixture" },
  {
    ...COMMON,
    name: "clicks, 10 actions",
    reward: "success",
    target: "best",
    decisions: 10_000,
    actions: 10,
    floor: 0.03,
  },
  { ...COMMON, name: "amounts, best action", reward: "amount", target: "best" },
  { ...COMMON, name: "amounts, same policy", reward: "amount", target: "same" },
  {
    ...COMMON,
    name: "clicks, 300 decisions",
    reward: "success",
    target: "mixture",
    decisions: 300,
    kinds: 3,
  },
  {
    ...COMMON,
    name: "clicks, 500 decisions, best action",
    reward: "success",
    target: "best",
    decisions: 500,
    kinds: 3,
    actions: 3,
  },
  { ...COMMON, name: "one click in 100", reward: "success", target: "best", chances: [0.002, 0.02] },
  { ...COMMON, name: "purchases", reward: "purchase", target: "mixture", chances: [0.005, 0.03] },
  {
    ...COMMON,
    name: "nearly all succeed",
    reward: "success",
    target: "best",
    decisions: 1_000,
    kinds: 3,
    chances: [0.8, 0.98],
  },
  {
    ...COMMON,
    name: "clicks, 20 actions, floor 1/200",
    reward: "success",
    target: "best",
    actions: 20,
    floor: 0.005,
  },
  {
    ...COMMON,
    name: "clicks, floor 1/500",
    reward: "success",
    target: "best",
    decisions: 2_000,
    floor: 0.002,
  },
  { ...COMMON, name: "log of a learner", reward: "success", target: "best", floor: 0.05, log: "learner" },
  { ...COMMON, name: "customers who come back", reward: "success", target: "mixture", visits: 8 },
  {
    ...COMMON,
    name: "4 purchases",
    reward: "purchase",
    target: "mixture",
    decisions: 1_500,
    kinds: 3,
    chances: [0.001, 0.0045],
  },
];

/** One of them. @throws when none is called that */
export const worldNamed = (name: string): World => {
  const world = WORLDS.find((one) => one.name === name);
  if (world === undefined) throw new Error(`no world is called ${name}`);
  return world;
};
