import type { StoredModel } from "#dmn/index.ts";
import type { SyntaxTree } from "#feel/index.ts";

/** All FEEL and DMN of a playbook, parsed at upload: running it needs neither the grammar nor an XML reader. */
export type PlaybookSyntax = {
  /** Version of the stored form; another one cannot be read. */
  readonly form: string;
  /** Key of the rule's setting -> its text -> its tree. */
  readonly rules: Readonly<Record<string, Readonly<Record<string, SyntaxTree>>>>;
  /** File name (`decisions/credit.dmn`) -> the model. */
  readonly decisions: Readonly<Record<string, StoredModel>>;
};
