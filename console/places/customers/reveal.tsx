import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Profile } from "#client/api.generated.ts";
import { call } from "#console/data/api.ts";
import { meQuery, useMay } from "#console/data/session.ts";
import { Button } from "#console/ui/button.tsx";
import { ProblemState } from "#console/ui/problem.tsx";
import { useWords } from "#console/words/language.tsx";
import styles from "./customer.module.css";
import { customerWords } from "./words.ts";

/**
 * Shows a customer, and those to whom addresses are masked a button that reveals them. What is revealed lives in this page
 * alone: it is asked for, and written down, each time anew.
 */
export const Revealable = ({
  profile,
  children,
}: {
  readonly profile: Profile;
  readonly children: (profile: Profile) => ReactNode;
}) => {
  const { words } = useWords(customerWords);
  const isMasked = useQuery(meQuery).data?.isMasked ?? false;
  const may = useMay("revealProfile");
  const { customerId } = profile;
  const reveal = useMutation({
    mutationFn: () => call("POST /v1/profiles/{ref}/reveal", { path: { ref: customerId } }),
    gcTime: 0,
  });
  const { identifiers, contested, unproven, traits, addresses } = reveal.data ?? profile;
  // What was changed since it was revealed stands as it is now.
  const shown = { ...profile, identifiers, contested, unproven, traits, addresses };
  return (
    <>
      {isMasked && (
        <div className={styles.reveal}>
          {reveal.data === undefined ? (
            <>
              <p>{may ? words.masked : words.maskedForYou}</p>
              {may && (
                <Button disabled={reveal.isPending} onClick={() => reveal.mutate()}>
                  {words.reveal}
                </Button>
              )}
            </>
          ) : (
            <>
              <p role="status">{words.revealed}</p>
              <Button onClick={() => reveal.reset()}>{words.hide}</Button>
            </>
          )}
          {reveal.isError && <ProblemState error={reveal.error} />}
        </div>
      )}
      {children(shown)}
    </>
  );
};
