import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/**
 * The secret's text, read once at init: no call per item (invariant 11).
 * `name` is the secret's ARN or name, as the environment gives it.
 */
export const readSecret = async (name: string): Promise<string> => {
  const answer = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: name }));
  if (answer.SecretString === undefined) throw new Error(`secret ${name} holds no text`);
  return answer.SecretString;
};
