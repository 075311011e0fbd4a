import { equal } from "../operations/equality.ts";
import { compare } from "../operations/order.ts";
import type { Caller } from "../run/caller.ts";
import { ANY, BOOLEAN, type FeelType, listOf, NUMBER } from "../values/types.ts";
import { type FeelFunction, type FeelList, type FeelValue, isList } from "../values/values.ts";
import { type BuiltinFunction, builtin, overloaded } from "./builtin-function.ts";
import { invoke } from "./invoke.ts";
import { overload } from "./signature.ts";

const LIST = listOf(ANY);

type ListCall = (list: FeelList, caller: Caller) => FeelValue | undefined;

function ofList(name: string, result: FeelType, call: ListCall) {
  return builtin(name, result, ["list:list"], (caller, list) => call(list, caller));
}

/** Takes any number of lists, joined to one. */
function ofLists(name: string, call: ListCall) {
  return builtin(name, LIST, ["...list:list"], (caller, ...lists) => call(lists.flat(), caller));
}

/** Functions of lists (DMN 1.5, 10.3.4.4) except those that calculate. */
export function listFunctions(): BuiltinFunction[] {
  return [
    builtin("list contains", BOOLEAN, ["list:list", "element:element"], (caller, list, element) =>
      list.some((item) => equal(item, element, caller) === true),
    ),
    ofList("count", NUMBER, (list) => list.length),
    builtin(
      "sublist",
      LIST,
      ["list:list", "start position:number", "length?:number"],
      (_, list, start, length) => sublist(list, start, length),
    ),
    builtin("append", LIST, ["list:list", "...item:any"], (_, list, ...items) => [...list, ...items]),
    ofLists("concatenate", (list) => list),
    ofLists("union", distinct),
    builtin(
      "insert before",
      LIST,
      ["list:list", "position:number", "newItem:any"],
      (_, list, position, item) => changedAt(list, position, (index) => list.toSpliced(index, 0, item)),
    ),
    builtin("remove", LIST, ["list:list", "position:number"], (_, list, position) =>
      changedAt(list, position, (index) => list.toSpliced(index, 1)),
    ),
    overloaded(
      "list replace",
      LIST,
      overload(["list:list", "position:number", "newItem:any"], (_, list, position, item) =>
        changedAt(list, position, (index) => list.with(index, item)),
      ),
      overload(["list:list", "match:function", "newItem:any"], (caller, list, match, item) =>
        replaceWhere(list, match, item, caller),
      ),
    ),
    ofList("reverse", LIST, (list) => list.toReversed()),
    builtin("index of", listOf(NUMBER), ["list:list", "match:element"], (caller, list, match) =>
      list.flatMap((item, index) => (equal(item, match, caller) === true ? [index + 1] : [])),
    ),
    ofList("distinct values", LIST, distinct),
    ofList("flatten", LIST, flatten),
    overloaded(
      "sort",
      LIST,
      overload(["list:list", "precedes:function"], (caller, list, precedes) =>
        sortBy(list, precedes, caller),
      ),
      overload(["list:list"], (caller, list) => sortNaturally(list, caller)),
    ),
  ];
}

function sublist(list: FeelList, start: number, length: number | undefined): FeelList | undefined {
  if (length === undefined) return changedAt(list, start, (first) => list.slice(first));
  if (length < 0) return undefined;
  return changedAt(list, start, (first) => list.slice(first, first + Math.trunc(length)));
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
function distinct(list: FeelList, caller: Caller): FeelList {
  const seen = new Set<FeelValue>();
  const compared: FeelValue[] = [];
  const kept: FeelValue[] = [];
  for (const item of list) {
    if (seen.has(item)) continue;
    seen.add(item);
    if (typeof item === "object" && item !== null) {
      caller.spend(compared.length);
      if (compared.some((other) => equal(item, other, caller) === true)) continue;
      compared.push(item);
    }
    kept.push(item);
  }
  return kept;
}

function flatten(list: FeelList, caller: Caller): FeelList {
  const flat: FeelValue[] = [];
  const collect = (items: FeelList): void => {
    caller.spend(items.length);
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
  caller: Caller,
): FeelList | null | undefined {
  const replaced: FeelValue[] = [];
  for (const old of list) {
    const verdict = invoke(match, [old, item], undefined, caller);
    if (typeof verdict !== "boolean") return undefined;
    replaced.push(verdict ? item : old);
  }
  return replaced;
}

/** Merge sort: stable, and unlike the engine's own indifferent to an order that contradicts itself. */
function sortBy(list: FeelList, precedes: FeelFunction, caller: Caller): FeelList | undefined {
  if (list.length < 2) return list;
  const middle = list.length >>> 1;
  const left = sortBy(list.slice(0, middle), precedes, caller);
  const right = sortBy(list.slice(middle), precedes, caller);
  if (!left || !right) return undefined;
  const merged: FeelValue[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length && r < right.length) {
    const verdict = invoke(precedes, [right[r] ?? null, left[l] ?? null], undefined, caller);
    if (typeof verdict !== "boolean") return undefined;
    merged.push((verdict ? right[r++] : left[l++]) ?? null);
  }
  return [...merged, ...left.slice(l), ...right.slice(r)];
}

function sortNaturally(list: FeelList, caller: Caller): FeelList | undefined {
  caller.spend(list.length * Math.ceil(Math.log2(list.length + 2)));
  const first = list[0];
  if (first === undefined) return list;
  if (!list.every((item) => compare(first, item, caller) !== null)) return undefined;
  return list.toSorted((left, right) => compare(left, right, caller) ?? 0);
}
