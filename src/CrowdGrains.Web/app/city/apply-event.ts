import type { CloudEvent, Position, RequestStatus, Rung, Severity, Tier } from '../api/types';
import type { City } from './city';
import { isServed, type HelperRow, type RequestRow } from './rows';

const statuses: Record<string, RequestStatus> = {
  'request.searching': 'searching',
  'request.assigned': 'assigned',
  'request.enRoute': 'enRoute',
  'request.onSite': 'onSite',
  'request.visitUnresolved': 'searching',
  'request.completed': 'completed',
  'request.cancelled': 'cancelled',
  'request.unserved': 'unserved',
  'request.aborted': 'aborted',
};

/** Carries an event over into what the console knows. An event that is older than a row's list is made good by the events after it. */
export function applyEvent(city: City, event: CloudEvent): void {
  if (event.type.startsWith('request.')) {
    applyToRequest(city, event);
  } else if (event.type.startsWith('offer.')) {
    applyOffer(city, event);
  } else {
    applyToHelper(city, event);
  }
}

function applyToRequest(city: City, event: CloudEvent): void {
  const id = idOf(event);
  if (event.type === 'request.submitted') {
    city.keep(submitted(id, event));
    return;
  }
  const row = city.requests.get(id);
  if (!row) {
    return;
  }
  const data = event.data;
  row.rung = (data.rung as Rung | undefined) ?? row.rung;
  const status = isBack(event) ? 'submitted' : statuses[event.type];
  if (status) {
    row.status = status;
    row.since = Date.parse(event.time);
    row.helperId = status === 'submitted' ? null : (data.helperId as string | undefined) ?? (isServed(status) ? row.helperId : null);
    row.etaSeconds = event.type === 'request.assigned' ? (data.etaSeconds as number) : row.etaSeconds;
  }
  if (status && status !== 'searching') {
    row.offers.clear();
  }
  if (event.type === 'request.rated') {
    row.stars = data.stars as number;
  }
  if (typeof data.severity === 'string') {
    row.severity = data.severity as Severity;
  }
  city.touchRequest(row);
}

/** The helper is off the job and somebody else is looked for: by the next event, or for an appointment when its time has come. */
function isBack({ type, data }: CloudEvent): boolean {
  return (type === 'request.withdrawn' && data.helperId !== undefined) || (type === 'request.aborted' && data.final === false);
}

function submitted(id: string, event: CloudEvent): RequestRow {
  const data = event.data;
  const position = data.position as Position;
  return {
    id,
    customerId: data.customerId as string,
    problem: data.problem as string,
    severity: data.severity as Severity,
    status: 'submitted',
    lat: position.lat,
    lng: position.lng,
    channel: data.channel as string,
    description: (data.description as string | undefined) ?? '',
    submittedAt: Date.parse(event.time),
    since: Date.parse(event.time),
    rung: { index: 0, tier: 'friend' },
    helperId: null,
    etaSeconds: null,
    stars: null,
    offers: new Map(),
  };
}

function applyOffer(city: City, event: CloudEvent): void {
  const { offerId, requestId, helperId } = event.data as { offerId: string; requestId: string; helperId: string };
  const helper = city.helpers.get(helperId);
  const row = city.requests.get(requestId);
  const step = event.type.slice('offer.'.length);
  if (row) {
    offerOf(row, step, offerId, helperId, event);
    city.touchRequest(row);
  }
  if (helper) {
    bind(helper, step, requestId);
    city.touchHelper(helperId);
  }
}

function offerOf(row: RequestRow, step: string, offerId: string, helperId: string, event: CloudEvent): void {
  if (step === 'issued') {
    row.offers.set(offerId, helperId);
    if (row.status === 'searching' || row.status === 'submitted') {
      row.status = 'offering';
      row.since = Date.parse(event.time);
    }
  } else if (step !== 'accepted') {
    row.offers.delete(offerId);
    if (row.status === 'offering' && row.offers.size === 0) {
      row.status = 'searching';
    }
  }
}

function bind(helper: HelperRow, step: string, requestId: string): void {
  if (step === 'confirmed') {
    helper.jobs = [...helper.jobs.filter((job) => job !== requestId), requestId];
  } else if (step === 'released') {
    helper.jobs = helper.jobs.filter((job) => job !== requestId);
  }
  if (helper.presence !== 'offline' && helper.presence !== 'onBreak') {
    const isHeld = step === 'issued' || step === 'accepted';
    helper.presence = helper.jobs.length > 0 ? 'assigned' : isHeld ? 'reserved' : 'available';
  }
}

function applyToHelper(city: City, event: CloudEvent): void {
  const id = idOf(event);
  const known = city.helpers.get(id);
  if (event.type === 'helper.registered' || event.type === 'helper.updated') {
    const profile = { name: event.data.name as string, tier: event.data.tier as Tier };
    city.helpers.set(id, { ...(known ?? unseen(id)), ...profile });
  } else if (known && event.type === 'helper.online') {
    known.presence = known.jobs.length > 0 ? 'assigned' : 'available';
    known.stale = false;
  } else if (known && event.type === 'helper.offline') {
    known.presence = event.data.onBreak ? 'onBreak' : 'offline';
  } else if (known && event.type === 'helper.stale') {
    known.stale = true;
  } else {
    return;
  }
  city.touchHelper(id);
}

function unseen(id: string): HelperRow {
  return { id, name: id, tier: 'friend', presence: 'offline', stale: false, lat: null, lng: null, jobs: [] };
}

function idOf(event: CloudEvent): string {
  return event.subject.slice(event.subject.indexOf('/') + 1);
}
