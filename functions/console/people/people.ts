import type { AuditLog } from "#ports/audit-log.ts";
import type { Handlers } from "#runtime/http/operation.ts";
import type { operations } from "./operations.ts";

export type PeopleDependencies = { readonly audit: Pick<AuditLog, "list"> };

/** What answers the calls of operations.ts. */
export const peopleCalls = ({ audit }: PeopleDependencies): Handlers<typeof operations> => ({
  listAudit: async ({ query }) => ({ status: 200, json: await audit.list(query) }),
});
