import type { JsonObject } from "#kernel/json.ts";
import { textAt } from "../aws/json.ts";
import { arn, type Place } from "../aws/place.ts";

/** What `Ref` and `Fn::GetAtt` answer for one resource. */
export type Identity = { readonly ref: string; readonly attributes: { readonly [name: string]: string } };

/** @param generated the name CloudFormation would make up, `<stack>-<logical id>` */
export type Identify = (properties: JsonObject, generated: string, place: Place) => Identity;

/** Resources that are called by a name of their own, and have an ARN made of it. */
export const named =
  (service: string, nameProperty: string, resource: (name: string) => string): Identify =>
  (properties, generated, place) => {
    const name = textAt(properties, nameProperty) ?? generated;
    return { ref: name, attributes: { Arn: arn(place, service, resource(name)), Name: name } };
  };

/** Resources that nobody refers to. */
export const opaque: Identify = (_properties, generated) => ({ ref: generated, attributes: {} });
