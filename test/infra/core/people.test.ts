import { App, Stack } from "aws-cdk-lib/core";
import { describe, expect, it } from "vitest";
import { addPeopleResources } from "#infra/core/people.ts";
import { readSettings } from "#infra/settings.ts";
import { ROLES } from "#runtime/http/roles.ts";

type Resource = { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> };

const resourcesOf = (type: string): readonly Resource[] => {
  const app = new App({ context: { "rapport:stage": "prod" } });
  const stack = new Stack(app, "people");
  addPeopleResources(stack, readSettings(app));
  const { Resources } = app.synth().getStackByName("people").template;
  return Object.values<Resource>(Resources).filter(({ Type }) => Type === type);
};

describe("who may log in to the console", () => {
  it("is whom an admin made: nobody signs up, and the pool outlives its stack", () => {
    const [pool] = resourcesOf("AWS::Cognito::UserPool");
    expect(pool).toMatchObject({
      Properties: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true }, DeletionProtection: "ACTIVE" },
      DeletionPolicy: expect.stringContaining("Retain"),
    });
  });

  it("has the roles as groups, the mightiest first", () => {
    const groups = resourcesOf("AWS::Cognito::UserPoolGroup").map(({ Properties }) => Properties);
    const byRank = groups.toSorted((a, b) => Number(a.Precedence) - Number(b.Precedence));
    expect(byRank.map(({ GroupName }) => GroupName)).toEqual(ROLES.toReversed());
  });

  it("comes back by a code to the hub's own address, and is asked anew after minutes", () => {
    const [client] = resourcesOf("AWS::Cognito::UserPoolClient");
    const { CallbackURLs, ...properties } = client?.Properties ?? {};
    expect(properties).toMatchObject({
      AllowedOAuthFlows: ["code"],
      AccessTokenValidity: 15,
      RefreshTokenRotation: { Feature: "ENABLED" },
      EnableTokenRevocation: true,
      PreventUserExistenceErrors: "ENABLED",
    });
    expect(JSON.stringify(CallbackURLs)).toBe('[{"Fn::Join":["",[{"Ref":"ApiUrl"},"/console/callback"]]}]');
  });
});
