/*
 * What of a browser's page the client uses, each thing only where it is there: apps have no document, private windows no storage,
 * servers neither.
 */

interface Storage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}
interface Surroundings {
  readonly document?: { readonly title: string; readonly referrer: string; readonly visibilityState: string };
  readonly location?: { readonly origin: string; readonly pathname: string };
  readonly navigator?: { readonly language?: string; sendBeacon?(url: string, body: string): boolean };
  readonly localStorage?: Storage;
  addEventListener?(type: string, listener: () => void, options: { readonly capture: boolean }): void;
}

const here = globalThis as unknown as Surroundings;

/** What is kept under a key from one page to the next, or null. */
export const readKept = (key: string): string | null => {
  try {
    return here.localStorage?.getItem(key) ?? null;
  } catch {
    return null;
  }
};

/** Keeps a text for the pages after this one, where the browser lets it. */
export const keep = (key: string, value: string): void => {
  try {
    here.localStorage?.setItem(key, value);
  } catch {
    // Storage is full or forbidden: the visitor is known for as long as this page lives.
  }
};

/** An address without its query: that may hold what is nobody's business. */
const bare = (address: string): string => address.replace(/[?#].*$/, "");

/** The page that is looked at, in the members that Segment's `page` has; undefined where there is none. */
export const pageHere = (): Readonly<Record<string, string>> | undefined => {
  const { location, document } = here;
  if (location === undefined || document === undefined) return undefined;
  return {
    path: location.pathname,
    url: location.origin + location.pathname,
    title: document.title,
    referrer: bare(document.referrer),
  };
};

/** What an event says of the place that it comes from: quiet hours go by the time zone, languages by the locale. */
export const placeHere = (): Readonly<Record<string, unknown>> => ({
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  locale: here.navigator?.language,
  page: pageHere(),
});

/** Calls back when the page is left, or hidden: on a phone that is often the last that it hears. */
export const onLeaving = (leave: () => void): void => {
  here.addEventListener?.("pagehide", leave, { capture: true });
  here.addEventListener?.(
    "visibilitychange",
    () => {
      if (here.document?.visibilityState === "hidden") leave();
    },
    { capture: true },
  );
};

/** Hands a body to the browser, which sends it even when the page is gone. False where the browser does not take it. */
export const sendBeacon = (url: string, body: string): boolean =>
  here.navigator?.sendBeacon?.(url, body) ?? false;
