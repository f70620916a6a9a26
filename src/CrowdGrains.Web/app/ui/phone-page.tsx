import type { ComponentChildren } from 'preact';
import grain from './grain.svg';
import './phone-page.css';

interface Props { title: string; aside?: ComponentChildren; children: ComponentChildren }

/** A page that is held in one hand. */
export function PhonePage({ title, aside, children }: Props) {
  return (
    <div class="phone">
      <header>
        <img src={grain} alt="CrowdGrains" width="26" height="26" />
        <h1>{title}</h1>
        {aside}
      </header>
      <main>{children}</main>
    </div>
  );
}

export function NoLink() {
  return (
    <PhonePage title="CrowdGrains">
      <section class="card">
        <h2>This page is opened with a link</h2>
        <p>The link you were sent tells it who you are. Open that link again; if it no longer works, ask for a new one.</p>
      </section>
    </PhonePage>
  );
}
