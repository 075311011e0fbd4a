import { decideSeveral } from "#domain/decision/decide-several.ts";
import { answerOf } from "#domain/decision/explain/answer.ts";
import { learntInput } from "#domain/decision/explore/learnt.ts";
import type { DecideInput } from "#domain/decision/input/input.ts";
import { prepare } from "#domain/decision/stages/prepare.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { Decision, Unavailable } from "#domain/records/decision.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import type { Clock, Ids } from "#ports/clock.ts";
import type { LearntModels } from "#ports/learning-store.ts";
import type { CompiledVersions } from "#ports/playbook-store.ts";
import type { EventBus } from "#ports/queues.ts";
import { readRef } from "#runtime/http/customer-ref.ts";
import type { Answer, Call, Handlers } from "#runtime/http/operation.ts";
import { type CommitDependencies, commitDecision, countDecisions } from "#usecases/decide/commit.ts";
import { type LoggingDependencies, logDecisions } from "#usecases/decide/log-decisions.ts";
import { publishShown } from "#usecases/decide/publish-shown.ts";
import { withContent } from "./content.ts";
import type { DecisionRequest, operations } from "./operations.ts";

export type DecisionsDependencies = CommitDependencies &
  LoggingDependencies & {
    readonly playbooks: Pick<CompiledVersions, "current" | "get">;
    /** Absent: nothing is learnt, and nobody is told what was shown. */
    readonly models?: LearntModels;
    readonly bus?: EventBus;
    readonly clock: Clock;
    readonly ids: Ids;
  };

const placementsOf = (request: DecisionRequest, playbook: CompiledPlaybook): readonly string[] => {
  const placements = request.placements ?? [request.placement ?? ""];
  const prepared = prepare(playbook);
  const unknown = placements.find((placement) => !prepared.knowsPlacement(placement));
  if (unknown === undefined) return placements;
  const path = request.placements === undefined ? "placement" : "placements";
  throw wrongField(path, "a placement of the live playbook", "an unknown name");
};

const checkChannel = ({ channel }: DecisionRequest, playbook: CompiledPlaybook): void => {
  const { channels } = prepare(playbook);
  if (channel === undefined || channels.has(channel)) return;
  throw wrongField("channel", `one of ${[...channels].join(", ")}`, "an unknown name");
};

const inputsFor = (
  deps: DecisionsDependencies,
  request: DecisionRequest,
  playbook: CompiledPlaybook,
  ref: string | null,
): readonly Omit<DecideInput, "record">[] =>
  placementsOf(request, playbook).map((placement) => ({
    playbook,
    placement,
    mode: "answer",
    decisionId: deps.ids.id("dec"),
    now: deps.clock.now(),
    dryRun: request.dryRun ?? false,
    ...(request.channel === undefined ? {} : { channel: request.channel }),
    ...(request.context === undefined ? {} : { context: request.context }),
    ...(request.data === undefined ? {} : { data: request.data }),
    ...(request.limit === undefined ? {} : { limit: request.limit }),
    ...(ref === null || !isKeepable(ref, playbook) ? {} : { ref }),
  }));

/**
 * An anonymous decision keeps whom it was asked about, so that its outcomes find their person, unless that is an
 * address: a record without a customer would keep it beyond any erasure.
 */
const isKeepable = (ref: string, playbook: CompiledPlaybook): boolean => {
  const type = playbook.identifierTypes.get(ref.slice(0, Math.max(0, ref.indexOf(":"))));
  return type !== undefined && type.channel === undefined;
};

/** Decides, unless it is a dry run records what was decided, and adds what is to be shown. */
const decideAnswer = async (
  deps: DecisionsDependencies,
  request: DecisionRequest,
  playbook: CompiledPlaybook,
): Promise<readonly Decision[]> => {
  const learnt = learntInput(playbook, (await deps.models?.current(playbook.learning)) ?? null);
  const ref = readRef(request.customer, playbook, "customer");
  checkChannel(request, playbook);
  const inputs = inputsFor(deps, request, playbook, ref).map((input) => ({ ...input, ...learnt }));
  const record = ref === null ? null : await deps.customers.find(ref);
  const decideOn = (current: CustomerRecord | null, unavailable: Unavailable) =>
    decideSeveral(
      current,
      unavailable.size === 0 ? inputs : inputs.map((input) => ({ ...input, unavailable })),
    );
  const show = (decision: Decision) =>
    withContent(decision, { playbook, record, data: request.data ?? {}, context: request.context ?? {} });
  if (request.dryRun === true)
    return Promise.all(decideOn(record, deps.decisions.gone()).map(({ decision }) => show(decision)));
  const committed = await commitDecision(deps, record, decideOn);
  await Promise.all([
    logDecisions(deps, committed),
    ...(deps.bus === undefined
      ? []
      : [publishShown({ ...deps, bus: deps.bus }, playbook, committed.decisions)]),
  ]);
  countDecisions(deps.telemetry, committed, "answer");
  return Promise.all(committed.decisions.map(show));
};

/** A version of an older form cannot be read any more; its decisions are still told, by the names of things. */
const documentOf = async (
  { playbooks }: DecisionsDependencies,
  { playbook }: Decision,
): Promise<PlaybookDocument | null> => {
  try {
    return (await playbooks.get(playbook)).document;
  } catch (error) {
    if (error instanceof RapportError && (error.code === "not_found" || error.code === "unavailable"))
      return null;
    throw error;
  }
};

const explain = async (decision: Decision, document: PlaybookDocument | null) => {
  const { explainedAnswer } = await import("./later.ts");
  return explainedAnswer({ decision, document });
};

const answerRequest = async (
  deps: DecisionsDependencies,
  { body }: Call<typeof operations.decide>,
): Promise<Answer<typeof operations.decide>> => {
  const playbook = await deps.playbooks.current();
  const decisions = await decideAnswer(deps, body, playbook);
  const answers = await Promise.all(
    decisions.map((decision) =>
      body.explain === true ? explain(decision, playbook.document) : answerOf(decision),
    ),
  );
  const [only] = answers;
  const isOne = body.placements === undefined && only !== undefined;
  return { status: 200, json: isOne ? only : { decisions: answers } };
};

const showDecision = async (
  deps: DecisionsDependencies,
  { params }: Call<typeof operations.showDecision>,
): Promise<Answer<typeof operations.showDecision>> => {
  const decision = await deps.decisions.get(params.id);
  if (decision === null) throw new RapportError("not_found", "there is no decision of that id");
  return { status: 200, json: await explain(decision, await documentOf(deps, decision)) };
};

/** What answers the calls of operations.ts. */
export const decisionCalls = (deps: DecisionsDependencies): Handlers<typeof operations> => ({
  decide: (call) => answerRequest(deps, call),
  showDecision: (call) => showDecision(deps, call),
});
