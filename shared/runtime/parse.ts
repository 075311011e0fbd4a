import * as z from "zod/mini";
import { wrongFields } from "#kernel/errors.ts";
import { fieldErrors } from "./expectation.ts";

/**
 * Validates once, at the edge. Throws `invalid_request` naming every wrong field.
 * @param within what stands before the fields' names where they are not the body's: `headers.`
 */
export const parse = <Schema extends z.core.$ZodType>(
  schema: Schema,
  input: unknown,
  within = "",
): z.output<Schema> => {
  const result = z.safeParse(schema, input);
  if (result.success) return result.data;
  const errors = fieldErrors(result.error.issues, input);
  throw wrongFields(errors.map((error) => ({ ...error, path: `${within}${error.path}` })));
};
