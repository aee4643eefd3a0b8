import { Hono } from 'hono';
import { graphql } from 'ponder';
import { db } from 'ponder:api';
import schema from 'ponder:schema';
import { createTurns } from '../../lib/turns.ts';
import { findWriter, writeWholeBlocks } from './wholeBlocks.ts';

/** Ponder adds /health, /ready, /status and /metrics, and allows every origin (CORS). */
const app = new Hono();

const turns = createTurns();
writeWholeBlocks(findWriter(), turns);
app.use('/graphql', (_, next) => turns.read(next));
app.use('/graphql', graphql({ db, schema }));

export default app;
