import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import './dialog.css';

interface Props { title: string; close: () => void; children: ComponentChildren }

/** A question that is answered before anything else: the browser keeps the focus in it. */
export function Dialog({ title, close, children }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    element.current?.showModal();
    return () => before?.focus();
  }, []);
  return (
    <dialog ref={element} aria-label={title} onClose={close} onCancel={close}>
      <header>
        <h2>{title}</h2>
        <button class="quiet" aria-label="Close" onClick={close}>✕</button>
      </header>
      {children}
    </dialog>
  );
}
