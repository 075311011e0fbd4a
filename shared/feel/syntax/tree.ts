import type { LRParser } from "@lezer/lr";
import { normalizeSpelling } from "../values/names.ts";
import type { DiagnosticCode } from "./diagnostics.ts";

export type TreeNode = ReturnType<LRParser["parse"]>["topNode"];

/** The tree holds something that cannot be an expression; the parser turns it into a diagnostic. */
export class TreeProblem extends Error {
  readonly code: DiagnosticCode;
  readonly from: number;
  readonly to: number;

  constructor(code: DiagnosticCode, message: string, node: { from: number; to: number }) {
    super(message);
    this.code = code;
    this.from = node.from;
    this.to = node.to;
  }
}

/** Named children, without the grammar's punctuation. */
export function partsOf(node: TreeNode): TreeNode[] {
  const parts: TreeNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (/^[A-Z]|^null$|^\?$/.test(child.name)) parts.push(child);
  }
  return parts;
}

/** The name that a node writes. */
export function nameOf(node: TreeNode, text: string): string {
  return normalizeSpelling(text.slice(node.from, node.to));
}

/** The part, which the grammar promises; a text that still lacks it is refused at its parent's place. */
export function existing(part: TreeNode | undefined, parent: TreeNode): TreeNode {
  if (!part) throw new TreeProblem("syntax", "something is missing here", parent);
  return part;
}
