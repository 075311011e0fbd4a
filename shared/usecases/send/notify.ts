import { listensToSent } from "#domain/outcome/listens-to.ts";
import { outcomeEvent } from "#domain/outcome/outcome-event.ts";
import type { Message } from "#domain/records/message.ts";
import type { SendDependencies } from "./dependencies.ts";

const iso = (time: number): string => new Date(time).toISOString();

/** `message.sent` becomes an event only when the playbook names it: most do not, and every mail would cost two more writes. */
export async function notifySent<M>(deps: SendDependencies<M>, message: Message): Promise<void> {
  if (!listensToSent(await deps.playbook(message.playbook), message)) return;
  const at = iso(deps.clock.now());
  await deps.inbox.send([outcomeEvent({ message, name: "message.sent", at, receivedAt: at })]);
}

/** Addresses that the provider will never reach: the profile learns it, so that nothing more is decided for them. */
export async function notifyBadAddresses<M>(
  deps: SendDependencies<M>,
  message: Message,
  addresses: readonly string[],
): Promise<void> {
  if (addresses.length === 0) return;
  const at = iso(deps.clock.now());
  await deps.inbox.send(
    addresses.map((address) =>
      outcomeEvent({
        message,
        name: "message.bounced",
        at,
        receivedAt: at,
        occurrence: address,
        properties: { address, bounceType: "Permanent" },
      }),
    ),
  );
}
