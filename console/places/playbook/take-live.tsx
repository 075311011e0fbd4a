import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Calls } from "#client/api.generated.ts";
import { call } from "#console/data/api.ts";
import { useMay } from "#console/data/session.ts";
import { Button } from "#console/ui/button.tsx";
import { Choice } from "#console/ui/choice.tsx";
import { Notice } from "#console/ui/notice.tsx";
import { ProblemState } from "#console/ui/problem.tsx";
import { toast } from "#console/ui/toast.tsx";
import { useWords } from "#console/words/language.tsx";
import { Conflicts } from "./clash.tsx";
import { draftQuery, filesQuery } from "./data.ts";
import styles from "./draft.module.css";
import type { Draft, DraftEditor } from "./editing.ts";
import { reviewWords } from "./review-words.ts";

type Merges = Calls["GET /v1/drafts/{id}/live"]["answer"]["merges"];
type Kept = "yours" | "theirs";

/** Puts a draft upon what went live since; of files that both changed in the same places one says which it is to be. */
export const TakeLive = ({
  draft,
  editor,
  merges,
}: {
  readonly draft: Draft;
  readonly editor: DraftEditor;
  readonly merges: Merges;
}) => {
  const { words } = useWords(reviewWords);
  const queries = useQueryClient();
  const may = useMay("takeLive");
  const { draftId } = draft;
  const clashes = merges.filter(({ conflicts }) => conflicts.length > 0);
  const [kept, setKept] = useState<Readonly<Record<string, Kept>>>({});
  const take = useMutation({
    mutationFn: async () => {
      await editor.flush();
      const resolved = Object.fromEntries(
        clashes.map(({ path, yours, text }) => [path, kept[path] === "yours" ? yours : text]),
      );
      return call("POST /v1/drafts/{id}/take-live", { path: { id: draftId }, body: { resolved } });
    },
    onSuccess: (next) => {
      queries.setQueryData(draftQuery(draftId).queryKey, next);
      void queries.invalidateQueries(filesQuery(draftId));
      toast(words.tookLive);
    },
  });
  return (
    <>
      <Notice title={words.movedTitle} text={clashes.length === 0 ? words.moved : words.clashLive}>
        {may && (
          <Button look="primary" disabled={take.isPending} onClick={() => take.mutate()}>
            {words.takeLive}
          </Button>
        )}
      </Notice>
      {take.isError && <ProblemState error={take.error} />}
      {clashes.map(({ path, conflicts }) => (
        <article key={path} className={styles.diff} aria-label={path}>
          <code>{path}</code>
          <Choice
            label={path}
            value={kept[path] ?? "theirs"}
            onChange={(next) => setKept({ ...kept, [path]: next })}
            options={[
              { name: "theirs", title: words.keepTheirs },
              { name: "yours", title: words.keepYours },
            ]}
          />
          <Conflicts conflicts={conflicts} />
        </article>
      ))}
    </>
  );
};
