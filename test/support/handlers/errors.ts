import { RapportError } from "#kernel/errors.ts";

/** The error of the catalogue that a call ends with; it must. */
export const errorOf = async (promise: Promise<unknown>): Promise<RapportError> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof RapportError) return error;
  }
  throw new Error("expected a RapportError");
};
