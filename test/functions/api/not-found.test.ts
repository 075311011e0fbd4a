import { describe, expect, it } from "vitest";
import { refuse } from "#functions/api/not-found/refuse.ts";

const ROUTES = ["GET /v1/playbooks", "POST /v1/playbooks", "GET /v1/messages/{id}", "POST /v1/messages"];

const ask = (method: string, path: string, headers = {}) => refuse({ method, path, headers }, ROUTES);

describe("a call that no route takes", () => {
  it.each([
    ["DELETE", "/v1/playbooks", "GET, POST"],
    ["PUT", "/v1/messages/msg_1", "GET"],
    ["GET", "/v1/messages", "POST"],
    ["HEAD", "/v1/messages/msg_1", "GET"],
  ])("%s %s is 405 and says what the path answers", (method, path, allow) => {
    const { statusCode, headers, body } = ask(method, path);
    expect({ statusCode, allow: headers.allow }).toEqual({ statusCode: 405, allow });
    expect(JSON.parse(body)).toMatchObject({
      code: "method_not_allowed",
      message: `this path answers ${allow}`,
    });
  });

  it.each([
    ["GET", "/v1/nothing"],
    ["POST", "/v1/messages/"],
    ["GET", "/v1/messages/msg_1/more"],
    ["GET", "/"],
    // Its function is not deployed here, or the route would have taken it.
    ["POST", "/v1/playbooks"],
  ])("%s %s is 404", (method, path) => {
    const { statusCode, body } = ask(method, path);
    expect({ statusCode, code: JSON.parse(body).code }).toEqual({ statusCode: 404, code: "not_found" });
  });

  it("may ask with OPTIONS what a path answers", () => {
    expect(ask("OPTIONS", "/v1/playbooks")).toMatchObject({
      statusCode: 204,
      headers: { allow: "GET, POST" },
    });
  });

  it.each(["/v1/playbooks", "/v1/nothing"])("lets a browser that asks first call %s", (path) => {
    const answer = ask("OPTIONS", path, {
      origin: "https://shop.example",
      "access-control-request-method": "POST",
    });
    expect(answer).toMatchObject({
      statusCode: 204,
      headers: {
        "access-control-allow-origin": "*",
        "access-control-allow-methods": expect.stringContaining("POST"),
        "access-control-allow-headers": expect.stringContaining("anonymousid"),
      },
    });
  });
});
