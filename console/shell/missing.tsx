import { Link } from "@tanstack/react-router";
import { Button } from "#console/ui/button.tsx";
import { Page } from "#console/ui/page.tsx";
import { EmptyState } from "#console/ui/states.tsx";
import { useWords } from "#console/words/language.tsx";
import { shellWords } from "./words.ts";

/** For an address that leads nowhere. */
export const MissingPage = () => {
  const { words } = useWords(shellWords);
  return (
    <Page title={words.notFoundTitle}>
      <EmptyState title={words.notFound}>
        <Link to="/">{words.goTo(words.places.today)}</Link>
      </EmptyState>
    </Page>
  );
};

/** A file that cannot be had is a TypeError to browsers, a style sheet an error of Vite's; code that fails is neither. */
const isUnloaded = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof Error && error.message.startsWith("Unable to preload"));

/** For a page whose code failed, or did not come: the hub is down, or holds a newer console without the old one's files. */
export const BrokenPage = ({ error }: { readonly error: unknown }) => {
  const { words } = useWords(shellWords);
  const unloaded = isUnloaded(error);
  return (
    <Page title={unloaded ? words.unloadedTitle : words.brokenTitle}>
      <EmptyState title={unloaded ? words.unloaded : words.broken}>
        <pre>{error instanceof Error ? error.message : String(error)}</pre>
        <Button onClick={() => location.reload()}>{words.reload}</Button>
      </EmptyState>
    </Page>
  );
};
