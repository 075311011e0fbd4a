import { Link } from "@tanstack/react-router";
import { Badge } from "#console/ui/badge.tsx";
import look from "#console/ui/look.module.css";
import { Section } from "#console/ui/panel.tsx";
import { useWords } from "#console/words/language.tsx";
import type { Finding } from "./data.ts";
import styles from "./draft.module.css";
import { playbookWords } from "./words.ts";

/** Nobody reads more at once. */
const MOST = 50;

/** What is wrong with a draft, errors first; each leads to its file. */
export const Findings = ({
  draftId,
  findings,
}: {
  readonly draftId: string;
  readonly findings: readonly Finding[];
}) => {
  const { words } = useWords(playbookWords);
  return (
    <Section title={words.problems}>
      <div role="status">{findings.length === 0 && <p className={look.small}>{words.noProblems}</p>}</div>
      <ul className={styles.found}>
        {findings.slice(0, MOST).map(({ severity, file, line, column, code, message, expected }) => (
          <li key={`${file}:${line}:${column} ${code} ${message}`}>
            <Badge tone={severity === "error" ? "bad" : "wait"}>{words[severity]}</Badge>
            <div>
              <p>{message}</p>
              {expected !== undefined && (
                <p className={look.small}>
                  {words.expected}: {expected}
                </p>
              )}
              <Link to="/playbook/$draftId" params={{ draftId }} search={{ file }}>
                {file}, {words.line(line)}
              </Link>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
};
