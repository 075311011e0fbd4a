import { useState } from "react";
import type { Profile } from "#client/api.generated.ts";
import { useMay } from "#console/data/session.ts";
import { Badge, type Tone } from "#console/ui/badge.tsx";
import { Button } from "#console/ui/button.tsx";
import look from "#console/ui/look.module.css";
import { Section } from "#console/ui/panel.tsx";
import { wordFor } from "#console/words/catalogue.ts";
import { useWords } from "#console/words/language.tsx";
import { ConsentDialog, type Told } from "./consent-dialog.tsx";
import { consentWords } from "./consent-words.ts";
import styles from "./customer.module.css";

type Consent = Profile["consent"][number];

const TONES: Readonly<Record<Consent["status"], Tone>> = {
  granted: "good",
  withdrawn: "bad",
  pending: "wait",
};

/** What it is about is chosen in the dialog: first what is likeliest, and never everything unasked. */
const NEW: Told = { channel: "", topic: "", status: "granted" };

/** What a customer has agreed to and what not, and what somebody of the company was told. */
export const ConsentSection = ({ profile }: { readonly profile: Profile }) => {
  const { words } = useWords(consentWords);
  const may = useMay("tellConsent");
  const [told, setTold] = useState<Told | null>(null);
  return (
    <Section
      title={words.consent}
      aside={
        may && (
          <Button look="plain" className={styles.small} onClick={() => setTold(NEW)}>
            {words.record}
          </Button>
        )
      }
    >
      {profile.consent.length === 0 && <p className={look.quiet}>{words.none}</p>}
      <ul className={styles.consent}>
        {profile.consent.map((one) => (
          <ConsentLine key={`${one.channel} ${one.topic} ${one.standing}`} one={one} onTell={setTold} />
        ))}
      </ul>
      <ConsentDialog profile={profile} told={told} onClose={() => setTold(null)} />
    </Section>
  );
};

const ConsentLine = ({ one, onTell }: { readonly one: Consent; readonly onTell: (told: Told) => void }) => {
  const { words, formats } = useWords(consentWords);
  const may = useMay("tellConsent");
  const { channel, topic, status, at, source } = one;
  const other = status === "granted" ? "withdrawn" : "granted";
  return (
    <li>
      <span>
        {channel === "*" ? words.everyChannel : channel}, {topic === "*" ? words.everything : topic}{" "}
        <Badge tone={TONES[status]}>{words[status]}</Badge>
        <br />
        <span className={look.quiet}>
          {formats.date(at)} · {wordFor(words.reasons, source)}
        </span>
      </span>
      {may && (
        <Button
          look="plain"
          className={styles.small}
          aria-label={`${words.turn[other]}: ${channel} ${topic}`}
          onClick={() => onTell({ channel, topic, status: other })}
        >
          {words.turn[other]}
        </Button>
      )}
    </li>
  );
};
