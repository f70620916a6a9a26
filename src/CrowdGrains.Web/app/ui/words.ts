import type { Money, OfferStatus, Presence, RequestStatus, Severity, Tier } from '../api/types';

// What the interface calls things, as people say it.

export const statusWords: Record<RequestStatus, string> = {
  submitted: 'Submitted', searching: 'Searching', offering: 'Offered', assigned: 'Assigned', enRoute: 'On the way', onSite: 'On site',
  completed: 'Completed', cancelled: 'Cancelled', unserved: 'Unserved', aborted: 'Aborted',
};

export const severityWords: Record<Severity, string> = { low: 'Low', normal: 'Normal', high: 'High', critical: 'Critical' };
export const severities: readonly Severity[] = ['low', 'normal', 'high', 'critical'];

export const tierWords: Record<Tier, string> = { friend: 'Friend', pro: 'Pro', technician: 'Technician', partner: 'Partner' };
export const tiers: readonly Tier[] = ['friend', 'pro', 'technician', 'partner'];

export const presenceWords: Record<Presence, string> = {
  offline: 'Off duty', available: 'Free', reserved: 'Considering an offer', assigned: 'On a job', onBreak: 'On a break',
};

export const offerWords: Record<OfferStatus, string> = {
  issued: 'Open', accepted: 'Accepted', declined: 'Declined', expired: 'Expired', withdrawn: 'Withdrawn', confirmed: 'Confirmed', released: 'Done',
};

const names: Record<string, string> = { 'tv-setup': 'TV setup', 'wifi-coverage': 'Wi-Fi coverage', tv: 'TV', sms: 'SMS', none: 'Nobody yet' };

/** A word of the interface, such as `router-setup` or `notSkilled`, as text. */
export function spoken(word: string): string {
  const named = names[word];
  if (named) {
    return named;
  }
  const text = word.replace(/[-_]/g, ' ').replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** 0:42, 12:05, 3 h 07, 2 d 4 h. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) {
    return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  }
  return hours > 0 ? `${hours} h ${pad(minutes % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

export function meters(distance: number): string {
  return distance < 1000 ? `${distance} m` : `${(distance / 1000).toFixed(1)} km`;
}

export function money({ amount, currency }: Money): string {
  return `${currency} ${(amount / 100).toFixed(2)}`;
}

export function share(value: number | null | undefined, digits = 0): string {
  return value === null || value === undefined ? '–' : `${(value * 100).toFixed(digits)} %`;
}

export function count(value: number): string {
  return value.toLocaleString('en').replace(/,/g, '\u202f');
}

/** The time of day, by the clock of who looks. */
export function timeOfDay(time: number | string, withSeconds = true): string {
  return new Date(time).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', ...(withSeconds ? { second: '2-digit' } : {}) });
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
