import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { Button } from "#console/ui/button.tsx";
import { TextField } from "#console/ui/field.tsx";
import look from "#console/ui/look.module.css";
import { Loading } from "#console/ui/states.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import type { Finding } from "./data.ts";
import styles from "./draft.module.css";
import { GROUPS, type Group, groupOf, titleOf } from "./files.ts";
import type { OpenFile } from "./open-files.ts";
import { playbookWords } from "./words.ts";

type FileListProps = {
  readonly draftId: string;
  readonly files: ReadonlyMap<string, OpenFile>;
  readonly chosen: string | undefined;
  readonly findings: readonly Finding[];
  readonly children: ReactNode;
};

/** The files of a draft, as people call them; what was changed and what is wrong is marked. */
export const FileList = ({ draftId, files, chosen, findings, children }: FileListProps) => {
  const { words } = useWords(playbookWords);
  const { words: usual } = useWords(everywhere);
  const [filter, setFilter] = useState("");
  // On a phone the list gives way to what was chosen from it, and to where one begins.
  const [openAt, setOpenAt] = useState<string | null>(null);
  const isOpen = openAt === (chosen ?? "");
  const wrong = new Set(findings.filter(({ severity }) => severity === "error").map(({ file }) => file));
  const wanted = [...files.keys()]
    .sort()
    .filter((path) => path.toLowerCase().includes(filter.trim().toLowerCase()));
  const inGroup = (group: Group): readonly string[] => wanted.filter((path) => groupOf(path) === group);
  return (
    <nav className={styles.list} aria-label={words.files} data-open={isOpen}>
      <Button
        className={styles.fold}
        aria-expanded={isOpen}
        onClick={() => setOpenAt(isOpen ? null : (chosen ?? ""))}
      >
        {words.files}
      </Button>
      <TextField
        label={words.filterFiles}
        type="search"
        value={filter}
        autoComplete="off"
        onChange={(event) => setFilter(event.target.value)}
      />
      {files.size === 0 && <Loading label={usual.loading} />}
      {GROUPS.filter((group) => inGroup(group).length > 0).map((group) => (
        <section key={group} aria-label={words.groups[group]}>
          <h2>{words.groups[group]}</h2>
          <ul>
            {inGroup(group).map((path) => (
              <li key={path}>
                <Link
                  to="/playbook/$draftId"
                  params={{ draftId }}
                  search={{ file: path }}
                  className={styles.file}
                  aria-current={path === chosen ? "page" : undefined}
                  title={path}
                >
                  <bdi>{titleOf(path)}</bdi>
                  <Marks file={files.get(path)} isWrong={wrong.has(path)} />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {children}
    </nav>
  );
};

const Marks = ({ file, isWrong }: { readonly file: OpenFile | undefined; readonly isWrong: boolean }) => {
  const { words } = useWords(playbookWords);
  const isChanged = file !== undefined && file.text !== file.base;
  return (
    <span className={styles.marks}>
      {isChanged && (
        <span title={words.changedMark}>
          ●<span className="unseen">{words.changedMark}</span>
        </span>
      )}
      {isWrong && (
        <span title={words.wrongMark} className={look.wrong}>
          ✕<span className="unseen">{words.wrongMark}</span>
        </span>
      )}
    </span>
  );
};
