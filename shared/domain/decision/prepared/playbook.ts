import type { CompiledExpression } from "#feel/index.ts";
import type { CompiledAction, CompiledPlaybook } from "../../playbook/model/compiled.ts";
import type { Candidate } from "../input/candidate.ts";
import type { DecideInput } from "../input/input.ts";
import { shareRules } from "../input/rules.ts";
import { type CandidateMaker, candidateMaker } from "./candidate.ts";
import { interruptingChannels } from "./channel.ts";
import { preferenceReader } from "./preference.ts";
import { asShown, isSlot } from "./slots.ts";

export type PreparedPlaybook = {
  readonly playbook: CompiledPlaybook;
  /** Candidates of a placement by name, so that the order of files never matters; of an answer, as they are shown. */
  readonly candidatesAt: (placement: string, mode: DecideInput["mode"]) => readonly Candidate[];
  readonly candidateOf: CandidateMaker;
  readonly knowsPlacement: (placement: string) => boolean;
  /** Channels that any part of the playbook names. */
  readonly channels: ReadonlySet<string>;
  /** How many rules several actions have. */
  readonly sharedRules: number;
  /** How the customer would rather be reached, if that is known. */
  readonly preferenceOf: ReturnType<typeof preferenceReader>;
};

const cache = new WeakMap<CompiledPlaybook, PreparedPlaybook>();

/** What deciding needs to know of a playbook version, worked out once. */
export const preparedPlaybook = (playbook: CompiledPlaybook): PreparedPlaybook => {
  const known = cache.get(playbook);
  if (known !== undefined) return known;
  const prepared = preparedAnew(playbook);
  cache.set(playbook, prepared);
  return prepared;
};

const preparedAnew = (playbook: CompiledPlaybook): PreparedPlaybook => {
  const shared = shareRules(playbook.actions.flatMap(rulesOf));
  const candidateOf = candidateMaker(playbook, shared.prepare);
  const placements = new Map<string, Readonly<Record<DecideInput["mode"], readonly Candidate[]>>>();
  for (const [name, actions] of playbook.actionsByPlacement) {
    const channels = playbook.placements.get(name)?.channels;
    const message = actions.map((action) => candidateOf(action, channels)).sort(byName);
    placements.set(name, { message, answer: isSlot(playbook, name) ? message.map(asShown) : message });
  }
  return {
    playbook,
    candidatesAt: (placement, mode) => placements.get(placement)?.[mode] ?? [],
    candidateOf,
    sharedRules: shared.count,
    preferenceOf: preferenceReader(playbook),
    knowsPlacement: (placement) => placements.has(placement) || playbook.placements.has(placement),
    channels: channelsOf(playbook),
  };
};

const byName = (left: Candidate, right: Candidate): number => (left.action.name < right.action.name ? -1 : 1);

const channelsOf = (playbook: CompiledPlaybook): ReadonlySet<string> => {
  const shown = playbook.actions.flatMap(({ treatments }) => treatments.map(({ channel }) => channel));
  const places = [...playbook.placements.values()].flatMap(({ channels }) => channels);
  return new Set([...interruptingChannels(playbook), ...shown, ...places]);
};

const rulesOf = ({ rules }: CompiledAction): readonly CompiledExpression[] => {
  const formulas = [rules.value, rules.valueToCustomer, rules.propensity, rules.contextWeight];
  return [
    ...rules.eligible,
    ...formulas.filter((formula) => formula !== null && typeof formula !== "number"),
  ];
};
