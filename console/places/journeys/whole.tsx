import type { Journey } from "#client/api.generated.ts";
import { call } from "#console/data/api.ts";
import { Button } from "#console/ui/button.tsx";
import { Dialog, DialogActions } from "#console/ui/dialog.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { useTold } from "./told.ts";
import { journeyWords } from "./words.ts";

/** Keeps a whole journey still, or lets it go on, once somebody has said yes. */
export const WholeDialog = ({
  journey: { journey, still },
  open,
  onClose,
}: {
  readonly journey: Journey;
  readonly open: boolean;
  readonly onClose: () => void;
}) => {
  const { words } = useWords(journeyWords);
  const { words: usual } = useWords(everywhere);
  const told = useTold(still ? words.resumedAll : words.pausedAll, onClose);
  const turn = (): void =>
    told.mutate(() =>
      call(still ? "POST /v1/journeys/{name}/resume" : "POST /v1/journeys/{name}/pause", {
        path: { name: journey },
      }),
    );
  return (
    <Dialog
      title={still ? words.resumeTitle : words.pauseTitle}
      closeLabel={usual.close}
      open={open}
      onClose={onClose}
    >
      <p>{still ? words.resumeHint : words.pauseHint}</p>
      <DialogActions>
        <Button onClick={onClose}>{usual.cancel}</Button>
        <Button look="primary" disabled={told.isPending} onClick={turn}>
          {still ? words.resumeJourney : words.pauseJourney}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
