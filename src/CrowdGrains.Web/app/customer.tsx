import { render } from 'preact';
import { textOf } from './api/problem';
import { Case } from './customer/case';
import { CustomerPage } from './customer/customer-page';
import './customer/customer.css';
import { bearer } from './sign-in/link';
import './ui/base.css';
import { NoLink, PhonePage } from './ui/phone-page';
import { followTheme } from './ui/theme';

followTheme();

async function open(): Promise<void> {
  const root = document.getElementById('app')!;
  try {
    const who = await bearer('request');
    if (!who) {
      render(<NoLink />, root);
      return;
    }
    const own = new Case(who.api, who.id);
    own.start();
    render(<CustomerPage own={own} />, root);
  } catch (fault) {
    render(<PhonePage title="CrowdGrains"><p class="problem" role="alert">{textOf(fault)}</p></PhonePage>, root);
  }
}

// Another link opened in the same tab speaks for somebody else.
window.addEventListener('hashchange', () => window.location.reload());
void open();
