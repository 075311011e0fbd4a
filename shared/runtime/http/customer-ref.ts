import { isCustomerId, normalizeRef } from "#domain/identity/identifiers.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { wrongField } from "#kernel/errors.ts";

/**
 * A `ref` as the store looks it up; null when it can lead to nobody (a value that is none). What is neither a customerId nor
 * `type:value` with a type that the playbook declares is the caller's mistake: `invalid_request`, at `path`.
 */
export const readRef = (ref: string, playbook: CompiledPlaybook, path: string): string | null => {
  const colon = ref.indexOf(":");
  const isRef = isCustomerId(ref) || playbook.identifierTypes.has(ref.slice(0, Math.max(0, colon)));
  if (isRef) return normalizeRef(ref, playbook);
  const expected = `a customerId, or type:value with type one of ${[...playbook.identifierTypes.keys()].join(", ")}`;
  throw wrongField(path, expected, colon === -1 ? "another text" : "another type");
};
