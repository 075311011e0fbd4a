import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useLocation, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import type { Profile } from "#client/api.generated.ts";
import { profileQuery, titleOf } from "#console/data/profile.ts";
import { Button } from "#console/ui/button.tsx";
import { TextField } from "#console/ui/field.tsx";
import { Page } from "#console/ui/page.tsx";
import { Section } from "#console/ui/panel.tsx";
import { ProblemState } from "#console/ui/problem.tsx";
import { EmptyState } from "#console/ui/states.tsx";
import { useWords } from "#console/words/language.tsx";
import { findCustomers } from "./data.ts";
import styles from "./find.module.css";
import { recentlySeen } from "./recent.ts";
import { refsFor } from "./refs.ts";
import { customerWords } from "./words.ts";

/** Looks for a customer by any identifier. What is typed never gets into the address: browsers keep those. */
export const FindCustomer = () => {
  const { words } = useWords(customerWords);
  const navigate = useNavigate();
  const asked = useLocation({ select: ({ state }) => state.find }) ?? "";
  const [typed, setTyped] = useState(asked);
  const search = useMutation({
    mutationFn: findCustomers,
    onSuccess: (found) => {
      const [only] = found;
      if (only !== undefined && found.length === 1)
        void navigate({ to: "/customers/$customerId", params: { customerId: only.customerId } });
    },
  });
  const { mutate } = search;
  useEffect(() => {
    setTyped(asked);
    if (asked !== "") mutate(refsFor(asked));
  }, [asked, mutate]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typed.trim() !== "") mutate(refsFor(typed));
  };
  return (
    <Page title={words.title}>
      <form className={styles.form} onSubmit={submit}>
        <TextField
          label={words.find}
          hint={words.findHint}
          className={styles.input}
          type="search"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoFocus
        />
        <Button type="submit" look="primary" disabled={search.isPending}>
          {words.findButton}
        </Button>
      </form>
      {search.isError && <ProblemState error={search.error} retry={() => mutate(refsFor(typed))} />}
      {search.data !== undefined && <Found found={search.data} tried={search.variables ?? []} />}
      <Recent />
    </Page>
  );
};

const Found = ({
  found,
  tried,
}: {
  readonly found: readonly Profile[];
  readonly tried: readonly string[];
}) => {
  const { words } = useWords(customerWords);
  if (found.length === 0)
    return (
      <div role="status">
        <EmptyState title={words.nobodyTitle}>
          <p>{words.nobody}</p>
          <p>
            <code>{tried.join(", ")}</code>
          </p>
        </EmptyState>
      </div>
    );
  return (
    <Section title={words.several}>
      <div className={styles.people}>
        {found.map((profile) => (
          <PersonLine key={profile.customerId} profile={profile} />
        ))}
      </div>
    </Section>
  );
};

const PersonLine = ({ profile }: { readonly profile: Profile }) => (
  <Link to="/customers/$customerId" params={{ customerId: profile.customerId }} className={styles.person}>
    <bdi>{titleOf(profile)}</bdi>
    <span>{profile.identifiers.map(({ type }) => type).join(", ")}</span>
  </Link>
);

const Recent = () => {
  const { words } = useWords(customerWords);
  const seen = recentlySeen();
  if (seen.length === 0) return null;
  return (
    <Section title={words.recent}>
      <div className={styles.people}>
        {seen.map((customerId) => (
          <RecentLine key={customerId} customerId={customerId} />
        ))}
      </div>
    </Section>
  );
};

const RecentLine = ({ customerId }: { readonly customerId: string }) => {
  const { data } = useQuery(profileQuery(customerId));
  return data === undefined ? null : <PersonLine profile={data} />;
};
