import { render } from 'preact';
import { textOf } from './api/problem';
import { Duty } from './helper/duty';
import { HelperPage } from './helper/helper-page';
import './helper/helper.css';
import { bearer } from './sign-in/link';
import './ui/base.css';
import { NoLink, PhonePage } from './ui/phone-page';
import { followTheme } from './ui/theme';

followTheme();

async function open(): Promise<void> {
  const root = document.getElementById('app')!;
  try {
    const who = await bearer('helper');
    if (!who) {
      render(<NoLink />, root);
      return;
    }
    const duty = new Duty(who.api, who.id);
    duty.start();
    render(<HelperPage duty={duty} />, root);
  } catch (fault) {
    render(<PhonePage title="CrowdGrains"><p class="problem" role="alert">{textOf(fault)}</p></PhonePage>, root);
  }
}

// Another link opened in the same tab speaks for somebody else.
window.addEventListener('hashchange', () => window.location.reload());
void open();
