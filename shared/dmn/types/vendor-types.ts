import { ANY, BOOLEAN, DATE_TIME, type FeelType, listOf, NUMBER, STRING } from "#feel/index.ts";

const VENDOR_TYPES: ReadonlyMap<string, FeelType> = new Map([
  ...["integer", "int", "long", "short", "double", "float", "decimal", "number"].map(
    (name): [string, FeelType] => [name, NUMBER],
  ),
  ["string", STRING],
  ["boolean", BOOLEAN],
  ["datetime", DATE_TIME],
  ["collection", listOf(ANY)],
  ["object", ANY],
]);

/** The type that engines for Java give that name to, in any case; undefined for other names. */
export const vendorType = (name: string): FeelType | undefined => VENDOR_TYPES.get(name.toLowerCase());
