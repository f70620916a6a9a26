import type { Helper, Presence, Request, RequestStatus, Rung, Severity, Tier } from '../api/types';

/** What the console keeps of a request: enough for the map and the work list. */
export interface RequestRow {
  id: string;
  customerId: string;
  problem: string;
  severity: Severity;
  status: RequestStatus;
  lat: number;
  lng: number;
  channel: string;
  description: string;
  submittedAt: number;

  /** When it took the status it has; as far as known. */
  since: number;
  rung: Rung;
  helperId: string | null;
  etaSeconds: number | null;
  stars: number | null;

  /** Helpers who hold an open offer, by offer. */
  offers: Map<string, string>;
}

export interface HelperRow {
  id: string;
  name: string;
  tier: Tier;
  presence: Presence;
  stale: boolean;
  lat: number | null;
  lng: number | null;
  jobs: string[];
}

const served: readonly RequestStatus[] = ['assigned', 'enRoute', 'onSite'];
const waiting: readonly RequestStatus[] = ['submitted', 'searching', 'offering'];

/** A helper is wanted. */
export const isWaiting = (status: RequestStatus): boolean => waiting.includes(status);

/** A helper is on it. */
export const isServed = (status: RequestStatus): boolean => served.includes(status);

export const isOver = (status: RequestStatus): boolean => !isWaiting(status) && !isServed(status);

export function rowOf(request: Request, known?: RequestRow): RequestRow {
  const submittedAt = Date.parse(request.submittedAt);
  const lastVisit = request.visits[request.visits.length - 1];
  return {
    id: request.id,
    customerId: request.customerId,
    problem: request.problem,
    severity: request.severity,
    status: request.status,
    lat: request.position.lat,
    lng: request.position.lng,
    channel: request.channel,
    description: request.description,
    submittedAt,
    since: known?.status === request.status
      ? known.since
      : Date.parse(request.assignment?.assignedAt ?? lastVisit?.endedAt ?? request.submittedAt),
    rung: request.rung,
    helperId: request.assignment?.helperId ?? (isOver(request.status) ? (lastVisit?.helperId ?? null) : null),
    etaSeconds: request.assignment?.etaSeconds ?? null,
    stars: request.stars,
    offers: known?.offers ?? new Map<string, string>(),
  };
}

export function helperRowOf(helper: Helper): HelperRow {
  return {
    id: helper.id,
    name: helper.name,
    tier: helper.tier,
    presence: helper.presence,
    stale: helper.stale,
    lat: helper.position?.lat ?? null,
    lng: helper.position?.lng ?? null,
    jobs: helper.jobs,
  };
}
