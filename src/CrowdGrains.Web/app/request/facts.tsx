import type { Request } from '../api/types';
import { useConsole } from '../shell/console-state';
import { openHelper } from '../shell/view';
import { duration, spoken, timeOfDay } from '../ui/words';

/** What is known of a request, in pairs. */
export function Facts({ request }: { request: Request }) {
  const { feed } = useConsole();
  const { assignment } = request;
  return (
    <dl class="facts">
      <Fact term="Customer">{request.customerId}{request.partnerId && ` of ${request.partnerId}`}</Fact>
      <Fact term="Submitted">{timeOfDay(request.submittedAt)} by {request.channel}</Fact>
      {assignment && (
        <Fact term="Helper">
          <button class="link" onClick={() => openHelper(assignment.helperId)}>{feed.nameOf(assignment.helperId)}</button>
          , {duration(assignment.etaSeconds)} away when assigned
        </Fact>
      )}
      {request.deadline && <Fact term="Assigned by">{timeOfDay(request.deadline)}</Fact>}
      {request.window.notBefore && <Fact term="Not before">{timeOfDay(request.window.notBefore)}</Fact>}
      <Fact term="Needs">{request.skills.map((skill) => `${spoken(skill.name)} ${skill.level}${skill.certified ? ', certified' : ''}`).join(' · ') || 'no special skill'}</Fact>
      {request.preferredHelperId && <Fact term="Prefers">{request.preferredHelperId}</Fact>}
      {request.description && <Fact term="Says">{request.description}</Fact>}
      {request.stars !== null && <Fact term="Rated"><span class="stars" aria-label={`${request.stars} of 5 stars`}>{'★'.repeat(request.stars)}{'☆'.repeat(5 - request.stars)}</span></Fact>}
    </dl>
  );
}

function Fact({ term, children }: { term: string; children: preact.ComponentChildren }) {
  return <div><dt>{term}</dt><dd>{children}</dd></div>;
}
