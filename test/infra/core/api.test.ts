import { App, Stack } from "aws-cdk-lib/core";
import { describe, expect, it } from "vitest";
import { addApiResources } from "#infra/core/api.ts";
import { readSettings } from "#infra/settings.ts";
import { PREFLIGHT_HEADERS } from "#runtime/http/cors.ts";

/** The address that core publishes for links, as the template of a stage says it. */
const addressOf = (stage: string, publicUrl?: string): unknown => {
  const app = new App({
    context: { "rapport:stage": stage, ...(publicUrl && { "rapport:publicUrl": publicUrl }) },
  });
  const stack = new Stack(app, "api");
  addApiResources(stack, readSettings(app));
  const { Resources } = app.synth().getStackByName("api").template;
  const parameters = Object.values<{ Type: string; Properties: { Name?: string; Value?: unknown } }>(
    Resources,
  );
  return parameters.find(({ Properties }) => Properties.Name === `/rapport/${stage}/api/url`)?.Properties
    .Value;
};

describe("browsers of other sites", () => {
  it("are told the same by the gateway and by the function that answers their OPTIONS", () => {
    const app = new App({ context: { "rapport:stage": "prod" } });
    const stack = new Stack(app, "api");
    addApiResources(stack, readSettings(app));
    const { Resources } = app.synth().getStackByName("api").template;
    const { AllowHeaders, AllowMethods, AllowOrigins, MaxAge } = Resources.Api.Properties.CorsConfiguration;
    expect(PREFLIGHT_HEADERS).toEqual({
      "access-control-allow-origin": AllowOrigins.join(","),
      "access-control-allow-methods": AllowMethods.join(","),
      "access-control-allow-headers": AllowHeaders.join(","),
      "access-control-max-age": String(MaxAge),
    });
  });
});

describe("the address of links", () => {
  it("is the API's own, or the one that the company chose", () => {
    expect(addressOf("prod")).toMatchObject({ "Fn::GetAtt": ["Api", "ApiEndpoint"] });
    expect(addressOf("prod", "https://go.example.com")).toBe("https://go.example.com");
  });

  it("is never that of the company's account where the hub runs on one machine", () => {
    expect(addressOf("local", "https://go.example.com")).toMatchObject({
      "Fn::GetAtt": ["Api", "ApiEndpoint"],
    });
  });
});
