import { compileTree, type SyntaxTree } from "#feel/index.ts";
import { customerView, environmentAt, feelBrand, feelNow, holds } from "../customer/view.ts";
import type { RuleSetting } from "../playbook/compile/rule-source.ts";
import { scopeTypes } from "../playbook/compile/scope.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { PlaybookDocument } from "../playbook/model/document.ts";
import type { CustomerState } from "../records/customer.ts";

/** Whom something is for: those in a segment, or those that a condition holds for. */
export type Audience =
  | { readonly segment: string }
  /** FEEL, with its syntax tree: whoever walks has no grammar. */
  | { readonly if: string; readonly tree: SyntaxTree };

/** What a condition of an audience may name: `customer` with its segments, `brand`, `now`. */
export const audienceScope = (
  document: Pick<PlaybookDocument, "dataModel" | "segments">,
): RuleSetting["scope"] => scopeTypes(document, { for: "audience" });

/** A test for who belongs to an audience at a moment (milliseconds since the epoch), by a version of the playbook. */
export const belongsTo = (
  audience: Audience,
  playbook: CompiledPlaybook,
): ((state: CustomerState, now: number) => boolean) => {
  if ("segment" in audience)
    return (state, now) => customerView(state, playbook, now)[audience.segment] === true;
  const rule = compileTree(audience.if, audience.tree, audienceScope(playbook.document));
  const brand = feelBrand(playbook);
  return (state, now) => {
    const scope = { customer: customerView(state, playbook, now), brand, now: feelNow(now) };
    return holds(rule, scope, environmentAt(playbook, now));
  };
};
