import type { Frame } from "../frame.ts";
import { equal } from "../operations/equality.ts";
import { compare } from "../operations/order.ts";
import { ANY, BOOLEAN, listOf, NUMBER } from "../types.ts";
import { type FeelFunction, type FeelList, type FeelValue, isList } from "../values.ts";
import { invoke } from "./invoke.ts";
import { type BuiltinFunction, builtin, overload } from "./signature.ts";

const LIST = listOf(ANY);

/** Functions of lists (DMN 1.5, 10.3.4.4) except those that calculate. */
export function listFunctions(): BuiltinFunction[] {
  return [
    builtin(
      "list contains",
      BOOLEAN,
      overload(["list:list", "element:element"], (frame, list, element) =>
        list.some((item) => equal(item, element, frame) === true),
      ),
    ),
    builtin(
      "count",
      NUMBER,
      overload(["list:list"], (_, list) => list.length),
    ),
    builtin(
      "sublist",
      LIST,
      overload(["list:list", "start position:number", "length?:number"], (_, list, start, length) => {
        if (length !== undefined && length < 0) return undefined;
        return changedAt(list, start, (first) =>
          list.slice(first, length === undefined ? length : first + Math.trunc(length)),
        );
      }),
    ),
    builtin(
      "append",
      LIST,
      overload(["list:list", "...item:any"], (_, list, ...items) => [...list, ...items]),
    ),
    builtin(
      "concatenate",
      LIST,
      overload(["...list:list"], (_, ...lists) => lists.flat()),
    ),
    builtin(
      "union",
      LIST,
      overload(["...list:list"], (frame, ...lists) => distinct(lists.flat(), frame)),
    ),
    builtin(
      "insert before",
      LIST,
      overload(["list:list", "position:number", "newItem:any"], (_, list, position, item) =>
        changedAt(list, position, (index) => list.toSpliced(index, 0, item)),
      ),
    ),
    builtin(
      "remove",
      LIST,
      overload(["list:list", "position:number"], (_, list, position) =>
        changedAt(list, position, (index) => list.toSpliced(index, 1)),
      ),
    ),
    builtin(
      "list replace",
      LIST,
      overload(["list:list", "position:number", "newItem:any"], (_, list, position, item) =>
        changedAt(list, position, (index) => list.with(index, item)),
      ),
      overload(["list:list", "match:function", "newItem:any"], (frame, list, match, item) =>
        replaceWhere(list, match, item, frame),
      ),
    ),
    builtin(
      "reverse",
      LIST,
      overload(["list:list"], (_, list) => list.toReversed()),
    ),
    builtin(
      "index of",
      listOf(NUMBER),
      overload(["list:list", "match:element"], (frame, list, match) =>
        list.flatMap((item, index) => (equal(item, match, frame) === true ? [index + 1] : [])),
      ),
    ),
    builtin(
      "distinct values",
      LIST,
      overload(["list:list"], (frame, list) => distinct(list, frame)),
    ),
    builtin(
      "flatten",
      LIST,
      overload(["list:list"], (frame, list) => flatten(list, frame)),
    ),
    builtin(
      "sort",
      LIST,
      overload(["list:list", "precedes:function"], (frame, list, precedes) => sortBy(list, precedes, frame)),
      overload(["list:list"], (frame, list) => sortNaturally(list, frame)),
    ),
  ];
}

/** What `change` makes of the list at a position that counts from 1, or from the end if negative. */
function changedAt(
  list: FeelList,
  position: number,
  change: (index: number) => FeelList,
): FeelList | undefined {
  const whole = Math.trunc(position);
  if (whole === 0 || Math.abs(whole) > list.length) return undefined;
  return change(whole > 0 ? whole - 1 : list.length + whole);
}

/** Values that compare by identity are looked up in a set; only the others are compared one by one. */
function distinct(list: FeelList, frame: Frame): FeelList {
  const seen = new Set<FeelValue>();
  const compared: FeelValue[] = [];
  const kept: FeelValue[] = [];
  for (const item of list) {
    if (seen.has(item)) continue;
    seen.add(item);
    if (typeof item === "object" && item !== null) {
      frame.spend(compared.length);
      if (compared.some((other) => equal(item, other, frame) === true)) continue;
      compared.push(item);
    }
    kept.push(item);
  }
  return kept;
}

function flatten(list: FeelList, frame: Frame): FeelList {
  const flat: FeelValue[] = [];
  const collect = (items: FeelList): void => {
    frame.spend(items.length);
    for (const item of items) {
      if (isList(item)) collect(item);
      else flat.push(item);
    }
  };
  collect(list);
  return flat;
}

function replaceWhere(
  list: FeelList,
  match: FeelFunction,
  item: FeelValue,
  frame: Frame,
): FeelList | null | undefined {
  const replaced: FeelValue[] = [];
  for (const old of list) {
    const verdict = invoke(match, [old, item], undefined, frame);
    if (typeof verdict !== "boolean") return undefined;
    replaced.push(verdict ? item : old);
  }
  return replaced;
}

/** Merge sort: stable, and unlike the engine's own indifferent to an order that contradicts itself. */
function sortBy(list: FeelList, precedes: FeelFunction, frame: Frame): FeelList | undefined {
  if (list.length < 2) return list;
  const middle = list.length >>> 1;
  const left = sortBy(list.slice(0, middle), precedes, frame);
  const right = sortBy(list.slice(middle), precedes, frame);
  if (!left || !right) return undefined;
  const merged: FeelValue[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length && r < right.length) {
    const verdict = invoke(precedes, [right[r] ?? null, left[l] ?? null], undefined, frame);
    if (typeof verdict !== "boolean") return undefined;
    merged.push((verdict ? right[r++] : left[l++]) ?? null);
  }
  return [...merged, ...left.slice(l), ...right.slice(r)];
}

function sortNaturally(list: FeelList, frame: Frame): FeelList | undefined {
  frame.spend(list.length * Math.ceil(Math.log2(list.length + 2)));
  const first = list[0];
  if (first === undefined) return list;
  if (!list.every((item) => compare(first, item, frame) !== null)) return undefined;
  return list.toSorted((left, right) => compare(left, right, frame) ?? 0);
}
