import type * as z from "zod/mini";
import type { Scope } from "#ports/key-store.ts";

/**
 * One call of the HTTP API as its function's `schema.ts` declares it. `npm run openapi` writes the OpenAPI document
 * from these; the handlers validate with the same schemas.
 */
export type Operation = {
  /** `POST /v1/messages/{id}`, as API Gateway writes it. */
  readonly route: string;
  readonly summary: string;
  /** null: no key. */
  readonly scope: Scope | null;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly request?: z.core.$ZodType;
  /** Status -> schema of the JSON answer, or a media type where it is not JSON. */
  readonly answers: Readonly<Record<number, z.core.$ZodType | string>>;
};
