import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { ProviderContract } from "#ports/provider-contract.ts";
import { PROJECT_ROOT } from "../project/root.ts";

export const PROVIDERS_FOLDER = join(PROJECT_ROOT, "providers");

/** Every provider by name, with the contract that it gives itself. */
export const contractsUnderTest = (): Promise<readonly (readonly [string, ProviderContract])[]> =>
  Promise.all(
    readdirSync(PROVIDERS_FOLDER)
      .filter((name) => existsSync(join(PROVIDERS_FOLDER, name, "sender.ts")))
      .map(async (provider) => {
        const path = join(PROVIDERS_FOLDER, provider, "contract.ts");
        const { contract }: { contract: ProviderContract } = await import(path);
        return [provider, contract] as const;
      }),
  );
