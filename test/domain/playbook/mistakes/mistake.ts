import { testFiles } from "#test/support/playbook/files.ts";

/** One mistake each: the file that replaces ours, where the finding must point, and words it must say. */
export type Mistake = {
  readonly what: string;
  readonly files: Readonly<Record<string, string | null>>;
  readonly at: `${string}:${number}:${number}`;
  readonly code: string;
  readonly expected?: string;
  readonly severity?: "warning";
};

export const action = (lines: string) => `category: marketing\nplacements: [trigger.welcome]\n${lines}`;
export const MAIL = "treatments: [{ channel: email }]\n";
export const POLICY = testFiles()["contact-policy.yaml"] ?? "";
export const MODEL = testFiles()["data-model.yaml"] ?? "";
export const PLAYBOOK = testFiles()["playbook.yaml"] ?? "";
export const TRIGGERS = testFiles()["triggers.yaml"] ?? "";
