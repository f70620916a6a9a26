import { openHelper, openRequest, view } from './view';

/** Keys that work everywhere but in fields; what they do stands in the help. */
export function followKeyboard(help: () => void): () => void {
  const act = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) {
      return;
    }
    const isField = event.target instanceof HTMLElement && event.target.matches('input, select, textarea');
    if (event.key === 'Escape') {
      leave(event.target, isField);
    } else if (!isField && keys[event.key]) {
      event.preventDefault();
      keys[event.key]!();
    } else if (!isField && event.key === '?') {
      event.preventDefault();
      help();
    }
  };
  window.addEventListener('keydown', act);
  return () => window.removeEventListener('keydown', act);
}

const keys: Record<string, () => void> = { j: () => step(1), k: () => step(-1), '/': search };

function leave(target: EventTarget | null, isField: boolean): void {
  if (isField) {
    (target as HTMLElement).blur();
  } else if (view.request.value !== '') {
    openRequest('');
  } else {
    openHelper('');
  }
}

/** The line below or above; Enter opens it, as it does every button. */
function step(by: number): void {
  const lines = [...document.querySelectorAll<HTMLButtonElement>('[data-request]')];
  const at = lines.findIndex((line) => line === document.activeElement);
  const opened = lines.findIndex((line) => line.dataset.request === view.request.value);
  const from = at >= 0 ? at : opened >= 0 ? opened : by > 0 ? -1 : lines.length;
  const next = lines[Math.min(lines.length - 1, Math.max(0, from + by))];
  next?.focus();
  if (view.request.value !== '' && next) {
    openRequest(next.dataset.request!);
  }
}

function search(): void {
  if (view.screen.value !== 'map') {
    view.screen.value = 'list';
  }
  const field = (): HTMLInputElement | null => document.querySelector('#search');

  // At once where it is, or what is typed next would go elsewhere; else as soon as it is made.
  if (field()) {
    field()?.select();
  } else {
    window.setTimeout(() => field()?.select());
  }
}
