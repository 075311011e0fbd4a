import { proofOf } from "#domain/identity/proof.ts";
import { readSecret } from "#runtime/secrets.ts";
import { published, type Stage, type StageOptions, stageOf } from "./stage.ts";
import { type Terminal, UsageError } from "./terminal.ts";

type IdentityOptions = StageOptions & { readonly user?: string; readonly at?: string };

/** The secret that proofs for a stage are made with. */
export const secretOf = async (stage: Stage): Promise<string> =>
  (await readSecret(await published(stage, "secrets/identity-key"), stage.aws))[0]?.key ?? "";

/**
 * `rapport keys identity`: prints a proof that `--user` is logged in, as a server of the company would make it. It holds
 * for 24 hours from `--at` on, by default from now. Without `--user` the secret itself, for that server.
 */
export const showIdentity = async (
  { user, at, ...options }: IdentityOptions,
  terminal: Terminal,
  keyOf = secretOf,
): Promise<number> => {
  const time = at ?? new Date().toISOString();
  if (Number.isNaN(Date.parse(time))) throw new UsageError("--at is a time like 2026-11-30T09:30:00Z.");
  const stage = stageOf(options, terminal);
  const secret = await keyOf(stage);
  if (user === undefined) {
    terminal.error(
      `The secret that proofs for ${stage.name} are signed with. It belongs on your servers alone:`,
    );
    terminal.out(secret);
  } else {
    terminal.error("Send this as context.identity, with events of that user:");
    terminal.out(JSON.stringify(proofOf(secret, user, time)));
  }
  return 0;
};
