import { type FormEvent, useState } from "react";
import type { Journey, Run } from "#client/api.generated.ts";
import { call } from "#console/data/api.ts";
import { Button } from "#console/ui/button.tsx";
import { Dialog, DialogActions } from "#console/ui/dialog.tsx";
import { Select } from "#console/ui/field.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { STOP } from "./flow.ts";
import { useTold } from "./told.ts";
import { journeyWords } from "./words.ts";

type DialogProps = {
  readonly journey: Journey;
  /** Null: the dialog is closed. */
  readonly run: Run | null;
  readonly onClose: () => void;
};

/** Asks before a run is ended: that is not taken back. */
export const CancelDialog = ({ journey, run, onClose }: DialogProps) => {
  const { words } = useWords(journeyWords);
  const { words: usual } = useWords(everywhere);
  const told = useTold(words.told, onClose);
  return (
    <Dialog title={words.cancelTitle} closeLabel={usual.close} open={run !== null} onClose={onClose}>
      <p>{words.cancelHint}</p>
      <DialogActions>
        <Button onClick={onClose}>{usual.cancel}</Button>
        <Button
          look="danger"
          disabled={told.isPending}
          onClick={() =>
            told.mutate(() =>
              call("POST /v1/journeys/{name}/runs/{runId}/cancel", {
                path: { name: journey.journey, runId: run?.runId ?? "" },
              }),
            )
          }
        >
          {words.cancel}
        </Button>
      </DialogActions>
    </Dialog>
  );
};

/** Puts a run at another step, or at its end. */
export const MoveDialog = ({ journey, run, onClose }: DialogProps) => {
  const { words } = useWords(journeyWords);
  const { words: usual } = useWords(everywhere);
  return (
    <Dialog title={words.moveTitle} closeLabel={usual.close} open={run !== null} onClose={onClose}>
      {run !== null && <Moving journey={journey} run={run} onClose={onClose} />}
    </Dialog>
  );
};

const Moving = ({ journey, run, onClose }: DialogProps & { readonly run: Run }) => {
  const { words } = useWords(journeyWords);
  const { words: usual } = useWords(everywhere);
  const others = journey.steps.map(({ step }) => step).filter((step) => step !== run.step);
  const [step, setStep] = useState(others[0] ?? STOP);
  const told = useTold(words.told, onClose);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const path = { name: journey.journey, runId: run.runId };
    told.mutate(() => call("POST /v1/journeys/{name}/runs/{runId}/move", { path, body: { step } }));
  };
  return (
    <form onSubmit={submit}>
      <Select
        label={words.moveTo}
        hint={words.moveHint}
        value={step}
        onChange={(event) => setStep(event.target.value)}
      >
        {others.map((name) => (
          <option key={name}>{name}</option>
        ))}
        <option value={STOP}>{words.stop}</option>
      </Select>
      <DialogActions>
        <Button onClick={onClose}>{usual.cancel}</Button>
        <Button type="submit" look="primary" disabled={told.isPending}>
          {words.move}
        </Button>
      </DialogActions>
    </form>
  );
};
