import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Profile, SegmentCall } from "#client/api.generated.ts";
import { consentEvent, newId } from "#client/event.ts";
import { call } from "#console/data/api.ts";
import { Button } from "#console/ui/button.tsx";
import { Dialog, DialogActions } from "#console/ui/dialog.tsx";
import { ProblemState } from "#console/ui/problem.tsx";
import { toast } from "#console/ui/toast.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { profileQuery } from "./data.ts";
import { customerWords } from "./words.ts";

type Consent = Profile["consent"][number];

/** An event is applied within so long; then the profile shows it. */
const APPLIED_MS = 1_500;

/** How an event names the customer; null where no event could. */
const namedIn = ({
  identifiers,
}: Profile): Pick<SegmentCall, "userId" | "anonymousId" | "context"> | null => {
  const known = (type: string): string | undefined => identifiers.find((one) => one.type === type)?.value;
  const [userId, anonymousId, email, phone] = ["userId", "anonymousId", "email", "phone"].map(known);
  if (userId !== undefined) return { userId };
  if (anonymousId !== undefined) return { anonymousId };
  if (email !== undefined) return { context: { traits: { email } } };
  return phone === undefined ? null : { context: { traits: { phone } } };
};

const withdrawal = (
  who: NonNullable<ReturnType<typeof namedIn>>,
  { channel, topic }: Consent,
): SegmentCall => {
  const { type: _, ...event } = consentEvent({
    channel,
    topic,
    status: "withdrawn",
    kind: "express",
    source: "console",
  });
  return { ...who, ...event, messageId: newId(), timestamp: new Date().toISOString() };
};

/** Takes back what a customer has agreed to, on their word. */
export const WithdrawDialog = ({
  profile,
  consent,
  onClose,
}: {
  readonly profile: Profile;
  /** Null: the dialog is closed. */
  readonly consent: Consent | null;
  readonly onClose: () => void;
}) => {
  const { words } = useWords(customerWords);
  const { words: usual } = useWords(everywhere);
  const queries = useQueryClient();
  const who = namedIn(profile);
  const withdrawing = useMutation({
    mutationFn: (body: SegmentCall) => call("POST /v1/track", { body }),
    onSuccess: () => {
      toast(words.withdrawn2);
      onClose();
      setTimeout(() => void queries.invalidateQueries(profileQuery(profile.customerId)), APPLIED_MS);
    },
  });
  return (
    <Dialog title={words.withdrawTitle} closeLabel={usual.close} open={consent !== null} onClose={onClose}>
      {consent !== null && (
        <>
          <p>
            {words.withdrawText(consent.channel, consent.topic === "" ? words.everything : consent.topic)}
          </p>
          {who === null && <p role="alert">{words.noIdentity}</p>}
          {withdrawing.isError && <ProblemState error={withdrawing.error} />}
          <DialogActions>
            <Button onClick={onClose}>{usual.cancel}</Button>
            <Button
              look="danger"
              disabled={who === null || withdrawing.isPending}
              onClick={() => who !== null && withdrawing.mutate(withdrawal(who, consent))}
            >
              {words.withdrawButton}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
};
