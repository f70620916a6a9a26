import type { Severity } from '../api/types';
import { severityWords } from './words';

const bars: Record<Severity, number> = { low: 1, normal: 2, high: 3, critical: 4 };

/** As many bars as it is severe: the colour alone would leave some people out. */
export function SeverityMark({ severity }: { severity: Severity }) {
  return (
    <svg class={`severity ${severity}`} width="16" height="16" viewBox="0 0 16 16" role="img" aria-label={`${severityWords[severity]} severity`}>
      {[1, 2, 3, 4].map((bar) => (
        <rect key={bar} x={bar * 4 - 3.5} y={13 - bar * 3} width="3" height={bar * 3 + 1} rx="1" class={bar <= bars[severity] ? 'on' : 'off'} />
      ))}
    </svg>
  );
}
