import { PhonePage } from '../ui/phone-page';
import { presenceWords, tierWords } from '../ui/words';
import type { Duty } from './duty';
import { JobCard } from './job-card';
import { OfferCard } from './offer-card';

/** A helper's own page: on duty or not, what is offered, what is to be done. */
export function HelperPage({ duty }: { duty: Duty }) {
  const helper = duty.helper.value;
  const isOnDuty = helper !== null && helper.presence !== 'offline' && helper.presence !== 'onBreak';
  const connection = duty.stream.connection.value;
  return (
    <PhonePage title={helper?.name ?? 'Your jobs'} aside={helper && <span class={`pill ${isOnDuty ? 'good' : ''}`} role="status">{presenceWords[helper.presence]}</span>}>
      {duty.fault.value && <p class="problem" role="alert">{duty.fault.value}</p>}
      {connection === 'lost' && <p class="problem" role="status">No connection. What you see may be old; trying again.</p>}
      {connection === 'refused' && <p class="problem" role="alert">This link no longer works. Ask for a new one.</p>}
      {duty.news.value && <p class="problem" role="alert">{duty.news.value}</p>}
      {duty.jobs.value.map((job) => <JobCard key={job.request.id} duty={duty} job={job} />)}
      <div class="offers" aria-live="polite">
        {duty.offers.value.map((offer) => <OfferCard key={offer.id} duty={duty} offer={offer} />)}
      </div>
      {helper && (
        <section class="card" aria-label="Duty">
          {isOnDuty && duty.offers.value.length === 0 && duty.jobs.value.length === 0 && <p>You are on duty. Offers appear here; leave this page open.</p>}
          {!isOnDuty && <p>You get no offers now.</p>}
          {helper.stale && isOnDuty && <p class="problem">The server has not heard where you are for a while. Go online again.</p>}
          <div class="row">
            {!isOnDuty || helper.stale
              ? <button class="primary" disabled={duty.isBusy.value} onClick={() => void duty.goOnline()}>Go online</button>
              : <button disabled={duty.isBusy.value} onClick={() => void duty.takeBreak()}>Take a break</button>}
            {helper.presence !== 'offline' && <button disabled={duty.isBusy.value} onClick={() => void duty.goOffline()}>Go offline</button>}
          </div>
          <p class="small muted">
            {tierWords[helper.tier]} · {helper.visits} visits{helper.stars !== null && ` · ${helper.stars.toFixed(1)} ★`}
            {isOnDuty && !duty.whereabouts.isKnown.value && ' · This device does not tell where it is: your last place counts.'}
          </p>
        </section>
      )}
    </PhonePage>
  );
}
