import { StringParameter } from "aws-cdk-lib/aws-ssm";
import { CfnParameter, type Stack } from "aws-cdk-lib/core";
import { type CoreName, parameterName } from "#runtime/names.ts";
import type { Settings } from "./definition.ts";

/** `tables/customers` -> `TablesCustomers`. */
const logicalName = (name: string): string =>
  name
    .split(/[^a-zA-Z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

/**
 * What a deploy-time choice puts in place of one of core's names; undefined where core's own holds. It stands in the
 * templates themselves: Lambda keeps a version's environment for good, and a value that only the lookup at deploy time
 * knows changes without making a new version (aws-cdk#25997).
 */
const chosenName = ({ stage, names, publicUrl }: Settings, name: CoreName): string | undefined => {
  // The names of an account, the address of its API among them, would lead a local hub's customers there.
  if (stage === "local") return undefined;
  return name === "api/url" ? (publicUrl ?? names[name]) : names[name];
};

/** Publishes one of core's names for the stacks that come after, or what was chosen in its place. */
export const publishName = (stack: Stack, settings: Settings, name: CoreName, value: string): void => {
  new StringParameter(stack, `Name${logicalName(name)}`, {
    parameterName: parameterName(settings.stage, name),
    stringValue: chosenName(settings, name) ?? value,
  });
};

/**
 * One of core's names: what was chosen, else what is looked up when the stack is deployed.
 * By name and not by export: an export would change core's template whenever a function is added (docs/decisions).
 */
export const lookUpName = (stack: Stack, settings: Settings, name: CoreName): string => {
  const chosen = chosenName(settings, name);
  if (chosen !== undefined) return chosen;
  const id = logicalName(name);
  const existing = stack.node.tryFindChild(id);
  if (existing instanceof CfnParameter) return existing.valueAsString;
  return new CfnParameter(stack, id, {
    type: "AWS::SSM::Parameter::Value<String>",
    default: parameterName(settings.stage, name),
  }).valueAsString;
};
