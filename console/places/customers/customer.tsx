import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { Profile } from "#client/api.generated.ts";
import { RapportProblem } from "#client/problem.ts";
import { profileQuery, titleOf } from "#console/data/profile.ts";
import { useMay } from "#console/data/session.ts";
import { Asked } from "#console/ui/asked.tsx";
import { Button } from "#console/ui/button.tsx";
import { Choice } from "#console/ui/choice.tsx";
import { Kbd } from "#console/ui/kbd.tsx";
import { useKeys } from "#console/ui/keys.ts";
import { Page } from "#console/ui/page.tsx";
import { EmptyState } from "#console/ui/states.tsx";
import { useWords } from "#console/words/language.tsx";
import { AskPanel } from "./ask.tsx";
import styles from "./customer.module.css";
import { MessagePanel } from "./message-panel.tsx";
import { ProfileFacts } from "./profile.tsx";
import { noteSeen } from "./recent.ts";
import { Revealable } from "./reveal.tsx";
import { SendDialog } from "./send.tsx";
import { Timeline } from "./timeline.tsx";
import { WhyPanel } from "./why.tsx";
import { customerWords } from "./words.ts";

const route = getRouteApi("/customers/$customerId");

/** One customer: what is known of them, what happened, and why. */
export const Customer = () => {
  const { customerId } = route.useParams();
  const { words } = useWords(customerWords);
  const profile = useQuery(profileQuery(customerId));
  const { error } = profile;
  if (error instanceof RapportProblem && (error.status === 404 || error.status === 400))
    return (
      <Page title={words.title}>
        <EmptyState title={words.goneTitle}>
          <p>{words.gone}</p>
        </EmptyState>
      </Page>
    );
  if (profile.data === undefined)
    return (
      <Page title={words.title}>
        <Asked query={profile}>{() => null}</Asked>
      </Page>
    );
  return <Known profile={profile.data} />;
};

const Known = ({ profile }: { readonly profile: Profile }) => {
  const { words } = useWords(customerWords);
  const { ask } = route.useSearch();
  const navigate = route.useNavigate();
  const [sending, setSending] = useState(false);
  const { customerId } = profile;
  const title = titleOf(profile);
  useEffect(() => noteSeen(customerId), [customerId]);
  const close = (): void => void navigate({ search: {}, replace: true });
  const askNow = (): void => void navigate({ search: { ask: "now" } });
  const mayAsk = useMay("decide");
  const maySend = useMay("requestMessage");
  useKeys({
    Escape: close,
    ...(mayAsk ? { a: askNow } : {}),
    ...(maySend ? { m: () => setSending(true) } : {}),
  });
  return (
    <Page
      title={title}
      aside={
        <>
          {mayAsk && (
            <Button onClick={askNow} aria-pressed={ask !== undefined}>
              {words.ask} <Kbd keys="a" />
            </Button>
          )}
          {maySend && (
            <Button onClick={() => setSending(true)}>
              {words.send} <Kbd keys="m" />
            </Button>
          )}
        </>
      }
    >
      <Columns profile={profile} onClose={close} />
      <SendDialog profile={profile} open={sending} onClose={() => setSending(false)} />
    </Page>
  );
};

const Columns = ({ profile, onClose }: { readonly profile: Profile; readonly onClose: () => void }) => {
  const { words } = useWords(customerWords);
  const search = route.useSearch();
  const [narrow, setNarrow] = useState<"story" | "profile">("story");
  const isOpen = Object.keys(search).length > 0;
  return (
    <div className={styles.layout} data-narrow={narrow} {...(isOpen ? { "data-open": "" } : {})}>
      <div className={styles.narrow}>
        <Choice
          label={words.show}
          value={narrow}
          onChange={setNarrow}
          options={[
            { name: "story", title: words.timeline },
            { name: "profile", title: words.profile },
          ]}
        />
      </div>
      <div className={styles.profile}>
        <Revealable key={profile.customerId} profile={profile}>
          {(shown) => <ProfileFacts profile={shown} />}
        </Revealable>
      </div>
      <div className={styles.story}>
        <Timeline key={profile.customerId} customerId={profile.customerId} />
      </div>
      {isOpen && (
        <aside className={styles.panel} aria-label={words.whyTitle}>
          {search.why !== undefined && (
            <WhyPanel key={search.why} decisionId={search.why} onClose={onClose} />
          )}
          {search.message !== undefined && (
            <MessagePanel key={search.message} messageId={search.message} onClose={onClose} />
          )}
          {search.ask !== undefined && <AskPanel profile={profile} onClose={onClose} />}
        </aside>
      )}
    </div>
  );
};
