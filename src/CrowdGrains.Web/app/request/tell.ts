import type { Money, Rung, TimelineEntry } from '../api/types';
import { duration, money, spoken, tierWords } from '../ui/words';

interface Data {
  helperId?: string;
  etaSeconds?: number;
  fee?: Money;
  tripPay?: Money;
  reason?: string;
  rung?: Rung;
  stars?: number;
  resolved?: boolean;
  severity?: string;
  from?: string;
}

/** An event of a request, in a sentence. */
export function tell(entry: TimelineEntry): { what: string; more: string } {
  const data = entry.data as Data;
  const helper = data.helperId ?? '';
  switch (entry.type) {
    case 'request.submitted': return { what: 'Submitted', more: data.severity ? `${data.severity} severity` : '' };
    case 'request.searching': return { what: 'Searching', more: data.rung ? `among ${tierWords[data.rung.tier].toLowerCase()}s` : '' };
    case 'offer.issued': return { what: `Offered to ${helper}`, more: [away(data), data.fee && money(data.fee)].filter(Boolean).join(', ') };
    case 'offer.accepted': return { what: `${helper} accepted`, more: '' };
    case 'offer.declined': return { what: `${helper} declined:`, more: reason(data) };
    case 'offer.expired': return { what: `Offer to ${helper} expired`, more: '' };
    case 'offer.withdrawn': return { what: `Offer to ${helper} withdrawn`, more: reason(data) };
    case 'offer.confirmed': return { what: `Job confirmed to ${helper}`, more: '' };
    case 'offer.released': return { what: `${helper} released`, more: reason(data) };
    case 'request.assigned': return { what: `Assigned to ${helper}`, more: away(data) };
    case 'request.ordered': return { what: `${helper} named by hand`, more: '' };
    case 'request.orderFailed': return { what: `${helper} does not get it`, more: reason(data) };
    case 'request.withdrawn': return { what: helper ? `${helper} taken off the job` : 'Offers taken back', more: [reason(data), pay(data.tripPay)].filter(Boolean).join(', ') };
    case 'request.severityChanged': return { what: `Severity changed to ${data.severity ?? ''}`, more: data.from ? `from ${data.from}` : '' };
    case 'request.enRoute': return { what: `${helper} is on the way`, more: '' };
    case 'request.onSite': return { what: `${helper} is on site`, more: '' };
    case 'request.visitUnresolved': return { what: 'Visit ended, not fixed', more: pay(data.fee) };
    case 'request.completed': return { what: data.resolved === false ? 'Completed, not fixed' : 'Completed, fixed', more: pay(data.fee) };
    case 'request.cancelled': return { what: 'Cancelled', more: [reason(data), pay(data.tripPay)].filter(Boolean).join(', ') };
    case 'request.unserved': return { what: 'Unserved', more: 'nobody could be assigned in time' };
    case 'request.aborted': return { what: `${helper} gave up`, more: [reason(data), pay(data.tripPay)].filter(Boolean).join(', ') };
    case 'request.rated': return { what: `Rated ${'★'.repeat(data.stars ?? 0)}`, more: data.resolved ? 'fixed' : 'not fixed' };
    case 'helper.rated': return { what: `${helper} rated`, more: '' };
    default: return { what: spoken(entry.type.replace('.', ' ')), more: reason(data) };
  }
}

function away(data: Data): string {
  return data.etaSeconds === undefined ? '' : `${duration(data.etaSeconds)} away`;
}

const reasons: Record<string, string> = {
  lost: 'another was first', noShow: 'did not come', byHand: 'by hand', helperUnknown: 'nobody is called that', helperOffline: 'off duty', helperFull: 'no time left',
  offerDeclined: 'declined it', offerExpired: 'did not answer', offerLost: 'another was first', offerWithdrawn: 'taken back',
};

function reason(data: Data): string {
  return data.reason ? (reasons[data.reason] ?? spoken(data.reason).toLowerCase()) : '';
}

function pay(amount: Money | undefined): string {
  return amount && amount.amount > 0 ? `pays ${money(amount)}` : '';
}
