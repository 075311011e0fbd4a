import { describe, expect, it } from "vitest";
import { approvalQuestion, deployArguments, profileIn } from "#scripts/deploy.ts";

const known = { stage: "prod", functions: ["collect/http", "send/email"] };

describe("npm run deploy", () => {
  it("deploys everything when nothing is named", () => {
    expect(deployArguments([], known)).toEqual(["deploy", "--all"]);
  });

  it("deploys one function and leaves core and all others alone", () => {
    expect(deployArguments(["send/email"], known)).toEqual([
      "deploy",
      "rapport-prod-send-email",
      "--exclusively",
    ]);
  });

  it("takes several, core stacks included, and hands options on with their values", () => {
    expect(deployArguments(["send/email", "data", "--require-approval", "never"], known)).toEqual([
      "deploy",
      "rapport-prod-send-email",
      "rapport-prod-data",
      "--exclusively",
      "--require-approval",
      "never",
    ]);
  });

  it("never takes a function for the value of an option before it", () => {
    expect(deployArguments(["--verbose", "send/email"], known)).toEqual([
      "deploy",
      "rapport-prod-send-email",
      "--exclusively",
      "--verbose",
    ]);
  });

  it("names the stacks of the stage that is asked for", () => {
    expect(deployArguments(["collect/http", "-c", "rapport:stage=test"], known)).toEqual([
      "deploy",
      "rapport-test-collect-http",
      "--exclusively",
      "-c",
      "rapport:stage=test",
    ]);
  });

  it("tells which functions there are when it does not know one", () => {
    expect(() => deployArguments(["send/emial"], known)).toThrow("no function send/emial");
    expect(() => deployArguments(["send/emial"], known)).toThrow("collect/http, send/email");
  });

  it("asks once for a whole stage, and not where it was told how to approve or a function is deployed alone", () => {
    const asked = (...given: string[]) => approvalQuestion(deployArguments(given, known), "test");
    expect(asked()).toContain('all stacks of the stage "test"');
    expect(asked("--require-approval", "never")).toBeUndefined();
    expect(asked("--require-approval=any-change")).toBeUndefined();
    expect(asked("send/email")).toBeUndefined();
  });

  it("looks for credentials in the profile that cdk is given", () => {
    expect(profileIn(["deploy", "--profile", "shop"])).toBe("shop");
    expect(profileIn(["deploy", "--all", "--profile=shop"])).toBe("shop");
    expect(profileIn(["deploy", "--all"])).toBeUndefined();
  });
});
