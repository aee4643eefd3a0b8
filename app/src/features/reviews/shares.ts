import { CATALOGUE, isErrorCode } from '@truetonne/protocol';
import type { RecomputationShare } from '../../api/indexer/index.ts';
import type { Tone } from '../../ui/index.ts';

/** Chainlink Functions answer within 5 minutes or never (service limits). */
const ANSWER_SECONDS = 300;

const WORDS: Readonly<Record<RecomputationShare['state'], readonly [Tone, string]>> = {
  asked: ['warn', 'asked, no answer yet'],
  agreed: ['good', 'agrees'],
  contradicted: ['bad', 'contradicts'],
  inconclusive: ['plain', 'is no verdict'],
};

/** What a share of a recomputation says `now`, and why; Unix seconds. */
export function readShare(asked: RecomputationShare, now: number): readonly [Tone, string, string] {
  const { share, shares, state, code, at } = asked;
  const place = `Share ${share + 1} of ${shares}`;
  if (state === 'asked' && now > at + ANSWER_SECONDS) {
    return ['plain', `${place} never answered`, 'It can be asked for again.'];
  }
  const [tone, what] = WORDS[state];
  const again = state === 'inconclusive' ? ' It can be asked for again.' : '';
  const why =
    code === undefined ? '' : isErrorCode(code) ? `${CATALOGUE[code].title}.` : `${code}.`;
  return [tone, `${place} ${what}`, `${why}${again}`.trim()];
}
