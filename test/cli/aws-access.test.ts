import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { accessAdvice, checkAccess } from "#cli/aws-access.ts";
import { runCli } from "#cli/run.ts";

/** A machine where nobody ever set up AWS. */
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "no-aws-"));
  for (const name of [
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_PROFILE",
    "AWS_ACCESS_KEY_ID",
    "AWS_ENDPOINT_URL",
  ]) {
    vi.stubEnv(name, undefined);
  }
  vi.stubEnv("HOME", home);
  vi.stubEnv("AWS_CONFIG_FILE", join(home, "config"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(home, "credentials"));
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

const LOG_IN = /^no AWS credentials were found\. Log in/;
const NAME_A_REGION = /^no AWS region is set\. Name the one of your deployment: AWS_REGION=/;

describe("without AWS set up", () => {
  it("a deploy says what to do before it begins", async () => {
    await expect(checkAccess(undefined)).rejects.toThrow(NAME_A_REGION);
    vi.stubEnv("AWS_REGION", "eu-central-1");
    await expect(checkAccess(undefined)).rejects.toThrow(LOG_IN);
    await expect(checkAccess("nobody")).rejects.toThrow(LOG_IN);
  });

  it("a deploy goes on where there are both", async () => {
    vi.stubEnv("AWS_REGION", "eu-central-1");
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIA");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
    await expect(checkAccess(undefined)).resolves.toBeUndefined();
  });

  it.each([["keys list"], ["keys rotate link"], ["doctor"], ["prove --stage trial --to you@example.com"]])(
    "rapport %s says what to do, in one sentence",
    async (command) => {
      const said: string[] = [];
      const terminal = { environment: {}, out: () => {}, error: (line: string) => said.push(line) };
      expect(await runCli(command.split(" "), terminal)).toBe(1);
      vi.stubEnv("AWS_REGION", "eu-central-1");
      expect(await runCli(command.split(" "), terminal)).toBe(1);
      expect(said.map((line) => line.replace("rapport: ", ""))).toEqual([
        expect.stringMatching(NAME_A_REGION),
        expect.stringMatching(LOG_IN),
      ]);
    },
  );
});

describe("what AWS says of who asks", () => {
  const error = (name: string, message = "") => Object.assign(new Error(message), { name });

  it("is told as what to do", () => {
    expect(accessAdvice(error("ExpiredTokenException"))).toContain("Log in again");
    expect(accessAdvice(error("CredentialsProviderError", "The SSO session has expired"))).toBe(
      "The SSO session has expired",
    );
  });

  it("names the host that is not there, which a slip in the region's name makes", () => {
    const unknown = Object.assign(new Error("getaddrinfo ENOTFOUND"), {
      code: "ENOTFOUND",
      hostname: "ssm.eu-centrl-1.amazonaws.com",
    });
    const advice =
      "ssm.eu-centrl-1.amazonaws.com is not found: is the region's name right, and is there a network?";
    expect(accessAdvice(unknown)).toBe(advice);
    // As `fetch` tells it.
    expect(accessAdvice(new TypeError("fetch failed", { cause: unknown }))).toBe(advice);
  });

  it("is nothing where something else is wrong", () => {
    expect(accessAdvice(error("ParameterNotFound"))).toBeUndefined();
    expect(accessAdvice("no error")).toBeUndefined();
  });
});
