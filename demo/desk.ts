import '../components/define/vc-agent-console.ts';

/** The host application of the demo desk: it knows who signs in, and hands the console a token that stays fresh. */

/** How long before its expiry a token is renewed, as a share of its life. */
const RENEW_AT = 0.75;
const RETRY_AFTER = 5_000;
/** Longest delay `setTimeout` keeps. */
const MAX_DELAY = 2 ** 31 - 1;

interface Grant {
  readonly token: string;
  /** Seconds. */
  readonly expiresIn: number;
}

class SignInError extends Error {}

const agent = new URLSearchParams(location.search).get('as');
if (agent) await open(agent);
else show('chooser');

async function open(name: string): Promise<void> {
  for (const link of document.querySelectorAll('.agents a'))
    if (link.getAttribute('href') === `?as=${name}`) link.setAttribute('aria-current', 'page');
  try {
    const grant = await signIn(name);
    const desk = document.querySelector('vc-agent-console');
    if (!desk) return;
    desk.server = location.origin;
    desk.token = grant.token;
    show('desk');
    keepFresh(name, grant.expiresIn, (token) => {
      desk.token = token;
    });
  } catch (error) {
    const reason = document.querySelector('#reason');
    document.querySelector('#again')?.setAttribute('href', location.search);
    if (reason) reason.textContent = error instanceof Error ? error.message : String(error);
    show('problem');
  }
}

async function signIn(name: string): Promise<Grant> {
  const response = await fetch('/api/demo/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agent: name }),
  }).catch(() => {
    throw new SignInError(`Cannot sign in as ${name}: the server does not answer.`);
  });
  if (response.ok) return response.json();
  const why =
    response.status === 404 ? 'there is no such demo agent here' : `the server said ${response.status}`;
  throw new SignInError(`Cannot sign in as ${name}: ${why}.`);
}

/** Renews the token before it expires, for as long as the page lives. */
function keepFresh(name: string, expiresIn: number, renewed: (token: string) => void): void {
  const again = async () => {
    try {
      const grant = await signIn(name);
      renewed(grant.token);
      keepFresh(name, grant.expiresIn, renewed);
    } catch {
      setTimeout(again, RETRY_AFTER);
    }
  };
  setTimeout(again, Math.min(expiresIn * 1000 * RENEW_AT, MAX_DELAY));
}

function show(id: 'desk' | 'chooser' | 'problem'): void {
  for (const section of document.querySelectorAll('main')) section.hidden = section.id !== id;
}
