import type { AuditEntry } from "#ports/audit-log.ts";
import { asRapportError } from "../errors.ts";
import { log } from "../log.ts";
import type { Auditing, Caller } from "./caller.ts";
import type { HttpRequest } from "./http-request.ts";
import type { HttpResponse } from "./http-response.ts";
import { idOfKey } from "./keys.ts";
import type { Operation } from "./operation.ts";

type Made = {
  readonly id: string;
  readonly operation: Operation;
  readonly caller: Caller;
  readonly request: Pick<HttpRequest, "params">;
};

const actorOf = (caller: Caller): AuditEntry["actor"] =>
  caller.kind === "person"
    ? { kind: "person", id: caller.id }
    : { kind: "key", id: idOfKey(caller), name: caller.name };

/** Ids of ours that a path may name. A reference to a customer may be an address: it is none of them. */
const targetOf = ({ params }: Made["request"]): Pick<AuditEntry, "target"> => {
  const target = params.id ?? params.version ?? params.runId ?? params.name;
  return target === undefined ? {} : { target };
};

const isAudited = ({ operation: { audit }, caller }: Made): boolean =>
  audit === "everybody" || (audit === "people" && caller.kind === "person");

/**
 * Runs a call that is audited: it is written down before it begins, or does not begin; and how it ended afterwards. Where that
 * cannot be written, the call is answered all the same, and its entry says no more than that it began.
 */
export const audited = async (
  auditing: Auditing | undefined,
  made: Made,
  handle: () => Promise<HttpResponse>,
): Promise<HttpResponse> => {
  if (auditing === undefined || !isAudited(made)) return handle();
  const begun: AuditEntry = {
    auditId: auditing.ids.id("aud"),
    at: new Date(auditing.clock.now()).toISOString(),
    actor: actorOf(made.caller),
    call: made.id,
    ...targetOf(made.request),
    state: "begun",
  };
  await auditing.log.put(begun);
  const end = async (how: Omit<Partial<AuditEntry>, "auditId" | "at">): Promise<void> => {
    await auditing.log.put({ ...begun, ...how }).catch((error: unknown) => {
      log.error("the end of a call was not audited", error, { recordId: begun.auditId });
    });
  };
  try {
    const answer = await handle();
    await end({ state: "done", ...answer.changed });
    return answer;
  } catch (error) {
    const { status, code } = asRapportError(error);
    await end({ state: status < 500 ? "refused" : "failed", reason: code });
    throw error;
  }
};
