import type { KpiReport } from '../api/types';
import { figures, groupsOf, type Grouping } from './figures';

const groupings: readonly Grouping[] = ['all', 'tier', 'problem', 'channel'];

/** Every figure of every group of every report, a line each: the form that spreadsheets and scripts pivot from. */
export function csvOf(reports: readonly KpiReport[]): string {
  const lines = ['since,until,grouping,group,requests,figure,value'];
  for (const report of reports) {
    for (const grouping of groupings) {
      for (const [group, row] of groupsOf(report, grouping)) {
        for (const figure of figures) {
          for (const line of figure.lines) {
            const value = line.read(row, report, group, grouping);
            if (value !== null) {
              lines.push([report.since, report.until, grouping, group, row.requests, `${figure.name} ${line.name}`.trim(), value].map(cell).join(','));
            }
          }
        }
      }
    }
  }
  return lines.join('\r\n') + '\r\n';
}

/** Quoted where it must be; and a text that a spreadsheet would take for a formula is none. */
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

export function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
