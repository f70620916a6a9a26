import { Dialog } from '../ui/dialog';

const keys: readonly [string, string][] = [
  ['j', 'Next request'], ['k', 'Request before'], ['Enter', 'Open it'], ['Esc', 'Close what is open'], ['/', 'Search'], ['?', 'This help'],
];

export function Help({ close }: { close: () => void }) {
  return (
    <Dialog title="Keys" close={close}>
      <dl class="keys">
        {keys.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}
      </dl>
    </Dialog>
  );
}
