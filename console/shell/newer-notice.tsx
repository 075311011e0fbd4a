import { useEffect, useState } from "react";
import { Button } from "#console/ui/button.tsx";
import { Notice } from "#console/ui/notice.tsx";
import { useWords } from "#console/words/language.tsx";
import { shellWords } from "./words.ts";

/** Says that a part of the console is gone, because a newer one was deployed. It does not load anew by itself: something may be typed. */
export const NewerNotice = () => {
  const { words } = useWords(shellWords);
  const [newer, setNewer] = useState(false);
  useEffect(() => {
    const notice = (event: Event): void => {
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
