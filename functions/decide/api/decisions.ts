import { answerOf } from "#domain/decision/explain/answer.ts";
import { preparedPlaybook } from "#domain/decision/prepared/playbook.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import { maskForRendering } from "#domain/profile/masking.ts";
import type { Decision } from "#domain/records/decision.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import type { CompiledVersions } from "#ports/playbook-store.ts";
import { readRef } from "#runtime/http/customer-ref.ts";
import { isMasked } from "#runtime/http/masked.ts";
import type { Answer, Call, Handlers } from "#runtime/http/operation.ts";
import { type AnswerDependencies, decideAnswer, type Question } from "#usecases/decide/decide-answer.ts";
import { withContent } from "#usecases/decide/with-content.ts";
import type { DecisionRequest, operations } from "./operations.ts";

export type DecisionsDependencies = AnswerDependencies & {
  readonly playbooks: Pick<CompiledVersions, "current" | "get">;
};

const placementsOf = (request: DecisionRequest, playbook: CompiledPlaybook): readonly string[] => {
  const placements = request.placements ?? [request.placement ?? ""];
  const prepared = preparedPlaybook(playbook);
  const unknown = placements.find((placement) => !prepared.knowsPlacement(placement));
  if (unknown === undefined) return placements;
  const path = request.placements === undefined ? "placement" : "placements";
  throw wrongField(path, `a placement of the ${request.playbook ?? "live"} playbook`, "an unknown name");
};

const checkChannel = ({ channel }: DecisionRequest, playbook: CompiledPlaybook): void => {
  const { channels } = preparedPlaybook(playbook);
  if (channel === undefined || channels.has(channel)) return;
  throw wrongField("channel", `one of ${[...channels].join(", ")}`, "an unknown name");
};

/** The question in the playbook's words. Throws `invalid_request` where the playbook knows no such thing. */
const questionOf = (request: DecisionRequest, playbook: CompiledPlaybook): Question => {
  const ref = readRef(request.customer, playbook, "customer");
  checkChannel(request, playbook);
  return {
    ref,
    placements: placementsOf(request, playbook),
    dryRun: request.dryRun ?? false,
    ...(request.channel === undefined ? {} : { channel: request.channel }),
    ...(request.context === undefined ? {} : { context: request.context }),
    ...(request.data === undefined ? {} : { data: request.data }),
    ...(request.limit === undefined ? {} : { limit: request.limit }),
  };
};

/** The decisions with what is to be shown: to somebody who does not see addresses, without them. */
const decideAndShow = async (
  deps: DecisionsDependencies,
  { body: request, caller }: Call<typeof operations.decide>,
  playbook: CompiledPlaybook,
): Promise<readonly Decision[]> => {
  const { data = {}, context = {} } = request;
  const { decisions, record: found } = await decideAnswer(deps, questionOf(request, playbook), playbook);
  const record = found !== null && isMasked(caller) ? maskForRendering(found, playbook) : found;
  const asked = { render, playbook, record, data, context };
  return Promise.all(decisions.map((decision) => withContent(decision, asked)));
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

const render: Parameters<typeof withContent>[1]["render"] = async (given) => {
  const { renderSlot } = await import("./later.ts");
  return renderSlot(given);
};

const explain = async (decision: Decision, document: PlaybookDocument | null) => {
  const { explainedAnswer } = await import("./later.ts");
  return explainedAnswer({ decision, document });
};

const answerRequest = async (
  deps: DecisionsDependencies,
  call: Call<typeof operations.decide>,
): Promise<Answer<typeof operations.decide>> => {
  const { body, caller } = call;
  if (caller.kind === "person" && body.dryRun !== true)
    throw wrongField("dryRun", "true: people ask what would be decided, and nothing comes of it", "another");
  const { current, get } = deps.playbooks;
  const playbook = await (body.playbook === undefined ? current() : get(body.playbook));
  const decisions = await decideAndShow(deps, call, playbook);
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
