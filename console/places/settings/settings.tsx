import { useQuery } from "@tanstack/react-query";
import { meQuery } from "#console/data/session.ts";
import { Asked } from "#console/ui/asked.tsx";
import { Page } from "#console/ui/page.tsx";
import { Facts, Section } from "#console/ui/panel.tsx";
import { useWords } from "#console/words/language.tsx";
import { settingsWords } from "./words.ts";

/** Who may do what in this hub. */
export const Settings = () => {
  const { words, formats } = useWords(settingsWords);
  const me = useQuery(meQuery);
  return (
    <Page title={words.title}>
      <Asked query={me}>
        {(person) =>
          person && (
            <Section title={words.you}>
              <Facts
                facts={[
                  [words.name, person.name],
                  [words.roles, person.roles.length === 0 ? words.noRoles : formats.list(person.roles)],
                  [words.may, formats.count(person.calls.length, words.mayCount)],
                ]}
              />
            </Section>
          )
        }
      </Asked>
    </Page>
  );
};
