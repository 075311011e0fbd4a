/** A node of a syntax tree: its rule's name, where it stands in the text, and the nodes in it. */
export class SyntaxNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly nextSibling: SyntaxNode | null;
  firstChild: SyntaxNode | null = null;
  lastChild: SyntaxNode | null = null;

  constructor(name: string, from: number, to: number, nextSibling: SyntaxNode | null) {
    this.name = name;
    this.from = from;
    this.to = to;
    this.nextSibling = nextSibling;
  }
}

const JOINED = -1;

/**
 * Nodes in a row while a parse goes on: one node (with what is in it as `first`), or two rows joined. Never changed, so
 * that the stacks of an ambiguous text can share it, and joining costs the same however long the rows are.
 */
export interface Nodes {
  readonly term: number;
  readonly from: number;
  readonly to: number;
  readonly first: Nodes | null;
  readonly second: Nodes | null;
}

export function node(term: number, from: number, to: number, content: Nodes | null): Nodes {
  return { term, from, to, first: content, second: null };
}

export function join(first: Nodes | null, second: Nodes | null): Nodes | null {
  if (first === null) return second;
  if (second === null) return first;
  return { term: JOINED, from: first.from, to: second.to, first, second };
}

/** Parts the nodes at the end of a row that reach past `end` from those before them. */
export function partedAt(nodes: Nodes | null, end: number): { before: Nodes | null; after: Nodes | null } {
  if (nodes === null || nodes.to <= end) return { before: nodes, after: null };
  if (nodes.term !== JOINED) return { before: null, after: nodes };
  const { before, after } = partedAt(nodes.second, end);
  if (before !== null) return { before: join(nodes.first, before), after };
  const first = partedAt(nodes.first, end);
  return { before: first.before, after: join(first.after, after) };
}

/** The finished tree, from the right to the left and without recursion: chains of operators are deep. */
export function treeOf(top: Nodes, nameOf: (term: number) => string): SyntaxNode {
  const root = new SyntaxNode(nameOf(top.term), top.from, top.to, null);
  const open: { readonly nodes: Nodes | null; readonly parent: SyntaxNode }[] = [
    { nodes: top.first, parent: root },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { nodes, parent } = next;
    if (nodes === null) continue;
    if (nodes.term === JOINED) {
      open.push({ nodes: nodes.first, parent }, { nodes: nodes.second, parent });
      continue;
    }
    const made = new SyntaxNode(nameOf(nodes.term), nodes.from, nodes.to, parent.firstChild);
    parent.firstChild = made;
    parent.lastChild ??= made;
    open.push({ nodes: nodes.first, parent: made });
  }
  return root;
}
