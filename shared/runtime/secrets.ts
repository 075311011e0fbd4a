import {
  GetSecretValueCommand,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
} from "@aws-sdk/client-secrets-manager";

/**
 * The secret's text, read once at init: no call per item (invariant 11).
 * `name` is the secret's ARN or name, as the environment gives it; `aws` says how to reach another account than the own.
 */
export const readSecret = async (name: string, aws: SecretsManagerClientConfig = {}): Promise<string> => {
  const answer = await new SecretsManagerClient(aws).send(new GetSecretValueCommand({ SecretId: name }));
  if (answer.SecretString === undefined) throw new Error(`secret ${name} holds no text`);
  return answer.SecretString;
};
