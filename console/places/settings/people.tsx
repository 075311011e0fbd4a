import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { meQuery, useMay } from "#console/data/session.ts";
import { Asked } from "#console/ui/asked.tsx";
import { Badge } from "#console/ui/badge.tsx";
import { Button } from "#console/ui/button.tsx";
import { Kbd } from "#console/ui/kbd.tsx";
import { useKeys } from "#console/ui/keys.ts";
import look from "#console/ui/look.module.css";
import { Section } from "#console/ui/panel.tsx";
import { Table } from "#console/ui/table.tsx";
import { useWords } from "#console/words/language.tsx";
import { type Colleague, peopleQuery } from "./data.ts";
import { InviteDialog } from "./invite.tsx";
import { PersonDialog } from "./person.tsx";
import styles from "./settings.module.css";
import { settingsWords } from "./words.ts";

/** Who may log in, with which roles. */
export const People = () => {
  const { words } = useWords(settingsWords);
  const people = useQuery(peopleQuery());
  const mayInvite = useMay("invitePerson");
  const [inviting, setInviting] = useState(false);
  const [changing, setChanging] = useState<Colleague | null>(null);
  useKeys(mayInvite ? { n: () => setInviting(true) } : {});
  return (
    <Section
      title={words.people}
      aside={
        mayInvite && (
          <Button look="primary" onClick={() => setInviting(true)}>
            {words.invite} <Kbd keys="n" />
          </Button>
        )
      }
    >
      <p className={look.quiet}>{words.peopleHint}</p>
      <Asked query={people}>{(items) => <Colleagues people={items} onChange={setChanging} />}</Asked>
      <InviteDialog open={inviting} onClose={() => setInviting(false)} />
      <PersonDialog person={changing} onClose={() => setChanging(null)} />
    </Section>
  );
};

const Colleagues = ({
  people,
  onChange,
}: {
  readonly people: readonly Colleague[];
  readonly onChange: (person: Colleague) => void;
}) => {
  const { words } = useWords(settingsWords);
  const me = useQuery(meQuery);
  const mayChange = useMay("changePerson");
  const seesMail = people.some(({ email }) => email !== undefined);
  return (
    <Table
      cards
      caption={words.people}
      rows={people}
      rowKey={({ personId }) => personId}
      columns={[
        {
          name: "name",
          head: words.name,
          cell: ({ personId, name }) => (
            <span className={styles.line}>
              <bdi>{name}</bdi> {personId === me.data?.personId && <Badge>{words.itIsYou}</Badge>}
            </span>
          ),
        },
        ...(seesMail
          ? [{ name: "email", head: words.email, cell: ({ email }: Colleague) => <bdi>{email}</bdi> }]
          : []),
        {
          name: "roles",
          head: words.roles,
          cell: ({ roles }) => (
            <span className={styles.badges}>
              {roles.length === 0 ? words.noRole : roles.map((role) => <Badge key={role}>{role}</Badge>)}
            </span>
          ),
        },
        { name: "state", head: words.state, cell: (person) => <Standing person={person} /> },
        ...(mayChange
          ? [
              {
                name: "change",
                head: words.change,
                figure: true,
                cell: (person: Colleague) => (
                  <Button
                    className={styles.act}
                    aria-label={`${words.change}: ${person.name}`}
                    onClick={() => onChange(person)}
                  >
                    {words.change}
                  </Button>
                ),
              },
            ]
          : []),
      ]}
    />
  );
};

const Standing = ({ person: { enabled, invited, roles } }: { readonly person: Colleague }) => {
  const { words } = useWords(settingsWords);
  if (!enabled) return <Badge tone="bad">{words.disabled}</Badge>;
  if (invited === true) return <Badge tone="wait">{words.invited}</Badge>;
  return roles.length === 0 ? <Badge tone="wait">{words.waitsForRole}</Badge> : words.active;
};
