import { describe, expect, it } from "vitest";
import { refuse } from "#functions/api/not-found/refuse.ts";
import { toProblem } from "#runtime/http/http-response.ts";
import { errorOf } from "../../support/handlers/errors.ts";

const ROUTES = ["GET /v1/playbooks", "POST /v1/playbooks", "GET /v1/messages/{id}", "POST /v1/messages"];

const ask = async (method: string, path: string) => refuse({ method, path }, ROUTES);

describe("a call that no route takes", () => {
  it.each([
    ["DELETE", "/v1/playbooks", "GET, POST"],
    ["PUT", "/v1/messages/msg_1", "GET"],
    ["GET", "/v1/messages", "POST"],
    ["HEAD", "/v1/messages/msg_1", "GET"],
  ])("%s %s is 405 and says what the path answers", async (method, path, allow) => {
    const { statusCode, headers, body } = toProblem(await errorOf(ask(method, path)));
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
  ])("%s %s is 404", async (method, path) => {
    expect((await errorOf(ask(method, path))).code).toBe("not_found");
  });

  it("may ask with OPTIONS what a path answers", async () => {
    expect(await ask("OPTIONS", "/v1/playbooks")).toEqual({ status: 204, headers: { allow: "GET, POST" } });
  });
});
