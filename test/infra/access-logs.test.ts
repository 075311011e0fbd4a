import { describe, expect, it } from "vitest";
import { z } from "zod";
import { appUnderTest, templatesOf } from "./assembly.ts";

/** What of a request may be logged: nothing that a caller can put an address, a token or a name into. */
const HARMLESS = [
  "$context.requestId",
  "$context.requestTimeEpoch",
  "$context.routeKey",
  "$context.status",
  "$context.responseLatency",
  "$context.error.responseType",
];

const Stage = z.object({ AccessLogSettings: z.object({ Format: z.string() }) });

describe("access logs", () => {
  it("hold neither path, query, header, body nor address of a request", async () => {
    const stages = [...templatesOf(await appUnderTest()).values()]
      .flatMap(({ Resources }) => Object.values(Resources))
      .filter(({ Type }) => Type === "AWS::ApiGatewayV2::Stage")
      .map(({ Properties }) => Stage.parse(Properties).AccessLogSettings.Format);
    expect(stages).toHaveLength(1);
    const logged = stages.flatMap((format) => format.match(/\$[\w.]+/g) ?? []);
    expect(logged.filter((variable) => !HARMLESS.includes(variable))).toEqual([]);
    expect(logged).toContain("$context.routeKey");
  });
});
