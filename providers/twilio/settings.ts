/** Environment variable of the worker: where the API is, without a slash at the end. */
export const API_URL = "TWILIO_API_URL";
/** Environment variable that every worker has: where Twilio calls back. */
export const PUBLIC_URL = "PUBLIC_URL";
