import type { CellSummary } from '../api/types';
import { view } from '../shell/view';
import { duration } from '../ui/words';

/** What is in the cell that was clicked. */
export function CellCard({ cell, close }: { cell: CellSummary; close: () => void }) {
  return (
    <div class="cell-card" role="dialog" aria-label={`Cell ${cell.cell}`}>
      <p><code>{cell.cell}</code> <button class="quiet" aria-label="Close" onClick={close}>✕</button></p>
      <dl>
        <div><dt>Free helpers</dt><dd>{cell.availableHelpers}</dd></div>
        <div><dt>Helpers on a job</dt><dd>{cell.busyHelpers}</dd></div>
        <div><dt>Waiting requests</dt><dd>{cell.openRequests}</dd></div>
        <div><dt>Median wait</dt><dd>{cell.medianWaitSeconds === null ? '–' : duration(cell.medianWaitSeconds)}</dd></div>
      </dl>
      <button onClick={() => {
        view.area.value = cell.cell;
        close();
      }}>Show its requests</button>
    </div>
  );
}
