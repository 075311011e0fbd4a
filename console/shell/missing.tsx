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

/** For a page whose own code failed. */
export const BrokenPage = ({ error }: { readonly error: unknown }) => {
  const { words } = useWords(shellWords);
  return (
    <Page title={words.brokenTitle}>
      <EmptyState title={words.broken}>
        <pre>{error instanceof Error ? error.message : String(error)}</pre>
        <Button onClick={() => location.reload()}>{words.reload}</Button>
      </EmptyState>
    </Page>
  );
};
