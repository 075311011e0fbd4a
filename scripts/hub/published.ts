import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LocalCloud } from "#infra/local/cloud.ts";

/** In the state's folder: the version that was published last from the playbook's folder, and below it what checked it. */
const NOTE = "started-playbook";
/** The function that checks and keeps playbooks. */
const KEEPER = "playbook/api";

/** What was published last from the playbook's folder, where a state remembers it. */
export type Published = {
  readonly version: string;
  /** Names the code that found nothing to say against it; null where another has to look at it, or had something to say. */
  readonly checkedBy: string | null;
};

export function readPublished(state: string): Published | null {
  const file = join(state, NOTE);
  if (!existsSync(file)) return null;
  const [version = "", checkedBy = ""] = readFileSync(file, "utf8").split("\n");
  return version === "" ? null : { version, checkedBy: checkedBy === "" ? null : checkedBy };
}

/** Remembers it: the next start may publish another in its place. */
export function notePublished(state: string, { version, checkedBy }: Published): void {
  mkdirSync(state, { recursive: true });
  writeFileSync(join(state, NOTE), `${version}\n${checkedBy ?? ""}`);
}

/** Names the code of the hub that checks playbooks and keeps them: another might find more, and keep it in another form. */
export function keeperOf({ deployment }: Pick<LocalCloud, "deployment">): string | null {
  const keeper = deployment.functions.find(({ label }) => label === KEEPER);
  if (keeper === undefined) return null;
  return createHash("sha256")
    .update(readFileSync(new URL(keeper.handlerFile)))
    .digest("hex");
}
