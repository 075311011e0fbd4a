/** Where a version stands in the list of versions: by time, then by name. */
export const listKey = (entry: { readonly createdAt: string; readonly version: string }): string =>
  `${entry.createdAt}#${entry.version}`;

/** The form of a list key. */
export const LIST_KEY = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z#pb_[0-9a-f]{26}$/;
