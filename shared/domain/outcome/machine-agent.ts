/**
 * Who fetched an image or a link, as far as its User-Agent says. Apple Mail's privacy protection loads every image
 * under the bare name `Mozilla/5.0`, whether anybody looks or not; scanners and link previews name themselves. A guess:
 * it marks an outcome, and nothing may branch on it alone.
 */
const MACHINES =
  /bot\b|crawl|spider|scan|preview|proxy|monitor|barracuda|mimecast|proofpoint|symantec|safelinks|headlesschrome|python-requests|go-http-client/i;
/** Gmail fetches an image when a person opens the mail, but through its proxy. */
const ON_BEHALF_OF_A_PERSON = /GoogleImageProxy|YahooMailProxy/i;

export const isMachineAgent = (userAgent: string): boolean => {
  const agent = userAgent.trim();
  if (agent === "" || agent === "Mozilla/5.0") return true;
  return !ON_BEHALF_OF_A_PERSON.test(agent) && MACHINES.test(agent);
};
