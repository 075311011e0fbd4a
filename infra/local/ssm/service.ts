import { parseObject, stringsAt, textAt } from "../aws/json.ts";
import { AwsError, jsonResponse, type Service } from "../aws/protocol.ts";

type Parameter = {
  readonly Name: string;
  readonly Type: string;
  readonly Value: string;
  readonly Version: number;
};

/** SSM's GetParameter and GetParameters over what the templates declare. */
export function createParametersService(values: ReadonlyMap<string, string>): Service {
  const find = (name: string): Parameter | null => {
    const value = values.get(name);
    return value === undefined ? null : { Name: name, Type: "String", Value: value, Version: 1 };
  };
  return (operation, request) => {
    const input = parseObject(request.body) ?? {};
    if (operation === "GetParameter") {
      const found = find(textAt(input, "Name") ?? "");
      if (found === null) throw new AwsError("ParameterNotFound", "");
      return jsonResponse({ Parameter: found }, "application/x-amz-json-1.1");
    }
    if (operation === "GetParameters") {
      const names = stringsAt(input, "Names");
      const found = names.map(find).filter((one) => one !== null);
      const invalid = names.filter((name) => !values.has(name));
      return jsonResponse({ Parameters: found, InvalidParameters: invalid }, "application/x-amz-json-1.1");
    }
    return null;
  };
}
