import { isOver } from '../city/rows';
import { PhonePage } from '../ui/phone-page';
import { spoken, timeOfDay } from '../ui/words';
import { CancelForm } from './cancel-form';
import type { Case } from './case';
import { Progress } from './progress';
import { RateForm } from './rate-form';
import { WhoComes } from './who-comes';

/** A customer's own page: how it stands, who comes and when, and what the customer may do. */
export function CustomerPage({ own }: { own: Case }) {
  const request = own.request.value;
  return (
    <PhonePage title={request ? spoken(request.problem) : 'Your request'}>
      {own.fault.value && <p class="problem" role="alert">{own.fault.value}</p>}
      {own.isLost.value && <p class="problem" role="status">No connection. What you see may be old; trying again.</p>}
      {own.news.value && <p class="problem" role="alert">{own.news.value}</p>}
      {!request && !own.fault.value && <p class="muted">Loading…</p>}
      {request && (
        <>
          <section class="card" aria-label="How it stands" aria-live="polite">
            <Progress request={request} />
            {request.assignment && !isOver(request.status) && <WhoComes request={request} clock={own.clock} />}
          </section>
          {request.status === 'completed' && <RateForm own={own} request={request} />}
          {!isOver(request.status) && <CancelForm own={own} />}
          <p class="small muted">Request {request.id}, asked for at {timeOfDay(request.submittedAt, false)}. This page keeps itself up to date.</p>
        </>
      )}
    </PhonePage>
  );
}
