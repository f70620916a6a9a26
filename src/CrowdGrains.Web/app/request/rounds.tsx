import type { Candidate, Round, TimelineEntry } from '../api/types';
import { useConsole } from '../shell/console-state';
import { openHelper } from '../shell/view';
import { duration, meters, spoken, tierWords, timeOfDay } from '../ui/words';
import { extentOf, ScoreBars, type Extent } from './score-bars';

const kinds: Record<Round['kind'], string> = { preferred: 'Preferred helper', search: 'Search', proposal: 'A helper came free' };
const shownCandidates = 8;

/** Why this helper and not that one: each round of matching, the newest first. */
export function Rounds({ rounds, timeline }: { rounds: Round[]; timeline: TimelineEntry[] }) {
  if (rounds.length === 0) {
    return null;
  }
  return (
    <section aria-label="Explanation">
      <h3>Why these helpers</h3>
      <ScoreLegend />
      {[...rounds].reverse().map((round, i) => <RoundView key={`${round.at}${rounds.length - i}`} round={round} number={rounds.length - i} isFirst={i === 0} timeline={timeline} />)}
    </section>
  );
}

function RoundView({ round, number, isFirst, timeline }: { round: Round; number: number; isFirst: boolean; timeline: TimelineEntry[] }) {
  const shown = round.candidates.slice(0, shownCandidates);
  const extent = extentOf(shown);
  const others = Object.entries(round.notAskedCounts).sort((a, b) => b[1] - a[1]);
  return (
    <details class="round" open={isFirst}>
      <summary>
        <strong>Round {number}</strong> · {kinds[round.kind]} · {tierWords[round.rung.tier]}
        <span class="small muted"> {timeOfDay(round.at)}, {round.cellsAnswered} of {round.cellsAsked} cells answered, {round.candidates.length} {round.candidates.length === 1 ? 'candidate' : 'candidates'}</span>
      </summary>
      <ol class="candidates">
        {shown.map((candidate, i) => <CandidateView key={candidate.helperId} candidate={candidate} rank={i + 1} extent={extent} timeline={timeline} />)}
      </ol>
      {round.candidates.length > shownCandidates && <p class="small muted">and {round.candidates.length - shownCandidates} more</p>}
      {round.candidates.length === 0 && <p class="small">Nobody could be asked.</p>}
      {others.length > 0 && (
        <div class="not-asked small">
          <span class="muted">Not asked:</span>
          {others.map(([reason, count]) => <span key={reason} class="tag">{spoken(reason)} <strong>{count}</strong></span>)}
          {round.notAsked.length > 0 && (
            <details>
              <summary class="muted">by name</summary>
              <ul>{round.notAsked.map((other) => <li key={other.helperId}>{other.helperId}: {spoken(other.reason).toLowerCase()}</li>)}</ul>
            </details>
          )}
        </div>
      )}
    </details>
  );
}

interface CandidateProps { candidate: Candidate; rank: number; extent: Extent; timeline: TimelineEntry[] }

function CandidateView({ candidate, rank, extent, timeline }: CandidateProps) {
  const { feed } = useConsole();
  const answer = answerOf(candidate.helperId, timeline);
  return (
    <li>
      <p>
        <span class="muted">{rank}.</span>{' '}
        <button class="link" onClick={() => openHelper(candidate.helperId)}>{feed.nameOf(candidate.helperId)}</button>
        <span class="small muted"> {meters(candidate.distanceMeters)}, {duration(candidate.etaSeconds)}</span>
        {answer && <span class="tag">{answer}</span>}
        <span class="total">{candidate.score.total}</span>
      </p>
      <ScoreBars score={candidate.score} extent={extent} />
    </li>
  );
}

function ScoreLegend() {
  return (
    <p class="score-legend small muted" aria-hidden="true">
      <i class="fix" /> fix <i class="travel" /> travel <i class="loyalty" /> loyalty <i class="fairness" /> fairness <i class="scarcity" /> scarcity
      <span class="spacer" /> one point is a second of waiting
    </p>
  );
}

function answerOf(helper: string, timeline: TimelineEntry[]): string {
  const last = timeline.filter((entry) => entry.type.startsWith('offer.') && entry.data.helperId === helper).at(-1);
  return last ? last.type.slice('offer.'.length) : '';
}
