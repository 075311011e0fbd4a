import type { Preview } from "#client/api.generated.ts";
import { useMay } from "#console/data/session.ts";
import { Button } from "#console/ui/button.tsx";
import look from "#console/ui/look.module.css";
import { Section } from "#console/ui/panel.tsx";
import { ProblemState } from "#console/ui/problem.tsx";
import { type Column, Table } from "#console/ui/table.tsx";
import { useWords } from "#console/words/language.tsx";
import styles from "./draft.module.css";
import type { Draft, DraftEditor } from "./editing.ts";
import { movedWords } from "./moved-words.ts";
import { versionToTry } from "./simulation.ts";
import { isUnderWay, useVersionPreview, type VersionPreview } from "./version-preview.ts";

/** What a draft does to those who are inside of journeys, for whoever asks before it is published. */
export const Moved = ({ draft, editor }: { readonly draft: Draft; readonly editor: DraftEditor }) => {
  const { words } = useWords(movedWords);
  const may = useMay("beginPreview");
  const preview = useVersionPreview(draft.draftId, () => versionToTry(draft.draftId, editor));
  if (!may) return null;
  return (
    <Section
      title={words.title}
      aside={
        <Button disabled={preview.isRunning} onClick={preview.start}>
          {preview.isRunning ? words.looking : words.look}
        </Button>
      }
    >
      <p className={look.small}>{words.hint}</p>
      <MovedPeople preview={preview} />
    </Section>
  );
};

/** How far a preview is, and what it found. */
export const MovedPeople = ({
  preview: { error, found },
}: {
  readonly preview: Pick<VersionPreview, "error" | "found">;
}) => {
  const { words, formats } = useWords(movedWords);
  return (
    <>
      {error !== null && <ProblemState error={error} />}
      <div role="status">
        {found !== undefined && isUnderWay(found) && (
          <p className={look.small}>
            {words.seen(formats.number(found.done), formats.number(Math.max(found.done, found.total)))}
          </p>
        )}
        {found?.status === "done" && <Found preview={found} />}
      </div>
      {(found?.status === "failed" || found?.status === "cancelled") && (
        <p className={look.wrong} role="alert">
          {words.failed} {found.reason}
        </p>
      )}
    </>
  );
};

type Step = Preview["journeys"][number];
type Fate = "stay" | "move" | "exit" | "dueNow";
const FATES: readonly Fate[] = ["stay", "move", "exit", "dueNow"];

/** All steps together, to stand below them. */
const sumOf = (steps: readonly Step[], step: string): Step => {
  const all = (fate: Fate): number => steps.reduce((sum, one) => sum + one[fate], 0);
  return {
    journey: "",
    step,
    stay: all("stay"),
    move: all("move"),
    exit: all("exit"),
    dueNow: all("dueNow"),
  };
};

const Found = ({ preview }: { readonly preview: Preview }) => {
  const { words, formats } = useWords(movedWords);
  const { journeys, messagesFirstHour, removed } = preview;
  const others = preview.segments.filter(({ now, then }) => now !== then);
  return (
    <div className={styles.result}>
      {journeys.length === 0 ? (
        <p>{words.nobody}</p>
      ) : (
        <Table
          caption={words.list}
          rows={[...journeys, sumOf(journeys, words.all)]}
          rowKey={({ journey, step }) => `${journey}/${step}`}
          columns={[
            {
              name: "step",
              head: words.step,
              cell: ({ journey, step }) =>
                journey === "" ? (
                  step
                ) : (
                  <code>
                    {journey}/{step}
                  </code>
                ),
            },
            ...FATES.map(
              (fate): Column<Step> => ({
                name: fate,
                head: words[fate],
                figure: true,
                cell: (step) => formats.number(step[fate]),
              }),
            ),
          ]}
        />
      )}
      <p>{formats.count(messagesFirstHour, words.messages)}</p>
      {others.length > 0 && (
        <Table
          caption={words.segments}
          rows={others}
          rowKey={({ name }) => name}
          columns={[
            { name: "segment", head: words.segment, cell: ({ name }) => <code>{name}</code> },
            { name: "now", head: words.now, figure: true, cell: ({ now }) => formats.number(now) },
            { name: "then", head: words.afterwards, figure: true, cell: ({ then }) => formats.number(then) },
          ]}
        />
      )}
      {removed.length > 0 && (
        <p>
          {words.removed}: {formats.list(removed)}
        </p>
      )}
    </div>
  );
};
