import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { readAccess } from "#infra/local/state/access.ts";
import { type CoreName, parameterName } from "#runtime/names.ts";
import { accessAdvice } from "./aws-access.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Which hub's AWS account is meant: `local` is the one of this machine, at the address that it prints at its start; one that
 * serves customers is named by the folder of its state, where its credentials lie.
 */
export type StageOptions = { readonly stage?: string; readonly "aws-url"?: string; readonly state?: string };

const LOCAL_AWS = "http://127.0.0.1:4001";

/** A stage and how AWS clients reach it. */
export type Stage = { readonly name: string; readonly aws: object };

const localAws = (endpoint: string) => ({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
});

/** The stage that the options name, else the environment, else `prod`. Throws when there is no hub's state in the folder named. */
export const stageOf = (options: StageOptions, { environment }: Terminal): Stage => {
  if (options.state !== undefined) return { name: "local", aws: readAccess(options.state) };
  const name = options.stage ?? environment.RAPPORT_STAGE ?? "prod";
  const given = options["aws-url"] ?? environment.AWS_ENDPOINT_URL;
  return { name, aws: name === "local" ? localAws(given ?? LOCAL_AWS) : {} };
};

/** What the core stacks of a stage publish under a name. Throws with what to look at when they publish nothing. */
export const published = async ({ name, aws }: Stage, what: CoreName): Promise<string> => {
  const parameter = parameterName(name, what);
  const client = new SSMClient(aws);
  const { Parameter } = await client
    .send(new GetParameterCommand({ Name: parameter }))
    .catch((cause: unknown) => {
      const advice = name === "local" ? undefined : accessAdvice(cause);
      throw new Error(advice ?? `cannot read the parameter ${parameter}: ${reasonOf(name, cause)}`, {
        cause,
      });
    });
  if (!Parameter?.Value) throw new Error(`the parameter ${parameter} is empty: is "${name}" deployed?`);
  return Parameter.Value;
};

const reasonOf = (stage: string, cause: unknown): string => {
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  if (name === "ParameterNotFound") return `is the stage "${stage}" deployed, in this account and region?`;
  if (stage !== "local") return message === "" ? name : message;
  return "does the hub run, and is --aws-url (or --state) what it prints at its start?";
};
