import { type FormEvent, useState } from "react";
import type { Journey } from "#client/api.generated.ts";
import { call } from "#console/data/api.ts";
import { Button } from "#console/ui/button.tsx";
import { Dialog, DialogActions } from "#console/ui/dialog.tsx";
import { TextField } from "#console/ui/field.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { useTold } from "./told.ts";
import { journeyWords } from "./words.ts";

type LeadProps = { readonly journey: Journey; readonly onClose: () => void };

/** Leads one customer into a journey. */
export const LeadDialog = ({ open, ...props }: LeadProps & { readonly open: boolean }) => {
  const { words } = useWords(journeyWords);
  const { words: usual } = useWords(everywhere);
  return (
    <Dialog title={words.leadTitle} closeLabel={usual.close} open={open} onClose={props.onClose}>
      <Leading {...props} />
    </Dialog>
  );
};

const Leading = ({ journey: { journey: name }, onClose }: LeadProps) => {
  const { words } = useWords(journeyWords);
  const { words: usual } = useWords(everywhere);
  const [customer, setCustomer] = useState("");
  const [key, setKey] = useState("");
  const told = useTold(words.led, onClose);
  const ref = customer.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ref === "" || told.isPending) return;
    const body = { customer: ref, ...(key.trim() === "" ? {} : { key: key.trim() }) };
    told.mutate(() => call("POST /v1/journeys/{name}/runs", { path: { name }, body }));
  };
  return (
    <form onSubmit={submit}>
      <TextField
        label={words.ref}
        hint={words.leadHint}
        value={customer}
        autoComplete="off"
        spellCheck={false}
        required
        onChange={(event) => setCustomer(event.target.value)}
      />
      <TextField
        label={words.key}
        hint={words.keyHint}
        value={key}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setKey(event.target.value)}
      />
      <DialogActions>
        <Button onClick={onClose}>{usual.cancel}</Button>
        <Button type="submit" look="primary" disabled={told.isPending || ref === ""}>
          {words.lead}
        </Button>
      </DialogActions>
    </form>
  );
};
