import * as z from "zod/mini";
import { wrongFields } from "#kernel/errors.ts";
import { fieldErrors } from "./expectation.ts";

/** Validates once, at the edge. Throws `invalid_request` naming every wrong field. */
export const parse = <Schema extends z.core.$ZodType>(schema: Schema, input: unknown): z.output<Schema> => {
  const result = z.safeParse(schema, input);
  if (result.success) return result.data;
  throw wrongFields(fieldErrors(result.error.issues, input));
};
