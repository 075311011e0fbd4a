/** Environment variable of the worker: where the Graph API is, with its version, without a slash at the end. */
export const API_URL = "WHATSAPP_CLOUD_API_URL";
