import { signal } from '@preact/signals';
import { path, type Api } from '../api/http';
import type { Helper, Position } from '../api/types';

/** A helper that is silent for a minute gets no offers. */
const interval = 20_000;
const patience = 5000;

/** Says where the device is, for as long as the helper is on duty. A device that does not tell says where it was last. */
export class Whereabouts {
  /** The device tells where it is. */
  readonly isKnown = signal(false);
  private here: Position | null = null;

  constructor(private readonly api: Api, private readonly id: string, private readonly helper: () => Helper | null) {}

  start(): void {
    navigator.geolocation?.watchPosition(({ coords }) => {
      this.here = { lat: coords.latitude, lng: coords.longitude };
      this.isKnown.value = true;
    }, () => (this.isKnown.value = false), { enableHighAccuracy: true, maximumAge: 10_000 });
    window.setInterval(() => void this.report(), interval);
  }

  /** Where the device is, or was last; null when nobody knows. */
  find(): Promise<Position | null> {
    const last = this.here ?? this.helper()?.position ?? null;
    if (this.here || !navigator.geolocation) {
      return Promise.resolve(last);
    }
    return new Promise((resolve) => navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: coords.latitude, lng: coords.longitude }), () => resolve(last), { timeout: patience }));
  }

  private async report(): Promise<void> {
    const helper = this.helper();
    const place = this.here ?? helper?.position;
    if (helper && place && helper.presence !== 'offline' && helper.presence !== 'onBreak') {
      await this.api.call('PUT', path`/v1/helpers/${this.id}/position`, { body: place }).catch(() => undefined);
    }
  }
}
