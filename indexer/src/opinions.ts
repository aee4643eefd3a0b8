import { ponder, type Context, type Event } from 'ponder:registry';
import { opinion, recomputation, verifier } from 'ponder:schema';
import { judgeRoleOf, verdictOf } from '../model/batchStatus.ts';
import { placeOf } from './place.ts';
import { recordAccreditation } from './roles.ts';

type Opined = Event<'TonneVerification:Opined' | 'TonneRecourse:Opined'>;

ponder.on('TonneVerification:VerifierAccredited', async ({ event, context }) => {
  const { verifier: address, role, from, until } = event.args;
  const accredited = { accreditedFrom: from, accreditedUntil: until };
  await context.db
    .insert(verifier)
    .values({ address, role: judgeRoleOf(role), ...accredited })
    .onConflictDoUpdate(accredited);
  await recordAccreditation(context.db, event, address, judgeRoleOf(role));
});

ponder.on('TonneVerification:Opined', async ({ event, context }) => {
  await saveOpinion(context.db, event);
});

ponder.on('TonneRecourse:Opined', async ({ event, context }) => {
  await saveOpinion(context.db, event);
});

ponder.on('TonneVerification:Recomputed', async ({ event, context }) => {
  await context.db.insert(recomputation).values({ id: event.id, ...event.args, ...placeOf(event) });
});

async function saveOpinion(db: Context['db'], event: Opined) {
  const { verifier: verifierAddress, verdict, ...given } = event.args;
  await db.insert(opinion).values({
    id: event.id,
    ...given,
    verifierAddress,
    verdict: verdictOf(verdict),
    ...placeOf(event),
  });
}
