type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };
/** Drops absent members: the document is stored as JSON, where `undefined` does not exist. */
export const withoutAbsent = <T extends object>(value: T): Present<T> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Present<T>;
