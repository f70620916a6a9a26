import { signal, type Signal } from '@preact/signals';
import { isValidCell } from 'h3-js';
import type { Severity } from '../api/types';

export type Screen = 'map' | 'list' | 'figures' | 'shadow';
export type Measure = 'supply' | 'demand' | 'wait' | 'shortage';
export type Group = 'open' | 'waiting' | 'served' | 'over';

/** What is looked at. It stands in the address, so that a view can be kept, sent and gone back to. */
export const view = {
  screen: signal<Screen>('map'),
  measure: signal<Measure>('supply'),
  group: signal<Group>('open'),
  severity: signal<Severity | ''>(''),
  search: signal(''),

  /** An H3 cell: only requests in it. */
  area: signal(''),
  request: signal(''),
  helper: signal(''),

  /** Latitude, longitude and zoom of the map. */
  place: signal(''),
};

type Name = keyof typeof view;

const short: Record<Name, string> = {
  screen: 'screen', measure: 'color', group: 'state', severity: 'severity', search: 'q', area: 'area', request: 'request', helper: 'helper', place: 'at',
};
const initial = Object.fromEntries(names().map((name) => [name, view[name].peek()])) as Record<Name, string>;

/** What an address may ask for, where that is not anything. */
const choices: Partial<Record<Name, readonly string[]>> = {
  screen: ['map', 'list', 'figures', 'shadow'],
  measure: ['supply', 'demand', 'wait', 'shortage'],
  group: ['open', 'waiting', 'served', 'over'],
  severity: ['', 'low', 'normal', 'high', 'critical'],
};

/** What one goes back to with the browser's button; the rest is carried over. */
const steps: readonly Name[] = ['screen', 'request', 'helper'];

export function readView(): void {
  const query = new URLSearchParams(window.location.search);
  for (const name of names()) {
    const given = query.get(short[name]) ?? initial[name];
    (view[name] as Signal<string>).value = choices[name]?.includes(given) === false || (name === 'area' && !isCell(given)) ? initial[name] : given;
  }
}

export function writeView(): void {
  const query = new URLSearchParams();
  for (const name of names()) {
    if (view[name].value !== initial[name]) {
      query.set(short[name], view[name].value);
    }
  }
  const text = query.toString().replace(/%2C/g, ',');
  const address = window.location.pathname + (text && `?${text}`);
  if (address !== window.location.pathname + window.location.search) {
    const before = new URLSearchParams(window.location.search);
    const isStep = steps.some((name) => (before.get(short[name]) ?? initial[name]) !== view[name].value);
    window.history[isStep ? 'pushState' : 'replaceState'](null, '', address);
  }
}

/** Opens a request or helper beside what is shown; the empty string closes it. */
export function openRequest(id: string): void {
  view.request.value = id;
  view.helper.value = '';
}

export function openHelper(id: string): void {
  view.helper.value = id;
  view.request.value = '';
}

/** An address may be typed by anybody: what is no cell would stop the list. */
function isCell(text: string): boolean {
  return text === '' || isValidCell(text);
}

function names(): Name[] {
  return Object.keys(view) as Name[];
}
