import { useQuery } from "@tanstack/react-query";
import { type Answer, asking } from "#console/data/api.ts";
import { useMay } from "#console/data/session.ts";
import { Badge } from "#console/ui/badge.tsx";
import look from "#console/ui/look.module.css";
import { useWords } from "#console/words/language.tsx";
import styles from "./today.module.css";
import { todayWords } from "./words.ts";

type Provider = Answer<"GET /v1/providers">["items"][number];

/** What the hub counts of providers is of the last minute. */
const AGAIN_MS = 60_000;

const isFailing = ({ health }: Provider): boolean => health === "failing" || health === "open";

/** Providers that fail, and by which reason: what messages are stuck on. Nothing is said where none fails. */
export const FailingProviders = () => {
  const providers = useQuery({
    ...asking("GET /v1/providers"),
    refetchInterval: AGAIN_MS,
    enabled: useMay("listProviders"),
  });
  const failing = providers.data?.items.filter(isFailing) ?? [];
  if (failing.length === 0) return null;
  return (
    <ul className={styles.waiting}>
      {failing.map((one) => (
        <ProviderLine key={`${one.provider} ${one.account} ${one.channel}`} provider={one} />
      ))}
    </ul>
  );
};

const ProviderLine = ({
  provider: { provider, account, channel, health, share, errors },
}: {
  readonly provider: Provider;
}) => {
  const { words, formats } = useWords(todayWords);
  const reasons = Object.entries(errors).toSorted(([, one], [, other]) => other - one);
  return (
    <li>
      <Badge tone={health === "open" ? "bad" : "wait"}>{words.providerHealth[health]}</Badge>{" "}
      {words.providerFails(provider, channel, formats.percent(share))}
      <p className={look.quiet}>
        <code>{account}</code>
        {reasons.length > 0 &&
          ` · ${reasons.map(([reason, count]) => `${reason} ${formats.number(count)}`).join(", ")}`}
      </p>
    </li>
  );
};
