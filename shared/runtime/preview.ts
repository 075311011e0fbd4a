import { RENDERS } from "#channels/all.renders.ts";
import { CHANNELS } from "#channels/all.ts";
import type { TextSize } from "#channels/definition/definition.ts";
import { isApproved } from "#domain/playbook/model/approved.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Treatment } from "#domain/playbook/model/document.ts";
import { HOUR_MS } from "#kernel/time.ts";
import {
  type PreviewWish,
  type Reader,
  readerOf,
  renderTreatment,
  type TreatmentPreview,
} from "#usecases/preview/render-treatment.ts";

/** A customer as the API tells of them. */
export type KnownProfile = {
  readonly customerId: string;
  readonly createdAt: string;
  readonly traits: Readonly<Record<string, unknown>>;
  readonly computed: Readonly<Record<string, unknown>>;
  readonly segments: readonly string[];
  readonly addresses: readonly {
    readonly channel: string;
    readonly value: string;
    readonly status: string;
  }[];
};

/** A message as it would be sent, and what is to be known of it beforehand. */
export type Preview = TreatmentPreview & {
  /** How the networks carry its text, where they count more than messages. */
  readonly size?: TextSize;
  /** For so many hours after the customer's last message it may go out, and never else. */
  readonly onlyForHours?: number;
};

const readerWith = ({ customerId, createdAt, traits, computed, ...profile }: KnownProfile): Reader => {
  const locale = [traits.locale, traits.language].find((one) => typeof one === "string" && one !== "");
  const segments = Object.fromEntries(profile.segments.map((name) => [name, true]));
  return {
    facts: { customerId, createdAt, ...traits, ...computed, ...segments },
    addresses: profile.addresses.filter(({ status }) => status === "active"),
    ...(typeof locale === "string" ? { locale } : {}),
  };
};

/** The treatments of a name, or of a template of that name. */
export const treatmentsCalled = ({ document }: CompiledPlaybook, name: string): readonly Treatment[] => {
  const all = document.actions.flatMap(({ treatments }) => treatments);
  const named = all.filter((one) => one.name === name);
  return named.length > 0 ? named : all.filter(({ template }) => template === name);
};

/**
 * A treatment as its channel would send it, for whoever looks at a playbook that no hub has.
 * @param profile whom it is for; null: somebody of whom nothing is known
 * @param nowMs milliseconds since the epoch
 * @throws RapportError as `renderTreatment` does
 */
export const previewTreatment = (
  playbook: CompiledPlaybook,
  wish: PreviewWish,
  profile: KnownProfile | null,
  nowMs: number,
): Preview => {
  const reader = profile === null ? readerOf(null, playbook, nowMs) : readerWith(profile);
  const preview = renderTreatment(playbook, wish, reader, { renders: RENDERS, nowMs });
  const { channel, message, treatment } = preview;
  const { measure, window } = CHANNELS.get(channel)?.content ?? {};
  const own = treatmentsCalled(playbook, treatment).find((one) => one.channel === channel);
  const isFree = own !== undefined && !isApproved(own, playbook.document);
  return {
    ...preview,
    ...(measure === undefined || typeof message.text !== "string" ? {} : { size: measure(message.text) }),
    ...(window === undefined || !isFree ? {} : { onlyForHours: window.lastsMs / HOUR_MS }),
  };
};
