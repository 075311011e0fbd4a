import { type Document, isAlias, isMap, isNode, isSeq, parseDocument, visit } from "yaml";
import { applySplices } from "#dmn/edit/splice.ts";
import { isSame } from "../merge/merge-yaml.ts";
import { splicesOf } from "./yaml-splices.ts";
import type { YamlEdit, YamlPath } from "./yaml-tree.ts";

/** A YAML file as its values, with what tells where each of them stands. */
export type YamlForm = { readonly document: Document; readonly value: unknown };

/**
 * A YAML file as its values, for a form to show. Null where a form would not show all of it: what cannot be read, what is no
 * map, and what stands in more than one place (`&name`, `*name`), unless `anchors` says that it is only looked at.
 */
export const readYamlForm = (text: string, { anchors = false } = {}): YamlForm | null => {
  const document = parseDocument(text, { logLevel: "silent" });
  if (document.errors.length > 0) return null;
  if (document.contents !== null && !isMap(document.contents)) {
    const isEmpty = isNode(document.contents) && document.toJS() === null;
    if (!isEmpty) return null;
  }
  if (!anchors && hasAnchors(document)) return null;
  try {
    return { document, value: document.toJS({ maxAliasCount: 100 }) ?? {} };
  } catch {
    // More aliases than anybody writes.
    return null;
  }
};

const hasAnchors = (document: Document): boolean => {
  let found = false;
  visit(document, {
    Node: (_, node) => {
      if (!isAlias(node) && node.anchor === undefined) return;
      found = true;
      return visit.BREAK;
    },
  });
  return found;
};

/**
 * Makes an edit in the text of a YAML file. Comments, order and layout of everything else stay; where the least change would
 * not say exactly what is wanted, the file is written anew with its comments. Null where the file cannot be edited so.
 */
export const editYaml = (text: string, edit: YamlEdit): string | null => {
  const form = readYamlForm(text);
  if (form === null) return null;
  const wanted = applied(form.value, edit, edit.path);
  const splices = splicesOf({ text, document: form.document }, edit);
  const least = splices === null ? null : applySplices(text, splices);
  if (least !== null && says(least, wanted)) return least;
  const anew = rewritten(text, edit);
  return anew !== null && says(anew, wanted) ? anew : null;
};

const says = (text: string, wanted: unknown): boolean => {
  const form = readYamlForm(text);
  return form !== null && isSame(form.value, wanted);
};

/** A list with two of its items in each other's places; as it is where one of them is not there. */
const swapped = (items: readonly unknown[], one: number, other: number): readonly unknown[] => {
  const isThere = (at: number): boolean => at >= 0 && at < items.length;
  return isThere(one) && isThere(other) ? items.with(one, items[other]).with(other, items[one]) : items;
};

/** The values with the edit made: whatever is written must say exactly this. */
const applied = (value: unknown, edit: YamlEdit, path: YamlPath): unknown => {
  const [step, ...rest] = path;
  if (step === undefined) return edit.kind === "set" ? edit.value : value;
  const isHere = rest.length === 0;
  if (Array.isArray(value)) {
    const at = Number(step);
    if (isHere && edit.kind === "insert") return value.toSpliced(at, 0, edit.value);
    if (isHere && edit.kind === "remove") return value.toSpliced(at, 1);
    if (isHere && edit.kind === "move") return swapped(value, at, at + edit.by);
    return value.with(at, applied(value[at], edit, rest));
  }
  const members = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const name = String(step);
  if (isHere && edit.kind === "remove") return Object.fromEntries(members.filter(([key]) => key !== name));
  if (isHere && edit.kind === "rename")
    return Object.fromEntries(members.map(([key, own]) => [key === name ? edit.name : key, own]));
  const own = members.find(([key]) => key === name)?.[1];
  return Object.fromEntries([...members.filter(([key]) => key !== name), [name, applied(own, edit, rest)]]);
};

/** The file with the edit made in its tree, and written by the library: it keeps comments and order, and lays out lines anew. */
const rewritten = (text: string, edit: YamlEdit): string | null => {
  const { path } = edit;
  const document = parseDocument(text, { logLevel: "silent" });
  try {
    if (edit.kind === "set") document.setIn(path, document.createNode(edit.value));
    else if (edit.kind === "remove") document.deleteIn(path);
    else if (edit.kind === "move") {
      const list = document.getIn(path.slice(0, -1), true);
      if (!isSeq(list)) return null;
      const at = Number(path.at(-1));
      list.items = [...swapped(list.items, at, at + edit.by)];
    }
    // An entry or a name that comes anew stands in lines: where those cannot be found, nor can this.
    else return null;
    return document.toString({ lineWidth: 0 });
  } catch {
    // A path that leads through a value that is no map.
    return null;
  }
};
