import { normalizeRef } from "#domain/identity/identifiers.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { wrongField } from "#kernel/errors.ts";

/**
 * A `ref` as the store looks it up; null when it can lead to nobody (no such id, a value that is none). A type that the
 * playbook does not declare is the caller's mistake: `invalid_request`, at `path`.
 */
export const readRef = (ref: string, playbook: CompiledPlaybook, path: string): string | null => {
  const colon = ref.indexOf(":");
  if (colon === -1 || playbook.identifierTypes.has(ref.slice(0, colon))) return normalizeRef(ref, playbook);
  const expected = `a customerId, or type:value with type one of ${[...playbook.identifierTypes.keys()].join(", ")}`;
  throw wrongField(path, expected, "another type");
};
