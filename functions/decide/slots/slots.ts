import { shownContext } from "#domain/customer/public-values.ts";
import { normalizeRef } from "#domain/identity/identifiers.ts";
import { proves } from "#domain/identity/proof.ts";
import { type LinkKeys, readToken, signToken } from "#domain/message/token.ts";
import type { SlotToken } from "#domain/message/token-fields.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Decision } from "#domain/records/decision.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { Answer, Call, Handlers } from "#runtime/http/operation.ts";
import type { AnswerDependencies } from "#usecases/decide/decide-answer.ts";
import { decideSlots, visitorsAlone } from "#usecases/decide/decide-slots.ts";
import { withContent } from "#usecases/decide/with-content.ts";
import { type OutcomeDependencies, recordOutcome } from "#usecases/record/record-outcome.ts";
import { type operations, SLOT_OUTCOMES, type SlotsRequest } from "./operations.ts";

export type SlotsDependencies = AnswerDependencies &
  OutcomeDependencies & {
    readonly linkKeys: () => Promise<LinkKeys>;
    /** The secrets that proofs of identity are signed with. */
    readonly identityKeys: () => Promise<readonly string[]>;
  };

/** So long somebody may leave a page open before they click. */
const TOKEN_LIFE_MS = 7 * DAY_MS;

/** A page is told of public placements alone: which others there are is nobody's business. */
const placementsOf = ({ placements }: SlotsRequest, playbook: CompiledPlaybook): readonly string[] => {
  const distinct = [...new Set(placements)];
  if (distinct.every((name) => playbook.placements.get(name)?.public === true)) return distinct;
  throw wrongField("placements", "public placements of the live playbook", "another name");
};

const render: Parameters<typeof withContent>[1]["render"] = async (given) => {
  const { renderSlot } = await import("./later.ts");
  return renderSlot(given);
};

/** The user whose proof holds. One that does not is like none: whoever is there is decided as the visitor they are. */
const provenUser = async (
  deps: Pick<SlotsDependencies, "clock" | "identityKeys">,
  { userId, at, proof }: SlotsRequest,
  playbook: CompiledPlaybook,
): Promise<string | null> => {
  if (!userId || !at || !proof) return null;
  const holds = proves(await deps.identityKeys(), { userId, at, proof }, deps.clock.now());
  return holds ? normalizeRef(`userId:${userId}`, playbook) : null;
};

const decide = async (
  deps: SlotsDependencies,
  { body }: Call<typeof operations.decideSlots>,
): Promise<Answer<typeof operations.decideSlots>> => {
  const playbook = await deps.playbooks.current();
  const placements = placementsOf(body, playbook);
  const { context = {} } = body;
  const visitor = body.anonymousId ? normalizeRef(`anonymousId:${body.anonymousId}`, playbook) : null;
  const asked = { placements, context, visitor, proven: await provenUser(deps, body, playbook) };
  const { decisions, record } = await decideSlots(deps, asked, playbook);
  const surroundings = { render, playbook, record, data: {}, context: shownContext(context) };
  const shown = await Promise.all(decisions.map((decision) => withContent(decision, surroundings)));
  const linkKeys = await deps.linkKeys();
  const expiresAt = deps.clock.now() + TOKEN_LIFE_MS;
  const tokenOf = (token: Omit<SlotToken, "kind" | "proven">): string =>
    signToken(linkKeys, { kind: "slot", proven: asked.proven !== null, ...token }, expiresAt);
  const items = shown.flatMap((decision) => itemsOf(decision, tokenOf));
  return { status: 200, headers: { "cache-control": "no-store" }, json: { items } };
};

const itemsOf = (
  { decisionId, placement, actions }: Decision,
  tokenOf: (token: Omit<SlotToken, "kind" | "proven">) => string,
) =>
  actions.map(({ action, content = null, rank }) => ({
    placement,
    decisionId,
    action,
    content,
    token: tokenOf({ decisionId, rank }),
  }));

const tokenIn = async ({ clock, linkKeys }: SlotsDependencies, text: string): Promise<SlotToken> => {
  const reading = readToken(await linkKeys(), text, clock.now());
  if (reading.result === "valid" && reading.token.kind === "slot") return reading.token;
  throw new RapportError("not_found", "this is no token of ours, or its time is over");
};

const report = async (
  deps: SlotsDependencies,
  { params, body }: Call<typeof operations.reportSlotOutcome>,
): Promise<Answer<typeof operations.reportSlotOutcome>> => {
  const { decisionId, rank, proven } = await tokenIn(deps, params.token);
  const decision = await deps.decisions.get(decisionId);
  const action = decision?.actions.find((chosen) => chosen.rank === rank)?.action;
  if (action === undefined) throw new RapportError("not_found", "there is no such decision any more");
  const outcome = { decisionId, action, outcome: SLOT_OUTCOMES[body.outcome] };
  const standing = proven ? "proven" : "public";
  const customers = proven ? deps.customers : visitorsAlone(deps.customers);
  await recordOutcome({ ...deps, customers }, outcome, { source: "slots", standing });
  return { status: 202, json: { accepted: true } };
};

/** What answers the calls of operations.ts. */
export const slotCalls = (deps: SlotsDependencies): Handlers<typeof operations> => ({
  decideSlots: (call) => decide(deps, call),
  reportSlotOutcome: (call) => report(deps, call),
});
