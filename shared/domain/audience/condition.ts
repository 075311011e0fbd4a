import { BOOLEAN, compile, conformsTo, FeelSyntaxError, type SyntaxTree, treeOf } from "#feel/index.ts";
import { wrongField } from "#kernel/errors.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import { audienceScope } from "./audience.ts";

/**
 * Reads the condition of an audience, with FEEL's grammar.
 * @throws RapportError `invalid_request` for what is no condition over what is known of customers
 */
export const readCondition = (text: string, { document }: Pick<CompiledPlaybook, "document">): SyntaxTree => {
  const scope = audienceScope(document);
  try {
    const { type, diagnostics } = compile(text, scope);
    const unknown = diagnostics.find(
      ({ severity, code }) => severity === "error" || code === "unknown-name" || code === "unknown-entry",
    );
    if (unknown !== undefined) throw wrongField("if", "a condition over customer", unknown.message);
    if (type.kind !== "any" && !conformsTo(type, BOOLEAN))
      throw wrongField("if", "a condition that is true or false", `a value of type ${type.kind}`);
    return treeOf(text, scope);
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error;
    throw wrongField("if", "a condition in FEEL", error.diagnostics[0]?.message ?? "another text", error);
  }
};
