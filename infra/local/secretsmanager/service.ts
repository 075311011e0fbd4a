import { randomInt } from "node:crypto";
import type { JsonObject } from "#kernel/json.ts";
import { CORE_NAMES, type CoreName, parameterName } from "#runtime/names.ts";
import type { Deployment } from "../assembly/deployment.ts";
import { asObject, flagAt, numberAt, objectAt, parseObject, textAt } from "../aws/json.ts";
import { arn, type Place } from "../aws/place.ts";
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
    const text = settings.get(writtenOver(name)) ?? texts.get(arn);
    return text === undefined ? readSecret(name, arn, properties, settings) : { name, arn, text };
  });
}

/** What was put into a secret once it was there: it stands, whatever the template or the start says. */
const writtenOver = (name: string): string => `secret-value:${name}`;

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

type Around = {
  /** Those of the templates, and those that are there from the beginning for who only tries. */
  readonly secrets: readonly Secret[];
  readonly settings: Settings;
  readonly place: Place;
  readonly now: () => number;
};

/** Secrets Manager's GetSecretValue, PutSecretValue and CreateSecret, by name, ARN or ARN without its random end. */
export function createSecretsService({ secrets, settings, place, now }: Around): Service {
  const texts = new Map(secrets.map(({ name, text }) => [name, text]));
  /** What people made: it lives with the state. */
  const made = (name: string): Secret | null => {
    const text = texts.get(name) ?? settings.get(writtenOver(name));
    return text === null ? null : { name, arn: arn(place, "secretsmanager", `secret:${name}-local1`), text };
  };
  const write = (name: string, text: string): void => {
    settings.set(writtenOver(name), text);
    texts.set(name, text);
  };
  const create = (body: JsonObject) => {
    const [name = "", text = ""] = [textAt(body, "Name"), textAt(body, "SecretString")];
    if (findSecret(secrets, name) !== null || made(name) !== null)
      throw new AwsError("ResourceExistsException", `The secret ${name} is there already.`);
    write(name, text);
    return jsonResponse({ ARN: made(name)?.arn, Name: name, VersionId: VERSION_ID }, JSON_TYPE);
  };
  return (operation, request) => {
    const body = parseObject(request.body) ?? {};
    if (operation === "CreateSecret") return create(body);
    if (operation !== "GetSecretValue" && operation !== "PutSecretValue") return null;
    const id = textAt(body, "SecretId") ?? "";
    const secret = findSecret(secrets, id) ?? made(id);
    if (secret === null) {
      throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    const { arn: secretArn, name } = secret;
    const version = { ARN: secretArn, Name: name, VersionId: VERSION_ID, VersionStages: ["AWSCURRENT"] };
    if (operation === "GetSecretValue") {
      return jsonResponse(
        { ...version, SecretString: texts.get(name) ?? secret.text, CreatedDate: now() / 1000 },
        JSON_TYPE,
      );
    }
    const text = textAt(body, "SecretString");
    if (text === undefined) throw new AwsError("InvalidRequestException", "You must provide a SecretString.");
    write(name, text);
    return jsonResponse(version, JSON_TYPE);
  };
}

const JSON_TYPE = "application/x-amz-json-1.1";
const VERSION_ID = "00000000-0000-4000-8000-000000000001";

const findSecret = (secrets: readonly Secret[], id: string): Secret | null =>
  secrets.find(
    (secret) => secret.name === id || secret.arn === id || secret.arn.replace(/-[^-]{6}$/, "") === id,
  ) ?? null;
