import { Link } from "@tanstack/react-router";
import { Section } from "#console/ui/panel.tsx";
import { useWords } from "#console/words/language.tsx";
import styles from "./draft.module.css";
import { GROUPS, groupOf, titleOf } from "./files.ts";
import type { OpenFile } from "./open-files.ts";
import { playbookWords } from "./words.ts";

type StartProps = { readonly draftId: string; readonly files: ReadonlyMap<string, OpenFile> };

/** Where one begins in a draft: what it has changed so far, and which files say what. */
export const DraftStart = ({ draftId, files }: StartProps) => {
  const { words } = useWords(playbookWords);
  const changed = [...files].filter(([, { text, base }]) => text !== base).map(([path]) => path);
  const paths = [...files.keys()].sort();
  return (
    <>
      {changed.length > 0 && (
        <Section title={words.changedSoFar}>
          <ul>
            {changed.map((path) => (
              <li key={path}>
                <FileLink draftId={draftId} path={path} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={words.chooseFile}>
        <dl className={styles.starts}>
          {GROUPS.map((group) => {
            const [first] = paths.filter((path) => groupOf(path) === group);
            if (first === undefined) return null;
            return (
              <div key={group}>
                <dt>
                  <Link to="/playbook/$draftId" params={{ draftId }} search={{ file: first }}>
                    {words.groups[group]}
                  </Link>
                </dt>
                <dd>{words.starts[group]}</dd>
              </div>
            );
          })}
        </dl>
      </Section>
    </>
  );
};

/** Leads to a file, by the name that people have for it. */
export const FileLink = ({ draftId, path }: { readonly draftId: string; readonly path: string }) => (
  <Link to="/playbook/$draftId" params={{ draftId }} search={{ file: path }} title={path}>
    <bdi>{titleOf(path)}</bdi>
  </Link>
);
