import { RapportError } from "#kernel/errors.ts";
import type { AuditLog } from "#ports/audit-log.ts";
import type { Clock, Ids } from "#ports/clock.ts";
import type { ApiKey, KeyStore, Scope } from "#ports/key-store.ts";
import type { HttpRequest } from "./http-request.ts";
import { checkKey } from "./keys.ts";
import { mayCall, type Role } from "./roles.ts";

/** Somebody who is logged in to the console. */
export type Person = {
  readonly kind: "person";
  /** The issuer's id of them: no name, no address. */
  readonly id: string;
  readonly roles: readonly Role[];
  /** When the session must have been renewed, in milliseconds since the epoch. */
  readonly until: number;
  /** As a key has them: whom a call was made by, in what is stored of it. */
  readonly hash: string;
  readonly name: string;
};

/** Who makes a call. */
export type Caller = ApiKey | Person;

/** How a function finds out who calls: by a key, and where people may call it too, by their session. */
export type Callers = {
  readonly findKey: KeyStore["find"];
  /** Null: the request brings no session that counts. */
  readonly findPerson?: (request: HttpRequest) => Promise<Person | null>;
  /** Where calls are written down that an operation wants audited. */
  readonly audit?: Auditing;
};
/** The audit log, and what an entry is made with. */
export type Auditing = { readonly log: Pick<AuditLog, "put">; readonly clock: Clock; readonly ids: Ids };

/** What an operation asks of its caller. */
export type Asked = { readonly id: string; readonly scope: Scope };

/**
 * Who makes the request. A key in its header speaks for it, whatever session comes along.
 * Throws `key_missing`, `key_unknown`, `scope_missing`, `session_expired`, `session_unknown`, `role_missing`.
 */
export const checkCaller = async (
  { findKey, findPerson }: Callers,
  request: HttpRequest,
  { id, scope }: Asked,
): Promise<Caller> => {
  const person =
    request.headers.authorization === undefined && findPerson !== undefined
      ? await findPerson(request)
      : null;
  if (person === null) return checkKey(findKey, request, scope);
  if (mayCall(person.roles, id)) return person;
  throw new RapportError("role_missing", "none of your roles may do this: ask an admin for one that may");
};
