// The resources of the HTTP interface, as far as the pages read them.

export type Tier = 'friend' | 'pro' | 'technician' | 'partner';
export type Severity = 'low' | 'normal' | 'high' | 'critical';
export type Presence = 'offline' | 'available' | 'reserved' | 'assigned' | 'onBreak';
export type RequestStatus =
  | 'submitted' | 'searching' | 'offering' | 'assigned' | 'enRoute' | 'onSite' | 'completed' | 'cancelled' | 'unserved' | 'aborted';
export type OfferStatus = 'issued' | 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'confirmed' | 'released';
export type DeclineReason = 'unspecified' | 'busy' | 'tooFar' | 'notSkilled' | 'notNow' | 'unavailable';

export interface Position { lat: number; lng: number }
export interface Money { amount: number; currency: string }
export interface Skill { name: string; level: number; certified?: boolean | null; certifiedUntil?: string | null }
export interface Rung { index: number; tier: Tier }

export interface Helper {
  id: string;
  name: string;
  tier: Tier;
  skills: Skill[];
  languages: string[];
  radiusMeters: number;
  capacity: number;
  partnerId: string | null;
  presence: Presence;
  stale: boolean;
  until: string | null;
  position: Position | null;
  seenAt: string | null;
  visits: number;
  resolvedVisits: number;
  ratings: number;
  stars: number | null;
  jobs: string[];
}

export interface Assignment {
  helperId: string;
  offerId: string;
  etaSeconds: number;
  assignedAt: string;

  /** Told to the customer's page only. */
  helperFirstName?: string | null;
  helperStars?: number | null;
}

export interface Visit { number: number; helperId: string; offerId: string; assignedAt: string; endedAt: string; outcome: string }

export interface Request {
  id: string;
  customerId: string;
  problem: string;
  skills: Skill[];
  languages: string[];
  position: Position;
  cell: string;
  severity: Severity;
  window: { notBefore?: string | null; deadline?: string | null };
  preferredHelperId: string | null;
  channel: string;
  description: string;
  partnerId: string | null;
  status: RequestStatus;
  submittedAt: string;
  deadline: string | null;
  assignment: Assignment | null;
  rung: Rung;
  visits: Visit[];
  stars: number | null;
}

export interface Offer {
  id: string;
  requestId: string;
  helperId: string;
  status: OfferStatus;
  reason: string | null;
  issuedAt: string;
  expiresAt: string;
  problem: string;
  fee: Money;
  etaSeconds: number;
  place: { cell: string; position?: Position | null };
}

export interface TimelineEntry { sequence: number; at: string; type: string; actor: string; data: Record<string, unknown> }

export interface Score { total: number; fix: number; travel: number; loyalty: number; fairness: number; scarcity: number }
export interface Candidate { helperId: string; distanceMeters: number; etaSeconds: number; score: Score }

export interface Round {
  kind: 'preferred' | 'search' | 'proposal';
  at: string;
  visit: number;
  rung: Rung;
  rings: number;
  cellsAsked: number;
  cellsAnswered: number;
  candidates: Candidate[];
  notAsked: { helperId: string; reason: string }[];
  notAskedCounts: Record<string, number>;
}

export interface Explanation { requestId: string; rounds: Round[] }

export interface CellSummary { cell: string; availableHelpers: number; busyHelpers: number; openRequests: number; medianWaitSeconds: number | null }
export interface CellMap { resolution: number; cells: CellSummary[] }

export interface Quantiles { count: number; mean: number; p50: number; p90: number; p99: number }

export interface KpiFigures {
  requests: number;
  firstVisitResolvedRate: number | null;
  resolvedRate: number | null;
  timeToOffer: Quantiles | null;
  timeToAssign: Quantiles | null;
  timeToArrive: Quantiles | null;
  arrivedWithin60MinRate: number | null;
  unservedRate: number | null;
  cancelledRate: number | null;
  offerAcceptanceRate: number | null;
  offersPerAssignment: number | null;
  travelSecondsPerJob: number | null;
}

export interface KpiReport {
  since: string;
  until: string;
  overall: KpiFigures;
  byProblem: Record<string, KpiFigures>;
  byTier: Record<string, KpiFigures>;
  byChannel: Record<string, KpiFigures>;
  byCell: Record<string, KpiFigures>;
  helperUtilisation: number | null;
  helperUtilisationByTier: Record<string, number | null>;
}

export interface Key { id: string; scope: string; name: string; secret: string | null }

export interface Page<T> { data: T[]; nextCursor: string | null }

/** A CloudEvent of the log; its id is the sequence. */
export interface CloudEvent { id: string; type: string; subject: string; time: string; data: Record<string, unknown> }
