import type { Handlers } from "#runtime/http/operation.ts";
import type { AudienceDependencies } from "./dependencies.ts";
import { listJobs, showJob, steer } from "./jobs.ts";
import type { operations } from "./operations.ts";
import { beginPreview, showPreview } from "./previews.ts";
import { listMembers, listSegments, showSegment } from "./segments.ts";
import { createSend, listSends, showSend, startSend, steerSend } from "./sends.ts";

/** What answers the calls of operations.ts. */
export const audienceCalls = (deps: AudienceDependencies): Handlers<typeof operations> => ({
  listSegments: (call) => listSegments(deps, call),
  showSegment: (call) => showSegment(deps, call),
  listMembers: (call) => listMembers(deps, call),
  createSend: (call) => createSend(deps, call),
  listSends: (call) => listSends(deps, call),
  showSend: ({ params }) => showSend(deps, params.id),
  startSend: ({ params }) => startSend(deps, params.id),
  pauseSend: ({ params }) => steerSend(deps, params.id, "pause"),
  resumeSend: ({ params }) => steerSend(deps, params.id, "resume"),
  cancelSend: ({ params }) => steerSend(deps, params.id, "cancel"),
  beginPreview: ({ params }) => beginPreview(deps, params.version),
  showPreview: ({ params }) => showPreview(deps, params.id),
  listJobs: (call) => listJobs(deps, call),
  showJob: ({ params }) => showJob(deps, params.id),
  pauseJob: (call) => steer(deps, call, "pause"),
  resumeJob: (call) => steer(deps, call, "resume"),
  cancelJob: (call) => steer(deps, call, "cancel"),
});
