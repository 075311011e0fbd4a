import { useEffect, useState } from "react";
import { Button } from "#console/ui/button.tsx";
import { Notice } from "#console/ui/notice.tsx";
import { useWords } from "#console/words/language.tsx";
import { shellWords } from "./words.ts";

type VitePreloadErrorEvent = Event & { readonly payload: Error };
declare global {
  interface WindowEventMap {
    "vite:preloadError": VitePreloadErrorEvent;
  }
}

/** A file that is not there any more is a TypeError to browsers, a style sheet an error of Vite's; code that fails is neither. */
const isGone = (error: Error): boolean =>
  error instanceof TypeError || error.message.startsWith("Unable to preload");

/** Says that a part of the console is gone, because a newer one was deployed. It does not load anew by itself: something may be typed. */
export const NewerNotice = () => {
  const { words } = useWords(shellWords);
  const [newer, setNewer] = useState(false);
  useEffect(() => {
    const notice = (event: VitePreloadErrorEvent): void => {
      if (!isGone(event.payload)) return;
      event.preventDefault();
      setNewer(true);
    };
    addEventListener("vite:preloadError", notice);
    return () => removeEventListener("vite:preloadError", notice);
  }, []);
  if (!newer) return null;
  return (
    <Notice title={words.newerTitle} text={words.newer}>
      <Button onClick={() => location.reload()}>{words.reload}</Button>
    </Notice>
  );
};
