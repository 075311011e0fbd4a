import { CHANNELS } from "#channels/all.ts";
import { treatmentsNamed } from "#domain/decision/input/named-order.ts";
import { CODE_TREATMENT } from "#domain/message/one-time-code.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { durationMs } from "#kernel/duration.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import { MINUTE_MS, SECOND_MS } from "#kernel/time.ts";
import type { CompiledVersions } from "#ports/playbook-store.ts";
import { readRef } from "#runtime/http/customer-ref.ts";
import type { Answer, Call } from "#runtime/http/operation.ts";
import {
  type CodeDependencies,
  type CodeRequest,
  checkCode,
  requestCode,
} from "#usecases/decide/one-time-codes.ts";
import type { operations } from "./operations.ts";

export type CodeCallDependencies = CodeDependencies & {
  readonly playbooks: Pick<CompiledVersions, "current">;
};

type Asked = Call<typeof operations.requestOneTimeCode>["body"];

const USUAL_LENGTH = 6;
const USUAL_TTL_MS = 10 * MINUTE_MS;
const SHORTEST_TTL_MS = 10 * SECOND_MS;
const LONGEST_TTL_MS = 60 * MINUTE_MS;

const readTtl = (ttl: Asked["ttl"]): number => {
  if (ttl === undefined) return USUAL_TTL_MS;
  const ms = typeof ttl === "number" ? ttl * SECOND_MS : durationMs(ttl);
  if (ms !== null && ms >= SHORTEST_TTL_MS && ms <= LONGEST_TTL_MS) return ms;
  throw wrongField("ttl", "seconds or a duration such as PT10M, from 10 seconds to an hour", "another");
};

/** Channels that words can be written for. */
const WRITTEN = [...CHANNELS].flatMap(([channel, { content }]) => (content === undefined ? [] : [channel]));

/** The channel asked for, else that of the address it goes to, else those of the brand, the best first. */
const readChannels = (
  { channel, to }: Asked,
  { document, identifierTypes }: CompiledPlaybook,
): CodeRequest["channels"] => {
  const addressed = identifierTypes.get(to.slice(0, Math.max(0, to.indexOf(":"))))?.channel;
  const wanted = channel ?? addressed;
  const open = wanted === undefined ? document.brand.channelPreference : [wanted];
  const [first, ...others] = open.filter((one) => WRITTEN.includes(one));
  if (first !== undefined) return [first, ...others];
  throw wrongField("channel", `one of ${WRITTEN.join(", ")}`, "another");
};

/** What the playbook says in codes: the treatment asked for, which there must be, or the one of the usual name. */
const readOrder = ({ treatment }: Asked, playbook: CompiledPlaybook): CodeRequest["order"] => {
  const category = [...playbook.categories.values()].find(({ transactional }) => transactional);
  if (category === undefined) {
    throw new RapportError("playbook_invalid", "the live playbook has no transactional category");
  }
  const found = treatmentsNamed(treatment ?? CODE_TREATMENT, { category: category.name }, playbook);
  if (treatment !== undefined && found.treatments.length === 0) {
    throw wrongField("treatment", "a treatment or template of the live playbook", "an unknown name");
  }
  const { action, treatments } = found;
  return { category, treatments, ...(action === undefined ? {} : { action }) };
};

export const requestOneTimeCode = async (
  deps: CodeCallDependencies,
  { body }: Call<typeof operations.requestOneTimeCode>,
): Promise<Answer<typeof operations.requestOneTimeCode>> => {
  const playbook = await deps.playbooks.current();
  const ref = readRef(body.to, playbook, "to");
  if (ref === null) throw wrongField("to", "a valid value of its type", "another text");
  const { decision, message, otpId } = await requestCode(deps, {
    ref,
    playbook,
    channels: readChannels(body, playbook),
    order: readOrder(body, playbook),
    length: body.length ?? USUAL_LENGTH,
    ttlMs: readTtl(body.ttl),
  });
  const isRejected = decision.actions.length === 0;
  return {
    status: 202,
    json: {
      otpId,
      messageId: message.messageId,
      decisionId: message.decisionId,
      channel: message.channel,
      status: isRejected ? "rejected" : "requested",
      reasons: isRejected ? decision.rejected.map(({ reason }) => reason) : [],
    },
  };
};

/** What ids of codes look like; the table holds their limits as well. */
const OTP_ID = /^otp_[0-9a-z]{1,60}$/;

export const checkOneTimeCode = async (
  deps: CodeCallDependencies,
  { body: { code, otpId } }: Call<typeof operations.checkOneTimeCode>,
): Promise<Answer<typeof operations.checkOneTimeCode>> => {
  if (!OTP_ID.test(otpId)) throw new RapportError("not_found", "there is no one-time code of that id");
  // People type them as they are read out.
  const valid = await checkCode(deps, { otpId, code: code.replace(/[\s-]/g, "") });
  return { status: 200, json: { valid } };
};
