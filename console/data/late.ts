import { useSyncExternalStore } from "react";

/** An answer that takes longer than this is told of. */
const LATE_MS = 4_000;

const late = new Set<object>();
const listeners = new Set<() => void>();
const tell = (): void => {
  for (const listener of listeners) listener();
};

/** Makes a call, and keeps in mind while its answer is late. */
export const watched = async <T>(call: () => Promise<T>): Promise<T> => {
  const own = {};
  const timer = setTimeout(() => {
    late.add(own);
    tell();
  }, LATE_MS);
  try {
    return await call();
  } finally {
    clearTimeout(timer);
    if (late.delete(own)) tell();
  }
};

const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whether an answer is awaited for longer than usual. */
export const useIsLate = (): boolean => useSyncExternalStore(listen, () => late.size > 0);
