import { useSignal } from '@preact/signals';

const calls: readonly { title: string; method: string; path: string; body: string }[] = [
  {
    title: 'A helper who is free, at a place',
    method: 'POST',
    path: '/v1/helpers',
    body: '{"id":"ada","name":"Ada","tier":"friend","skills":[{"name":"router","level":3}],"radiusMeters":8000,"position":{"lat":40.75,"lng":-73.98}}',
  },
  {
    title: 'A customer who needs help',
    method: 'POST',
    path: '/v1/requests',
    body: '{"id":"r1","customerId":"c1","problem":"router-setup","position":{"lat":40.74,"lng":-73.99},"channel":"web"}',
  },
  { title: 'The device, once a minute: who is silent gets no offers', method: 'PUT', path: '/v1/helpers/ada/position', body: '{"lat":40.75,"lng":-73.98}' },
];

/** Before anybody is there: how they come. */
export function EmptyCity() {
  return (
    <section class="empty-city" aria-labelledby="empty-title">
      <h2 id="empty-title">Nobody is here yet</h2>
      <p>Three calls fill the city; they are shown here as soon as they are made. Put your key into <code>KEY</code> first.</p>
      <ol>
        {calls.map((call, i) => <Call key={call.path} number={i + 1} title={call.title} text={curl(call.method, call.path, call.body)} />)}
      </ol>
      <p class="muted">Or stop this server and let a city live: <code>crowdgrains demo --city nyc --speed 60 --helpers 2000</code></p>
    </section>
  );
}

function Call({ number, title, text }: { number: number; title: string; text: string }) {
  const copied = useSignal(false);
  return (
    <li>
      <h3>{number}. {title}</h3>
      <div class="copied">
        <pre tabIndex={0} aria-label={`Call ${number}`}><code>{text}</code></pre>
        <button onClick={() => void navigator.clipboard?.writeText(text).then(() => (copied.value = true))}>{copied.value ? 'Copied' : 'Copy'}</button>
      </div>
    </li>
  );
}

function curl(method: string, path: string, body: string): string {
  return `curl -X ${method} ${window.location.origin}${path} \\\n  -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' \\\n  -d '${body}'`;
}
