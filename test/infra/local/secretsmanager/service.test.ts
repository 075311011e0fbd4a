import { describe, expect, it } from "vitest";
import { createSecretsService, readSecrets } from "#infra/local/secretsmanager/service.ts";

const PLACE = { region: "us-east-1", account: "000000000000", url: "http://aws", apiUrl: "http://hub" };
const ARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:link-key-AbCdEf";
const NAME = "link-key";

/** A cloud that starts on a state, with a secret that its start says the text of, if any. */
const start = (settings: Map<string, string>, known?: string) => {
  const kept = {
    get: (name: string) => settings.get(name) ?? null,
    set: (name: string, value: string | null) => {
      if (value === null) settings.delete(name);
      else settings.set(name, value);
    },
  };
  const deployment = {
    secrets: [{ name: NAME, arn: ARN, properties: { GenerateSecretString: { PasswordLength: 20 } } }],
    parameters: new Map([["/rapport/local/secrets/link-key", ARN]]),
  };
  const secrets = readSecrets(deployment, known === undefined ? {} : { "secrets/link-key": known }, kept);
  const service = createSecretsService({ secrets, settings: kept, place: PLACE, now: () => 0 });
  return async (operation: string, body: object): Promise<{ SecretString?: string }> => {
    const request = {
      method: "POST",
      path: "/",
      query: "",
      headers: {},
      body: JSON.stringify(body),
      caller: null,
    };
    const answer = await service(operation, request);
    return JSON.parse(String(answer?.body));
  };
};
const read = async (call: ReturnType<typeof start>, id = ARN) =>
  (await call("GetSecretValue", { SecretId: id })).SecretString;

describe("a secret of the local cloud", () => {
  it("should be made once, and be the same at the next start", async () => {
    const settings = new Map<string, string>();
    const text = await read(start(settings));
    expect(text).toMatch(/^.{20}$/);
    expect(await read(start(settings))).toBe(text);
  });

  it.each([[undefined], ["known to all"]])(
    "should hold what was put into it, now and at the next start",
    async (known) => {
      const settings = new Map<string, string>();
      const call = start(settings, known);
      await call("PutSecretValue", { SecretId: NAME, SecretString: "rotated" });
      expect([await read(call), await read(call, NAME)]).toEqual(["rotated", "rotated"]);
      expect(await read(start(settings, known))).toBe("rotated");
    },
  );

  it("should refuse one that is not there, and nothing to put", async () => {
    const call = start(new Map());
    await expect(call("PutSecretValue", { SecretId: "other", SecretString: "x" })).rejects.toThrow(
      "can't find",
    );
    await expect(call("PutSecretValue", { SecretId: NAME })).rejects.toThrow("SecretString");
  });

  it("should be made under a name by people, once, and be there at the next start", async () => {
    const settings = new Map<string, string>();
    const made = { Name: "rapport/local/providers/carrier/de", SecretString: "{}" };
    const call = start(settings);
    await expect(read(call, made.Name)).rejects.toThrow("can't find");
    await call("CreateSecret", made);
    await expect(call("CreateSecret", made)).rejects.toThrow("is there already");
    await call("PutSecretValue", { SecretId: made.Name, SecretString: '{"a":"b"}' });
    expect(await read(start(settings), made.Name)).toBe('{"a":"b"}');
  });
});
