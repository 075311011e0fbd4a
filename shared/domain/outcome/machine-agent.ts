/**
 * User-Agents of machines that fetch images and links. Apple Mail's privacy protection loads every image under the bare
 * name `Mozilla/5.0`, whether anybody looks or not; scanners and link previews name themselves.
 */
const MACHINES =
  /bot\b|crawl|spider|scan|preview|proxy|monitor|barracuda|mimecast|proofpoint|symantec|safelinks|headlesschrome|python-requests|go-http-client/i;
/** Gmail fetches an image when a person opens the mail, but through its proxy. */
const ON_BEHALF_OF_A_PERSON = /GoogleImageProxy|YahooMailProxy/i;

/** Whether a machine fetched an image or a link, by its User-Agent. A guess: it marks an outcome, nothing may rest on it alone. */
export const isMachineAgent = (userAgent: string): boolean => {
  const agent = userAgent.trim();
  if (agent === "" || agent === "Mozilla/5.0") return true;
  return !ON_BEHALF_OF_A_PERSON.test(agent) && MACHINES.test(agent);
};
