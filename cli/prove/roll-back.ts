import * as z from "zod/mini";
import { signedFetch } from "../aws/query.ts";

const Alias = z.object({ FunctionVersion: z.string() });
const Published = z.object({ Version: z.string() });
const Configuration = z.object({ LastUpdateStatus: z.optional(z.string()) });

type RollBack = {
  /** Settings of an AWS client. */
  readonly aws: object;
  readonly functionName: string;
  readonly until: <T>(what: string, ask: () => Promise<T | undefined>) => Promise<T>;
};

/**
 * Goes back as the runbook says: makes a second version of a function, points its alias `live` there, and back. Gives both
 * versions, the one that is left first. Throws where the alias does not say what it was told.
 */
export const rollBack = async ({
  aws,
  functionName,
  until,
}: RollBack): Promise<readonly [string, string]> => {
  const path = `/2015-03-31/functions/${functionName}`;
  const ask = async <S extends z.ZodMiniType>(schema: S, method: string, rest: string, body?: object) => {
    const answer = await signedFetch(aws, {
      service: "lambda",
      method,
      path: path + rest,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`Lambda answered ${answer.status} to ${method} ${rest}`);
    return schema.parse(JSON.parse(text));
  };
  const pointAt = async (version: string): Promise<void> => {
    await ask(Alias, "PUT", "/aliases/live", { FunctionVersion: version });
    const { FunctionVersion: shown } = await ask(Alias, "GET", "/aliases/live");
    if (shown !== version) throw new Error(`the alias shows version ${shown} instead of ${version}`);
  };
  const { FunctionVersion: before } = await ask(Alias, "GET", "/aliases/live");
  // The same code and settings would be the same version.
  await ask(Configuration, "PUT", "/configuration", {
    Description: "rapport prove: a version to go back from",
  });
  await until("the function's new settings", async () => {
    const { LastUpdateStatus } = await ask(Configuration, "GET", "/configuration");
    return LastUpdateStatus === "Successful" ? LastUpdateStatus : undefined;
  });
  const { Version: tried } = await ask(Published, "POST", "/versions", {});
  if (tried === before) throw new Error(`no second version was made beside ${before}`);
  await pointAt(tried);
  await pointAt(before);
  return [before, tried];
};
