/**
 * What analytics.js asks of its CDN before it sends anything: which destinations exist. Ours is the one, and it is told
 * to come straight here. It takes host and protocol apart; without a protocol it takes https.
 */
export const settingsFor = (writeKey: string, publicUrl: string) => ({
  integrations: {
    "Segment.io": {
      apiKey: writeKey,
      apiHost: `${publicUrl.replace(/^https?:\/\//, "").replace(/\/$/, "")}/v1`,
      protocol: publicUrl.startsWith("http://") ? "http" : "https",
      addBundledMetadata: true,
      unbundledIntegrations: [],
    },
  },
  plan: { track: { __default: { enabled: true, integrations: {} } } },
  edgeFunction: {},
  analyticsNextEnabled: true,
  middlewareSettings: {},
  enabledMiddleware: {},
  metrics: { sampleRate: 0 },
  legacyVideoPluginsEnabled: false,
  remotePlugins: [],
});
