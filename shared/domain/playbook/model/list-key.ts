import { wrongField } from "#kernel/errors.ts";

const KEY = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z#pb_[0-9a-f]{26}$/;

/** Where a version stands in the list of versions: by time, then by name. */
export const listKey = (entry: { readonly createdAt: string; readonly version: string }): string =>
  `${entry.createdAt}#${entry.version}`;

/** The last entry of a page, as clients carry it back. */
export const encodeCursor = (entry: { readonly createdAt: string; readonly version: string }): string =>
  Buffer.from(listKey(entry)).toString("base64url");

/** The list key after which the next page begins. Throws `invalid_request` on anything we did not make. */
export const decodeCursor = (cursor: string): string => {
  const key = Buffer.from(cursor, "base64url").toString();
  if (KEY.test(key)) return key;
  throw wrongField("cursor", "a cursor that an answer gave", "another text");
};
