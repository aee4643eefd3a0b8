/** How the tables of the market join in GraphQL. */
import { relations } from 'ponder';
import { certificate, listing, sale } from './market.ts';
import { credit, project, retirement } from './tables.ts';

export const certificateRelations = relations(certificate, ({ one }) => ({
  retirement: one(retirement, { fields: [certificate.id], references: [retirement.id] }),
}));

export const listingRelations = relations(listing, ({ one, many }) => ({
  credit: one(credit, { fields: [listing.creditId], references: [credit.id] }),
  project: one(project, { fields: [listing.projectId], references: [project.id] }),
  sales: many(sale),
}));

export const saleRelations = relations(sale, ({ one }) => ({
  listing: one(listing, { fields: [sale.listingId], references: [listing.id] }),
  credit: one(credit, { fields: [sale.creditId], references: [credit.id] }),
  retirement: one(retirement, { fields: [sale.retirementId], references: [retirement.id] }),
}));
