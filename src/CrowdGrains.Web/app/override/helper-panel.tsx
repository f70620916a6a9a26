import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { path } from '../api/http';
import { textOf } from '../api/problem';
import type { Helper } from '../api/types';
import { atMostEvery } from '../live/frames';
import { useConsole } from '../shell/console-state';
import { openHelper, openRequest } from '../shell/view';
import { Panel } from '../ui/panel';
import { meters, presenceWords, share, spoken, tierWords, timeOfDay } from '../ui/words';
import { OffDutyDialog } from './off-duty-dialog';
import { ShareLink } from './share-link';

/** One helper, as the dispatcher sees it. */
export function HelperPanel({ id }: { id: string }) {
  const { api, feed } = useConsole();
  const loaded = useSignal<{ data: Helper; etag: string | null } | null>(null);
  const fault = useSignal('');
  const asksOff = useSignal(false);

  async function load(): Promise<void> {
    try {
      loaded.value = await api.call<Helper>('GET', path`/v1/helpers/${id}`);
      feed.city.seeHelper(loaded.value.data);
      fault.value = '';
    } catch (refused) {
      fault.value = textOf(refused);
    }
  }

  useEffect(() => {
    loaded.value = null;
    void load();
    const again = atMostEvery(400, () => void load());
    return feed.listen((event) => {
      if (event.subject === `helpers/${id}`) {
        again();
      }
    });
  }, [id]);

  const helper = loaded.value?.data;
  return (
    <Panel title={helper?.name ?? id} label={`Helper ${id}`} close={() => openHelper('')}>
      {fault.value && <p class="problem" role="alert">{fault.value}</p>}
      {helper && (
        <>
          <p class="headline" role="status">
            <i class={`dot ${helper.tier}`} aria-hidden="true" />
            <strong>{presenceWords[helper.presence]}</strong>{helper.stale && <span class="tag">silent</span>}
            <code>{id}</code>
          </p>
          <dl class="facts">
            <div><dt>Tier</dt><dd>{tierWords[helper.tier]}{helper.partnerId && ` of ${helper.partnerId}`}</dd></div>
            <div><dt>Skills</dt><dd>{helper.skills.map((skill) => `${spoken(skill.name)} ${skill.level}`).join(' · ')}</dd></div>
            {helper.languages.length > 0 && <div><dt>Speaks</dt><dd>{helper.languages.join(', ')}</dd></div>}
            <div><dt>Goes</dt><dd>up to {meters(helper.radiusMeters)}</dd></div>
            <div><dt>Visits</dt><dd>{helper.visits}, {helper.visits > 0 ? `${share(helper.resolvedVisits / helper.visits)} of them fixed it` : 'none yet'}</dd></div>
            <div><dt>Rated</dt><dd>{helper.stars === null ? 'not yet' : `${helper.stars.toFixed(1)} ★ by ${helper.ratings}`}</dd></div>
            {helper.seenAt && <div><dt>Last seen</dt><dd>{timeOfDay(helper.seenAt)}</dd></div>}
            {helper.jobs.length > 0 && (
              <div><dt>Jobs</dt><dd>{helper.jobs.map((job) => <button key={job} class="link" onClick={() => openRequest(job)}>{job}</button>)}</dd></div>
            )}
          </dl>
          <div class="actions">
            {helper.presence !== 'offline' && <button class="danger" onClick={() => (asksOff.value = true)}>Take off duty</button>}
            <ShareLink page="helper" scope={`helper:${id}`} id={id} />
          </div>
          {asksOff.value && (
            <OffDutyDialog helper={helper} etag={loaded.value!.etag} close={() => {
              asksOff.value = false;
              void load();
            }} />
          )}
        </>
      )}
    </Panel>
  );
}
