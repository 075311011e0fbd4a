import { RapportError } from "#kernel/errors.ts";

const ofTheCatalogue = (error: unknown): RapportError => {
  if (error instanceof RapportError) return error;
  throw new Error("expected a RapportError", { cause: error });
};

/** The error of the catalogue that a promise ends with; it must. */
export const errorOf = async (promise: Promise<unknown>): Promise<RapportError> =>
  ofTheCatalogue(
    await promise.then(
      () => undefined,
      (error: unknown) => error,
    ),
  );

/** The error of the catalogue that a call throws; it must. */
export const thrownBy = (run: () => unknown): RapportError => {
  try {
    run();
  } catch (error) {
    return ofTheCatalogue(error);
  }
  return ofTheCatalogue(undefined);
};
