import { ADDRESSES } from "#channels/all.ts";
import type { Render } from "#channels/definition/rendering.ts";
import { shownFacts } from "#domain/customer/shown-facts.ts";
import { findContent, localeOf } from "#domain/message/content.ts";
import { type RenderScope, renderMessage } from "#domain/message/render/render.ts";
import { scopeOf } from "#domain/message/render/scope.ts";
import { renderSlot } from "#domain/message/render/slot.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Action, PlaybookDocument, Treatment } from "#domain/playbook/model/document.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { MessageWarning } from "#domain/records/message.ts";
import { wrongField } from "#kernel/errors.ts";
import type { JsonObject } from "#kernel/json.ts";

export type TreatmentPreview = {
  readonly action: string;
  readonly treatment: string;
  readonly channel: string;
  /** The language it is in, and all that it is written in; none where the playbook writes it in one alone. */
  readonly locale: string;
  readonly locales: readonly string[];
  /** As the channel's providers would take it; of a channel that others show, what they would be given. */
  readonly message: JsonObject;
  /** What it counts for at providers: the parts of a text message. */
  readonly units: number;
  readonly warnings: readonly MessageWarning[];
};

export type PreviewWish = {
  /** A treatment's name, or that of its template. */
  readonly treatment: string;
  readonly channel: string;
  /** Default: the customer's, else the brand's. */
  readonly locale?: string | undefined;
  readonly event?: JsonObject | undefined;
  readonly data?: JsonObject | undefined;
  readonly context?: JsonObject | undefined;
};

/** Whom a preview is for: what templates see of them, and how they are reached. */
export type Reader = {
  readonly facts: RenderScope["customer"];
  readonly addresses: readonly { readonly channel: string; readonly value: string }[];
  readonly locale?: string | undefined;
};

/** A customer as the one whom a preview is for. Null: somebody of whom nothing is known. @param nowMs milliseconds since the epoch */
export const readerOf = (
  record: CustomerRecord | null,
  playbook: CompiledPlaybook,
  nowMs: number,
): Reader => ({
  facts: shownFacts(record, playbook, nowMs),
  addresses: record?.state.addresses ?? [],
  locale: record === null ? undefined : localeOf(record.state),
});

/** Links of a preview lead nowhere: it is nobody's message, and nobody may unsubscribe somebody by it. */
const NOWHERE = "https://preview.invalid";
const LINKS = {
  click: (url: string) => url,
  open: `${NOWHERE}/o`,
  unsubscribe: `${NOWHERE}/u`,
  preferences: `${NOWHERE}/p`,
};

/**
 * Renders a treatment as its channel would send it. Nothing is stored, counted or sent.
 * @param renders the channels' renderings by name
 * @param nowMs milliseconds since the epoch
 * @throws RapportError `invalid_request` where there is no such treatment, `template_failed` naming the text at fault
 */
export function renderTreatment(
  { document: playbook }: Pick<CompiledPlaybook, "document">,
  wish: PreviewWish,
  reader: Reader,
  { renders, nowMs }: { readonly renders: ReadonlyMap<string, Render<object>>; readonly nowMs: number },
): TreatmentPreview {
  const { action, treatment } = treatmentOf(playbook, wish);
  const { channel } = treatment;
  const wanted = { action: action.name, treatment: treatment.name, channel };
  const locale = wish.locale ?? reader.locale;
  const found = findContent(playbook, wanted, locale);
  if (found === null) throw wrongField("treatment", `one with content for ${channel}`, wish.treatment);
  const { event, data = event ?? {}, context = {} } = wish;
  const scope: RenderScope = {
    ...scopeOf({ channel, data, ...(event === undefined ? {} : { event }) }, reader.facts, playbook),
    context: { channel, ...context },
  };
  const locales = Object.keys(playbook.templates[`${treatment.template}/${channel}`] ?? {});
  const shown = { ...wanted, locale: found.locale, locales };
  const now = new Date(nowMs).toISOString();
  const render = renders.get(channel);
  if (render === undefined || playbook.brand.providers[channel] === undefined) {
    const setting = { locale: found.locale, timeZone: playbook.brand.timeZone, now };
    const message = renderSlot({ content: found.content, brand: playbook.brand, scope, setting });
    return { ...shown, message, units: 1, warnings: [] };
  }
  const lane = isOwed(playbook, action) ? "transactional" : "bulk";
  const { message, units, warnings } = renderMessage(render, {
    message: { messageId: "preview", lane, channel },
    ...found,
    addresses: addressesOf(reader, channel),
    brand: playbook.brand,
    scope,
    links: LINKS,
    now,
  });
  return { ...shown, message: { ...message }, units, warnings };
}

const treatmentOf = (
  playbook: PlaybookDocument,
  { treatment: name, channel }: PreviewWish,
): { readonly action: Action; readonly treatment: Treatment } => {
  const all = playbook.actions.flatMap((action) =>
    action.treatments.map((treatment) => ({ action, treatment })),
  );
  const named = all.filter(({ treatment }) => treatment.name === name);
  // Who writes a template knows it by its folder.
  const ofName = named.length > 0 ? named : all.filter(({ treatment }) => treatment.template === name);
  const [first] = ofName;
  if (first === undefined) throw wrongField("treatment", "a treatment of the playbook", "an unknown name");
  const found = ofName.find(({ treatment }) => treatment.channel === channel);
  if (found !== undefined) return found;
  const channels = ofName.map(({ treatment }) => treatment.channel).join(", ");
  throw wrongField("channel", `one of the treatment's: ${channels}`, channel);
};

const isOwed = ({ contactPolicy }: PlaybookDocument, { category }: Action): boolean =>
  contactPolicy.categories.some(({ name, transactional }) => name === category && transactional);

const addressesOf = ({ addresses }: Reader, channel: string): readonly string[] => {
  const own = addresses.filter((address) => address.channel === channel);
  const example = ADDRESSES.get(channel)?.example;
  return own.length > 0 || example === undefined ? own.map(({ value }) => value) : [example];
};
