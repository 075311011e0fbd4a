import { describe, expect, it } from "vitest";
import { createRouteTable } from "#infra/local/http/routes.ts";

const find = createRouteTable([
  ["$default", "fallback"],
  ["GET /v1/items/{id}", "item"],
  ["GET /v1/items/special", "special"],
  ["ANY /v1/items/{id}", "any"],
  ["GET /v1/{rest+}", "greedy"],
  ["POST /v1/items", "create"],
]);

describe("a route table", () => {
  it.each([
    ["GET", "/v1/items/special", "special"],
    ["GET", "/v1/items/7", "item"],
    ["PUT", "/v1/items/7", "any"],
    ["GET", "/v1/other/deep/path", "greedy"],
    ["POST", "/v1/items", "create"],
    ["DELETE", "/v1/items", "fallback"],
    ["GET", "/", "fallback"],
  ])("sends %s %s to the most specific route", (method, path, expected) => {
    expect(find(method, path)?.target).toBe(expected);
  });

  it("decodes parameters, a slash within one too", () => {
    expect(find("GET", "/v1/items/userId%3Aa%2Fb%20c")?.pathParameters).toEqual({ id: "userId:a/b c" });
    expect(find("GET", "/v1/x/y%20z")?.pathParameters).toEqual({ rest: "x/y z" });
  });

  it("without a default answers nothing where nothing fits", () => {
    expect(createRouteTable([["GET /a", 1]])("GET", "/b")).toBeNull();
  });
});
