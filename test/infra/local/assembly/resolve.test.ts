// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
import { describe, expect, it } from "vitest";
import type { AssemblyStack } from "#infra/local/assembly/read.ts";
import { resolveStacks } from "#infra/local/assembly/resolve-stacks.ts";
import type { Place } from "#infra/local/aws/place.ts";
import type { JsonObject } from "#kernel/json.ts";

const place: Place = {
  region: "us-east-1",
  account: "000000000000",
  url: "http://127.0.0.1:4001",
  apiUrl: "http://127.0.0.1:4000",
};
const stack = (id: string, template: JsonObject): AssemblyStack => ({
  id,
  stackName: id,
  template,
  dependencies: [],
  directory: "",
  assets: new Map(),
});
const parameter = (value: JsonObject[string], name = "/out"): JsonObject => ({
  Type: "AWS::SSM::Parameter",
  Properties: { Name: name, Value: value },
});
const outputOf = (value: JsonObject[string], more: JsonObject = {}): unknown => {
  const resources = resolveStacks(
    [stack("one", { Resources: { Out: parameter(value), Queue: QUEUE }, ...more })],
    place,
  );
  return resources.find((resource) => resource.logicalId === "Out")?.properties.Value;
};
const QUEUE: JsonObject = { Type: "AWS::SQS::Queue", Properties: { FifoQueue: true } };

describe("intrinsic functions", () => {
  it.each<[string, JsonObject[string], string]>([
    ["Ref of a queue", { Ref: "Queue" }, "http://127.0.0.1:4001/000000000000/one-Queue.fifo"],
    ["Ref of a pseudo parameter", { Ref: "AWS::Region" }, "us-east-1"],
    ["Fn::GetAtt", { "Fn::GetAtt": ["Queue", "Arn"] }, "arn:aws:sqs:us-east-1:000000000000:one-Queue.fifo"],
    ["Fn::GetAtt as text", { "Fn::GetAtt": "Queue.QueueName" }, "one-Queue.fifo"],
    ["Fn::Join", { "Fn::Join": ["-", ["a", { Ref: "AWS::Partition" }]] }, "a-aws"],
    [
      "Fn::Sub",
      { "Fn::Sub": "${AWS::AccountId}/${Queue.QueueName}/${!kept}" },
      "000000000000/one-Queue.fifo/${kept}",
    ],
    ["Fn::Sub with variables", { "Fn::Sub": ["${x}!", { x: { Ref: "AWS::Region" } }] }, "us-east-1!"],
    [
      "Fn::Select of Fn::Split",
      { "Fn::Select": [2, { "Fn::Split": [":", { "Fn::GetAtt": ["Queue", "Arn"] }] }] },
      "sqs",
    ],
    [
      "addresses of HTTP APIs",
      "https://abc123.execute-api.us-east-1.amazonaws.com/x",
      "http://127.0.0.1:4000/x",
    ],
  ])("resolve %s", (_name, value, expected) => {
    expect(outputOf(value)).toBe(expected);
  });

  it("follow conditions and leave out what has none", () => {
    const more = {
      Conditions: {
        Here: { "Fn::Equals": [{ Ref: "AWS::Region" }, "us-east-1"] },
        There: { "Fn::Not": [{ Condition: "Here" }] },
      },
    };
    expect(outputOf({ "Fn::If": ["Here", "yes", "no"] }, more)).toBe("yes");
    expect(outputOf({ "Fn::If": ["There", "yes", { Ref: "AWS::NoValue" }] }, more)).toBeUndefined();
  });

  it("that are unknown are refused by name", () => {
    expect(() => outputOf({ "Fn::Transform": {} })).toThrow("Fn::Transform");
  });
});

describe("stacks", () => {
  it("read the parameters of earlier ones and their exports", () => {
    const core = stack("core", {
      Resources: { Name: parameter("tables-1", "/core/table") },
      Outputs: { Exported: { Value: "shared", Export: { Name: "core-export" } } },
    });
    const user = stack("user", {
      Parameters: { Table: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/core/table" } },
      Resources: {
        Out: parameter({
          "Fn::Join": [
            "+",
            [{ Ref: "Table" }, { "Fn::ImportValue": "core-export" }, "{{resolve:ssm:/core/table}}"],
          ],
        }),
      },
    });
    const out = resolveStacks([core, user], place).find((resource) => resource.logicalId === "Out");
    expect(out?.properties.Value).toBe("tables-1+shared+tables-1");
  });

  it("that read a parameter nobody creates stop with its name", () => {
    const user = stack("user", {
      Parameters: { Table: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/missing" } },
      Resources: { Out: parameter({ Ref: "Table" }) },
    });
    expect(() => resolveStacks([user], place)).toThrow("/missing");
  });

  it("may hold what has no effect on one machine", () => {
    const resources = resolveStacks(
      [
        stack("one", {
          Resources: { Role: { Type: "AWS::IAM::Role" }, Out: parameter({ "Fn::GetAtt": ["Role", "Arn"] }) },
        }),
      ],
      place,
    );
    expect(resources.map((resource) => resource.type)).toEqual(["AWS::SSM::Parameter"]);
    expect(resources[0]?.properties.Value).toMatch(/^arn:aws:iam:/);
  });
});
