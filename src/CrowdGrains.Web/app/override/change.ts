import type { Helper, Request } from '../api/types';
import { duration, presenceWords, severityWords, statusWords, tierWords } from '../ui/words';

/** What has changed between what the dispatcher saw and what is now, in words; empty when nothing that people see. */
export function changes(before: Request, now: Request): string[] {
  return list([
    ['State', statusWords[before.status], statusWords[now.status]],
    ['Helper', before.assignment?.helperId ?? 'nobody', now.assignment?.helperId ?? 'nobody'],
    ['Severity', severityWords[before.severity], severityWords[now.severity]],
    ['Rung', tierWords[before.rung.tier], tierWords[now.rung.tier]],
    ['Visits', String(before.visits.length), String(now.visits.length)],
    ['Arrival', eta(before), eta(now)],
  ]);
}

export function helperChanges(before: Helper, now: Helper): string[] {
  return list([
    ['State', presenceWords[before.presence], presenceWords[now.presence]],
    ['Jobs', before.jobs.join(', ') || 'none', now.jobs.join(', ') || 'none'],
  ]);
}

function list(fields: [string, string, string][]): string[] {
  return fields.filter(([, was, is]) => was !== is).map(([name, was, is]) => `${name}: ${was} → ${is}`);
}

function eta(request: Request): string {
  return request.assignment ? duration(request.assignment.etaSeconds) : 'unknown';
}
