import { resolve } from "#infra/local/assembly/intrinsics.ts";
import { readAssembly } from "#infra/local/assembly/read.ts";
import { scopeOf } from "#infra/local/assembly/scope.ts";
import { asObject, objectAt } from "#infra/local/aws/json.ts";
import { ACCOUNT, REGION } from "#infra/local/aws/place.ts";
import type { AwsRequest } from "#infra/local/aws/protocol.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { demandsOf } from "./demands.ts";
import { type Demand, isAllowed, type Statement, statementsOf } from "./policy.ts";

/** Holds each call of a function against its role, as IAM would. */
export type RightsWatch = {
  readonly onRequest: (request: AwsRequest) => void;
  /** From here on the roles are known: what functions called at their start is judged now. */
  readonly begin: (cloud: Watched, assembly: string) => void;
  /** What IAM would have refused, each once: the function, the action and the resources. */
  readonly refused: () => readonly string[];
};

type Watched = Pick<LocalCloud, "deployment" | "functions" | "awsUrl" | "url">;
type Judge = (request: AwsRequest) => void;

const words = (caller: string, { action, resources, context }: Demand): string =>
  `${caller} may not ${action} on ${resources.join(", ")}, ${context["dynamodb:Attributes"]?.join(" ") ?? "at all"}`;

/** Statements of each function's role in the templates, every name resolved as the cloud itself resolved it. */
const rolesOf = ({ deployment, functions, ...at }: Watched, assembly: string) => {
  const place = { region: REGION, account: ACCOUNT, url: at.awsUrl, apiUrl: at.url };
  const known = { place, parameters: deployment.parameters, exported: new Map<string, never>() };
  return new Map(
    readAssembly(assembly).flatMap((stack): [string, readonly Statement[]][] => {
      const label = functions.find((one) => stack.stackName === `rapport-local-${one.replace("/", "-")}`);
      const [role] = Object.entries(objectAt(stack.template, "Resources")).filter(
        ([logicalId, one]) => /^Role[0-9A-F]{8}$/.test(logicalId) && asObject(one)?.Type === "AWS::IAM::Role",
      );
      if (label === undefined || role === undefined) return [];
      const properties = objectAt(asObject(role[1]) ?? {}, "Properties");
      return [[label, statementsOf(resolve(properties, scopeOf(stack, known).scope))]];
    }),
  );
};

const judgeOf = (cloud: Watched, assembly: string, note: (words: string) => void): Judge => {
  const dataKey = cloud.deployment.parameters.get("/rapport/local/keys/data") ?? "";
  const roles = rolesOf(cloud, assembly);
  return (request) => {
    const statements = roles.get(request.caller ?? "") ?? [];
    try {
      for (const demand of demandsOf(request, dataKey))
        if (!isAllowed(statements, demand)) note(words(request.caller ?? "", demand));
    } catch (error) {
      // The cloud under test goes on; the test file says what could not be judged.
      note(`${request.caller}: ${error instanceof Error ? error.message : error}`);
    }
  };
};

/** A watch over one local cloud; calls of anybody but functions are not judged. */
export const watchRights = (): RightsWatch => {
  const refused = new Set<string>();
  const early: AwsRequest[] = [];
  let judge: Judge = (request) => {
    early.push(request);
  };
  return {
    onRequest: (request) => {
      if (request.caller !== null) judge(request);
    },
    begin: (cloud, assembly) => {
      judge = judgeOf(cloud, assembly, (what) => refused.add(what));
      for (const request of early.splice(0)) judge(request);
    },
    refused: () => [...refused],
  };
};
