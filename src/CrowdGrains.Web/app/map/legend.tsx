import type { Signal } from '@preact/signals';
import { view, type Measure } from '../shell/view';
import { isDark } from '../ui/theme';
import { tierWords, tiers } from '../ui/words';
import { measures, ramp, stepTexts } from './scales';

interface Props { showsHelpers: Signal<boolean>; note: string }

/** What the colours mean, and what they may be changed to. */
export function Legend({ showsHelpers, note }: Props) {
  const measure = view.measure.value;
  const kind = measures[measure];
  const colors = ramp(measure, isDark.value);
  return (
    <div class="legend">
      <label class="spoken" for="measure">Cells coloured by</label>
      <select id="measure" value={measure} onChange={(event) => (view.measure.value = event.currentTarget.value as Measure)}>
        {Object.entries(measures).map(([name, { name: word }]) => <option key={name} value={name}>{word}</option>)}
      </select>
      <p class="small muted">{kind.unit}</p>
      <ol class="ramp">
        {stepTexts(kind).map((text, i) => <li key={text}><i style={{ background: colors[i] }} />{text}</li>)}
      </ol>
      {note && <p class="small" role="status">{note}</p>}
      <details open={window.innerWidth > 900 && window.innerHeight > 800}>
        <summary class="small">Signs</summary>
        <ul class="signs small">
          {tiers.map((tier) => <li key={tier}><i class={`dot ${tier}`} />{tierWords[tier]}</li>)}
          <li><i class="dot hollow" />helper on a job</li>
          <li><i class="sign waiting" />request, waiting</li>
          <li><i class="sign served" />request, under way</li>
          <li><i class="line assigned" />assigned to</li>
          <li><i class="line offered" />offered to</li>
        </ul>
        <label class="check small"><input type="checkbox" checked={showsHelpers.value} onChange={() => (showsHelpers.value = !showsHelpers.value)} /> Helpers</label>
      </details>
    </div>
  );
}
