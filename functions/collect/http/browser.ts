/**
 * What analytics.js asks of its CDN before it sends anything: which destinations exist. Ours is the one, and it is told
 * to come straight here, over https as the client itself adds it.
 */
export const settingsFor = (writeKey: string, publicUrl: string): unknown => ({
  integrations: {
    "Segment.io": {
      apiKey: writeKey,
      apiHost: `${publicUrl.replace(/^https?:\/\//, "").replace(/\/$/, "")}/v1`,
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
