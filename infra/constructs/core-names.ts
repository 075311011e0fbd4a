import { StringParameter } from "aws-cdk-lib/aws-ssm";
import { CfnParameter, type Stack } from "aws-cdk-lib/core";
import { type CoreName, parameterName } from "#runtime/names.ts";

/** `tables/customers` -> `TablesCustomers`. */
const logicalName = (name: string): string =>
  name
    .split(/[^a-zA-Z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

/** Publishes one of core's names for the stacks that come after. */
export const publishName = (stack: Stack, stage: string, name: CoreName, value: string): void => {
  new StringParameter(stack, `Name${logicalName(name)}`, {
    parameterName: parameterName(stage, name),
    stringValue: value,
  });
};

/**
 * Looks one of core's names up when the stack is deployed.
 * By name and not by export: an export would change core's template whenever a function is added (docs/decisions).
 */
export const lookUpName = (stack: Stack, stage: string, name: CoreName): string => {
  const id = logicalName(name);
  const existing = stack.node.tryFindChild(id);
  if (existing instanceof CfnParameter) return existing.valueAsString;
  return new CfnParameter(stack, id, {
    type: "AWS::SSM::Parameter::Value<String>",
    default: parameterName(stage, name),
  }).valueAsString;
};
