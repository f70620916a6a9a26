import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CloudEvent } from '../api/types';
import { applyEvent } from './apply-event';
import { City } from './city';

vi.stubGlobal('window', { setTimeout: () => 0 });

let sequence = 0;
let city: City;

function happen(type: string, subject: string, data: Record<string, unknown>): void {
  const event: CloudEvent = { id: String(++sequence), type, subject, time: new Date(sequence * 1000).toISOString(), data };
  applyEvent(city, event);
}

const request = (type: string, data: Record<string, unknown> = {}): void => happen(`request.${type}`, 'requests/r1', { requestId: 'r1', ...data });
const offer = (type: string, offerId = 'o1', helperId = 'ada'): void => happen(`offer.${type}`, `helpers/${helperId}`, { offerId, requestId: 'r1', helperId });

beforeEach(() => {
  city = new City();
  sequence = 0;
  for (const id of ['ada', 'bob']) {
    city.helpers.set(id, { id, name: id, tier: 'friend', presence: 'available', stale: false, lat: 1, lng: 2, jobs: [] });
  }
  request('submitted', { customerId: 'c', problem: 'router-setup', position: { lat: 1, lng: 2 }, severity: 'normal', channel: 'web' });
  request('searching', { visit: 1, rung: { index: 0, tier: 'friend' } });
});

describe('applyEvent', () => {
  it('takes a request back from its helper by hand', () => {
    request('ordered', { visit: 1, helperId: 'ada', offerId: 'o1' });
    request('assigned', { helperId: 'ada', etaSeconds: 90, rung: { index: 0, tier: 'friend' } });
    request('withdrawn', { visit: 1, helperId: 'ada', from: 'assigned', reason: '', tripPay: { amount: 0, currency: 'CHF' } });
    expect(city.requests.get('r1')).toMatchObject({ status: 'submitted', helperId: null });
    request('searching', { visit: 2, rung: { index: 0, tier: 'friend' } });
    request('withdrawn', { visit: 2, from: 'offering', reason: '', tripPay: { amount: 0, currency: 'CHF' } });
    expect(city.requests.get('r1')?.status).toBe('searching');
  });

  it('follows the severity', () => {
    request('severityChanged', { from: 'normal', severity: 'critical' });
    expect(city.requests.get('r1')).toMatchObject({ status: 'searching', severity: 'critical' });
  });

  it('carries a request from its submission to its rating', () => {
    offer('issued');
    expect(city.requests.get('r1')?.status).toBe('offering');
    offer('accepted');
    request('assigned', { helperId: 'ada', etaSeconds: 90, rung: { index: 0, tier: 'friend' } });
    offer('confirmed');
    expect(city.requests.get('r1')).toMatchObject({ status: 'assigned', helperId: 'ada', etaSeconds: 90 });
    request('enRoute', { helperId: 'ada' });
    request('onSite', { helperId: 'ada' });
    request('completed', { helperId: 'ada', resolved: true });
    request('rated', { helperId: 'ada', stars: 5 });
    expect(city.requests.get('r1')).toMatchObject({ status: 'completed', helperId: 'ada', stars: 5 });
  });

  it('searches again once the last open offer is gone', () => {
    offer('issued', 'o1', 'ada');
    offer('issued', 'o2', 'bob');
    offer('declined', 'o1', 'ada');
    expect(city.requests.get('r1')?.status).toBe('offering');
    offer('expired', 'o2', 'bob');
    expect(city.requests.get('r1')).toMatchObject({ status: 'searching', offers: new Map() });
  });

  it('knows what its helpers are bound to', () => {
    offer('issued');
    expect(city.helpers.get('ada')?.presence).toBe('reserved');
    offer('confirmed');
    expect(city.helpers.get('ada')).toMatchObject({ presence: 'assigned', jobs: ['r1'] });
    offer('released');
    expect(city.helpers.get('ada')).toMatchObject({ presence: 'available', jobs: [] });
  });

  it('leaves who is off duty off duty, whatever becomes of old offers', () => {
    happen('helper.offline', 'helpers/ada', { onBreak: false });
    offer('expired');
    expect(city.helpers.get('ada')?.presence).toBe('offline');
  });

  it('takes what it has never heard of calmly', () => {
    happen('request.enRoute', 'requests/unknown', {});
    happen('helper.stale', 'helpers/unknown', {});
    happen('something.else', 'things/1', {});
    expect(city.requests.size).toBe(1);
  });
});
