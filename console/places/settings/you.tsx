import { useQuery } from "@tanstack/react-query";
import { meQuery } from "#console/data/session.ts";
import { Asked } from "#console/ui/asked.tsx";
import { Badge } from "#console/ui/badge.tsx";
import { Facts, Section } from "#console/ui/panel.tsx";
import { wordFor } from "#console/words/catalogue.ts";
import { useWords } from "#console/words/language.tsx";
import styles from "./settings.module.css";
import { settingsWords } from "./words.ts";

/** Who is logged in, and what they may do. */
export const You = () => {
  const { words, formats } = useWords(settingsWords);
  const me = useQuery(meQuery);
  return (
    <Asked query={me}>
      {(person) =>
        person && (
          <Section title={person.name}>
            <Facts
              facts={[
                ...(person.roles.length === 0
                  ? [[words.roles, words.noRoles] as const]
                  : person.roles.map(
                      (role, place) =>
                        [
                          place === 0 ? words.roles : "",
                          <span key={role} className={styles.line}>
                            <Badge>{role}</Badge> {wordFor(words.aboutRoles, role)}
                          </span>,
                        ] as const,
                    )),
                [words.may, formats.count(person.calls.length, words.mayCount)],
              ]}
            />
          </Section>
        )
      }
    </Asked>
  );
};
