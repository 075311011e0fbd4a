import { randomInt } from "node:crypto";
import type { JsonObject } from "#kernel/json.ts";
import { CORE_NAMES, type CoreName, parameterName } from "#runtime/names.ts";
import type { Deployment } from "../assembly/deployment.ts";
import { asObject, flagAt, numberAt, objectAt, parseObject, textAt } from "../aws/json.ts";
import { AwsError, jsonResponse, type Service } from "../aws/protocol.ts";
import type { Settings } from "../state/settings.ts";

export type Secret = { readonly name: string; readonly arn: string; readonly text: string };

/** Texts of secrets by their names in core. */
export type KnownSecrets = Readonly<Partial<Record<CoreName, string>>>;

/** The secrets of a deployment; those that are known hold what they are known to hold. */
export function readSecrets(
  { secrets, parameters }: Pick<Deployment, "secrets" | "parameters">,
  known: KnownSecrets,
  settings: Settings,
): Secret[] {
  const texts = new Map(
    CORE_NAMES.map((name) => [parameters.get(parameterName("local", name)), known[name]]),
  );
  return secrets.map(({ name, arn, properties }) => {
    const text = texts.get(arn);
    return text === undefined ? readSecret(name, arn, properties, settings) : { name, arn, text };
  });
}

/** The secret of a template: given, or generated once and kept with the state, so that hashes and links stay valid. */
export function readSecret(name: string, arn: string, properties: JsonObject, settings: Settings): Secret {
  const given = textAt(properties, "SecretString");
  if (given !== undefined) return { name, arn, text: given };
  const kept = settings.get(`secret:${name}`);
  if (kept !== null) return { name, arn, text: kept };
  const text = generate(objectAt(properties, "GenerateSecretString"));
  settings.set(`secret:${name}`, text);
  return { name, arn, text };
}

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

function generate(rules: JsonObject): string {
  const excluded = textAt(rules, "ExcludeCharacters") ?? "";
  const alphabet = [
    flagAt(rules, "ExcludeLowercase") ? "" : LOWER,
    flagAt(rules, "ExcludeUppercase") ? "" : LOWER.toUpperCase(),
    flagAt(rules, "ExcludeNumbers") ? "" : DIGITS,
    flagAt(rules, "ExcludePunctuation") ? "" : PUNCTUATION,
    flagAt(rules, "IncludeSpace") ? " " : "",
  ]
    .join("")
    .split("")
    .filter((character) => !excluded.includes(character));
  const length = numberAt(rules, "PasswordLength") ?? 32;
  const password = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
  const template = textAt(rules, "SecretStringTemplate");
  const key = textAt(rules, "GenerateStringKey");
  if (template === undefined || key === undefined) return password;
  return JSON.stringify({ ...(asObject(parseObject(template) ?? undefined) ?? {}), [key]: password });
}

/** Secrets Manager's GetSecretValue, by name, ARN or ARN without its random end. */
export function createSecretsService(secrets: readonly Secret[], now: () => number): Service {
  return (operation, request) => {
    if (operation !== "GetSecretValue") return null;
    const id = textAt(parseObject(request.body) ?? {}, "SecretId") ?? "";
    const secret = findSecret(secrets, id);
    if (secret === null) {
      throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return jsonResponse(
      {
        ARN: secret.arn,
        Name: secret.name,
        SecretString: secret.text,
        VersionId: "00000000-0000-4000-8000-000000000001",
        VersionStages: ["AWSCURRENT"],
        CreatedDate: now() / 1000,
      },
      "application/x-amz-json-1.1",
    );
  };
}

const findSecret = (secrets: readonly Secret[], id: string): Secret | null =>
  secrets.find(
    (secret) => secret.name === id || secret.arn === id || secret.arn.replace(/-[^-]{6}$/, "") === id,
  ) ?? null;
