import type { Profile } from "#client/api.generated.ts";
import { Badge } from "#console/ui/badge.tsx";
import { Id } from "#console/ui/id.tsx";
import look from "#console/ui/look.module.css";
import { Facts, Section } from "#console/ui/panel.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { ConsentSection } from "./consent.tsx";
import styles from "./customer.module.css";
import { customerWords } from "./words.ts";

/** A trait as people read it; what is no plain value as JSON. */
const valueInWords = (value: unknown, yes: string, no: string): string => {
  if (value === null) return "–";
  if (typeof value === "boolean") return value ? yes : no;
  return typeof value === "string" ? value : JSON.stringify(value);
};

/** What is known of a customer. */
export const ProfileFacts = ({ profile }: { readonly profile: Profile }) => {
  const { words, formats } = useWords(customerWords);
  const { words: usual } = useWords(everywhere);
  const shown = (value: unknown): string =>
    typeof value === "number" ? formats.number(value) : valueInWords(value, usual.yes, usual.no);
  const traits = Object.entries(profile.traits).map(
    ([name, value]) => [name, <bdi key={name}>{shown(value)}</bdi>] as const,
  );
  const computed = Object.entries(profile.computed).map(([name, value]) => {
    const remarks = [
      ...(profile.approximate.includes(name) ? [words.estimated] : []),
      ...(profile.computedSince[name] === undefined
        ? []
        : [`${words.since} ${formats.date(profile.computedSince[name])}`]),
    ];
    return [name, remarks.length === 0 ? shown(value) : `${shown(value)} (${remarks.join(", ")})`] as const;
  });
  return (
    <>
      <Section title={words.traits}>
        {traits.length === 0 ? <p className={look.quiet}>{words.noTraits}</p> : <Facts facts={traits} />}
      </Section>
      <ConsentSection profile={profile} />
      <Section title={words.segments}>
        {profile.segments.length === 0 ? (
          <p className={look.quiet}>{words.noSegments}</p>
        ) : (
          <p className={styles.chips}>
            {profile.segments.map((name) => (
              <Badge key={name}>{name}</Badge>
            ))}
          </p>
        )}
      </Section>
      {computed.length > 0 && (
        <Section title={words.computed}>
          <Facts facts={computed} />
        </Section>
      )}
      <Known profile={profile} />
    </>
  );
};

/** By what the customer is known, and where they can be reached. */
const Known = ({ profile }: { readonly profile: Profile }) => {
  const { words } = useWords(customerWords);
  const { words: usual } = useWords(everywhere);
  const ids = (identifiers: Profile["identifiers"]) =>
    identifiers.map(
      ({ type, value }) =>
        [type, <Id key={`${type}:${value}`} value={value} label={type} copied={usual.copied} />] as const,
    );
  return (
    <>
      <Section title={words.identifiers}>
        <Facts
          facts={[
            [
              words.customerId,
              <Id key="own" value={profile.customerId} label={words.customerId} copied={usual.copied} />,
            ],
            ...ids(profile.identifiers),
          ]}
        />
      </Section>
      {profile.contested.length > 0 && (
        <Section title={words.contested}>
          <Facts facts={ids(profile.contested)} />
        </Section>
      )}
      {profile.unproven.length > 0 && (
        <Section title={words.unproven}>
          <Facts facts={ids(profile.unproven)} />
        </Section>
      )}
      {profile.addresses.some(({ status }) => status !== "active") && (
        <Section title={words.addresses}>
          <Facts
            facts={profile.addresses.map(({ channel, value, status }) => [
              channel,
              <span key={value}>
                <bdi>{value}</bdi> {status !== "active" && <Badge tone="bad">{status}</Badge>}
              </span>,
            ])}
          />
        </Section>
      )}
    </>
  );
};
