import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import './panel.css';

interface Props { title: string; label: string; close: () => void; children: ComponentChildren }

/** Details beside the map; on a phone over it. */
export function Panel({ title, label, close, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);

  // Who opened it with the keyboard or listens to it goes on from here.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [label]);
  return (
    <aside class="panel" aria-label={label}>
      <header>
        <h2 tabIndex={-1} ref={heading}>{title}</h2>
        <button class="quiet" onClick={close} aria-label="Close">✕</button>
      </header>
      <div class="panel-body">{children}</div>
    </aside>
  );
}
