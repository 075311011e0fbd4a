import type { Json, JsonObject } from "#kernel/json.ts";
import { asObject, objectAt, textAt } from "../aws/json.ts";
import type { Place } from "../aws/place.ts";
import type { Identity } from "../door/identify.ts";
import { INERT_TYPES, LIVE_TYPES } from "./identities.ts";
import { asText, resolve } from "./intrinsics.ts";
import type { AssemblyStack } from "./read.ts";
import { scopeOf } from "./scope.ts";

/** A resource with every intrinsic function resolved. */
export type Resource = {
  readonly stack: AssemblyStack;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
  readonly identity: Identity;
};

/**
 * Resolves stack after stack, core first: parameters of type `AWS::SSM::Parameter::Value<String>` take the values
 * that earlier stacks gave to their SSM parameters. @throws Error naming an unknown type, function or parameter
 */
export function resolveStacks(stacks: readonly AssemblyStack[], place: Place): readonly Resource[] {
  const parameters = new Map<string, string>();
  const exported = new Map<string, Json>();
  return stacks.flatMap((stack) => {
    const resources = resolveStack(stack, place, parameters, exported);
    for (const resource of resources) {
      if (resource.type !== "AWS::SSM::Parameter") continue;
      parameters.set(resource.identity.ref, textAt(resource.properties, "Value") ?? "");
    }
    return resources;
  });
}

function resolveStack(
  stack: AssemblyStack,
  place: Place,
  parameters: ReadonlyMap<string, string>,
  exported: Map<string, Json>,
): readonly Resource[] {
  const { template } = stack;
  const declared = objectAt(template, "Resources");
  const { scope, identify } = scopeOf(stack, { place, parameters, exported });
  const resources = Object.entries(declared).flatMap(([logicalId, value]): readonly Resource[] => {
    const resource = asObject(value) ?? {};
    const type = textAt(resource, "Type") ?? "";
    const condition = textAt(resource, "Condition");
    if (condition !== undefined && !scope.condition(condition)) return [];
    if (INERT_TYPES.has(type)) return [];
    if (!LIVE_TYPES.has(type))
      throw new Error(`the local cloud does not know the resource type ${type} (${stack.id}/${logicalId})`);
    const metadata = objectAt(resource, "Metadata");
    const identity = identify(logicalId);
    return [
      {
        stack,
        logicalId,
        type,
        properties: asObject(resolve(objectAt(resource, "Properties"), scope)) ?? {},
        metadata: asObject(resolve(metadata, scope)) ?? {},
        identity,
      },
    ];
  });
  for (const output of Object.values(objectAt(template, "Outputs"))) {
    const exportedName = objectAt(asObject(output) ?? {}, "Export").Name;
    if (exportedName === undefined) continue;
    exported.set(asText(resolve(exportedName, scope)), resolve(asObject(output)?.Value ?? null, scope));
  }
  return resources;
}
