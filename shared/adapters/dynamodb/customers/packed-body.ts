import { deflateRawSync, inflateRawSync } from "node:zlib";
import { RapportError } from "#kernel/errors.ts";

/** A write is billed by the KB (developer guide, "Capacity unit consumption"); key and version take the rest. */
const PLAIN_BYTES = 900;
/** First byte of what is packed: tells by which words. Other words are another form, beside this one. */
const FORM = 1;

/**
 * What states say over and over, the commonest last: text that the packer may point to, so that names of members cost next
 * to nothing. Never to be changed: what lies in tables is read by it.
 */
const WORDS = Buffer.from(
  [
    '"mergedInto":"cus_","responses":{"clicked|","hours":{"email":{"forgotten":"20","lastSeen":{"buckets":{"',
    '"sample":{"level":0,"last":{"values":["sketch":"all":{"sum":"","since":"20","of":"","all":{"n":1}},"all":{"value":"",',
    '{"trigger":"","timerId":"tmr_","due":"20","eventId":"evt_","eventAt":"20","armedBy":{"id":"","due":"',
    '"status":"bounced"complained"invalid"heardAt":"20"public"proven"standing":"trusted"true,false,null,',
    '{"type":"identify","type":"page","type":"screen","type":"outcome","context":{"phone","deviceToken","whatsapp",',
    '"order_id":"","total":,"currency":"EUR","products":[{"product_id":"","sku":"","name":"","price":,"quantity":1,"category":"","url":"https://',
    '"firstName":{"value":"","lastName":{"value":"","language":"en","city":"","country":"","plan":"","timeZone":"Europe/',
    '"source":"local secret key"write key"server"anonymousId":"","userId":"","receivedAt":"2026-',
    '"eventIds":["evt_"],"history":[{"id":"evt_","kind":"event","customerId":"cus_","at":"2026-',
    '"body":{"type":"track","name":"","properties":{',
    '},"receivedAt":"2026-","depth":0,"standing":"trusted"}}],"cancel":[],"timers":[],"publish":[],"consent":[],"historyGoes":"last"}}}',
    '{"customerId":"cus_","version":1,"createdAt":"2026-","updatedAt":"2026-',
    '"identifiers":[{"type":"userId","value":"","at":"2026-"},{"type":"anonymousId","value":"","at":"2026-',
    '"},{"type":"email","value":"@example.com","at":"2026-"}],"contested":[],"vouchedAt":"2026-","unproven":[],"named":true,',
    '"traits":{"email":{"value":"","at":"2026-","by":"evt_"}},"computed":{"","segments":{"":"2026-',
    '},"addresses":[{"channel":"email","value":"@gmail.com","status":"active","at":"2026-"}],"lastSeen":{},"recent":[',
    '{"id":"evt_","name":"","at":"2026-',
    'T00:00:00.000Z","properties":{"',
    '},"type":"track","depth":0}],"counting":["","],"pending":[],"absorbed":[],"unsent":{"',
  ].join(""),
);

/** A body as it lies in an item: JSON as text; past 1 KB packed, which is a sixth of it. */
export const packBody = (value: unknown): string | Uint8Array => {
  const json = JSON.stringify(value);
  if (Buffer.byteLength(json) <= PLAIN_BYTES) return json;
  return Buffer.concat([Buffer.of(FORM), deflateRawSync(json, { dictionary: WORDS })]);
};

/** What `packBody` wrote as bytes. @throws RapportError where a later release wrote it */
export const unpackBody = (bytes: Uint8Array): unknown => {
  if (bytes[0] !== FORM)
    throw new RapportError("internal", `a profile in form ${bytes[0]}: of a later release`);
  return JSON.parse(inflateRawSync(bytes.subarray(1), { dictionary: WORDS }).toString("utf8"));
};
