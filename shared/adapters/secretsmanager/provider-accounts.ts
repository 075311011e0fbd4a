import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod/mini";
import { accountSecretName, type ProviderAccounts } from "#ports/provider-accounts.ts";

const Secrets = z.record(z.string(), z.string());

/** Accounts as secrets of Secrets Manager, each a JSON object of texts. */
export const secretsManagerAccounts = ({
  client,
  stage,
}: {
  readonly client: SecretsManagerClient;
  readonly stage: string;
}): ProviderAccounts => ({
  find: async (provider, account) => {
    const SecretId = accountSecretName({ stage, provider, account });
    try {
      const { SecretString = "" } = await client.send(new GetSecretValueCommand({ SecretId }));
      return z.parse(Secrets, JSON.parse(SecretString));
    } catch (error) {
      if (error instanceof Error && error.name === "ResourceNotFoundException") return null;
      throw error;
    }
  },
});
