import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import { RapportError } from "#kernel/errors.ts";
import type { Clock } from "#ports/clock.ts";
import type { PlaybookStore, PlaybookVersions } from "#ports/playbook-store.ts";

const POINTER_MS = 5_000;
/** The live version, the one before it, and one that a message from yesterday still names. */
const MAX_KEPT = 3;

/**
 * The process's cache of playbooks: the pointer for at most 5 s, versions as long as they are in use.
 * @param make what a function needs of a version: the whole compiled playbook, or the document alone
 */
export const versionCache = <T>(
  store: Pick<PlaybookStore, "current" | "document">,
  clock: Clock,
  make: (version: string, document: PlaybookDocument) => T,
): PlaybookVersions<T> => {
  const kept = new Map<string, Promise<T>>();
  let pointer: { readonly version: string | null; readonly readAt: number } | undefined;
  let reading: Promise<string | null> | undefined;

  const load = async (version: string): Promise<T> => {
    const text = await store.document(version);
    if (text === null) throw new RapportError("not_found", `there is no playbook ${version}`);
    // Written by our own upload, in the form that the version's hash covers (version.ts).
    const document: PlaybookDocument = JSON.parse(text);
    return make(version, document);
  };

  const get = (version: string): Promise<T> => {
    const known = kept.get(version);
    if (known) {
      // Last used goes last, so that the first is the one to forget.
      kept.delete(version);
      kept.set(version, known);
      return known;
    }
    const loading = load(version);
    kept.set(version, loading);
    loading.catch(() => kept.delete(version));
    for (const oldest of kept.keys()) {
      if (kept.size <= MAX_KEPT) break;
      kept.delete(oldest);
    }
    return loading;
  };

  const readPointer = async (): Promise<string | null> => {
    const readAt = clock.now();
    const version = await store.current();
    pointer = { version, readAt };
    return version;
  };

  const livePointer = async (): Promise<string | null> => {
    const age = pointer ? clock.now() - pointer.readAt : Number.POSITIVE_INFINITY;
    // A clock that was set back (the local cloud's can be) must not make the pointer live for ever.
    if (pointer?.version && age >= 0 && age < POINTER_MS) return pointer.version;
    reading ??= readPointer().finally(() => {
      reading = undefined;
    });
    return reading;
  };

  return {
    current: async () => {
      const version = await livePointer();
      if (version !== null) return get(version);
      throw new RapportError("unavailable", "no playbook is published yet: push one with npx rapport push", {
        retryAfter: 5,
      });
    },
    get,
  };
};
