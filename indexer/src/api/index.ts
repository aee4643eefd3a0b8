import { Hono } from 'hono';
import { graphql } from 'ponder';
import { db } from 'ponder:api';
import schema from 'ponder:schema';

/** Ponder adds /health, /ready, /status and /metrics, and allows every origin (CORS). */
const app = new Hono();

app.use('/graphql', graphql({ db, schema }));

export default app;
