/** How the tables join in GraphQL; see tables.ts for the columns. */
import { relations } from 'ponder';
import {
  balance,
  batch,
  credit,
  device,
  deviceBatch,
  deviceMonth,
  methodology,
  project,
  projectMonth,
  retirement,
  transfer,
  validator,
} from './tables.ts';

export const methodologyRelations = relations(methodology, ({ many }) => ({
  projects: many(project),
}));

export const validatorRelations = relations(validator, ({ many }) => ({
  projects: many(project),
}));

export const projectRelations = relations(project, ({ one, many }) => ({
  methodology: one(methodology, {
    fields: [project.methodologyId],
    references: [methodology.id],
  }),
  validator: one(validator, {
    fields: [project.validatorAddress],
    references: [validator.address],
  }),
  devices: many(device),
  batches: many(batch),
  months: many(projectMonth),
  deviceMonths: many(deviceMonth),
  credits: many(credit),
}));

export const deviceRelations = relations(device, ({ one, many }) => ({
  project: one(project, { fields: [device.projectId], references: [project.id] }),
  batches: many(deviceBatch),
  months: many(deviceMonth),
}));

export const batchRelations = relations(batch, ({ one, many }) => ({
  project: one(project, { fields: [batch.projectId], references: [project.id] }),
  credit: one(credit, { fields: [batch.creditId], references: [credit.id] }),
  devices: many(deviceBatch),
}));

export const deviceBatchRelations = relations(deviceBatch, ({ one }) => ({
  batch: one(batch, { fields: [deviceBatch.batchId], references: [batch.id] }),
  device: one(device, { fields: [deviceBatch.deviceId], references: [device.id] }),
}));

export const projectMonthRelations = relations(projectMonth, ({ one }) => ({
  project: one(project, { fields: [projectMonth.projectId], references: [project.id] }),
}));

export const deviceMonthRelations = relations(deviceMonth, ({ one }) => ({
  device: one(device, { fields: [deviceMonth.deviceId], references: [device.id] }),
  project: one(project, { fields: [deviceMonth.projectId], references: [project.id] }),
}));

export const creditRelations = relations(credit, ({ one, many }) => ({
  project: one(project, { fields: [credit.projectId], references: [project.id] }),
  batches: many(batch),
  balances: many(balance),
  transfers: many(transfer),
  retirements: many(retirement),
}));

export const balanceRelations = relations(balance, ({ one }) => ({
  credit: one(credit, { fields: [balance.creditId], references: [credit.id] }),
}));

export const transferRelations = relations(transfer, ({ one }) => ({
  credit: one(credit, { fields: [transfer.creditId], references: [credit.id] }),
}));

export const retirementRelations = relations(retirement, ({ one }) => ({
  credit: one(credit, { fields: [retirement.creditId], references: [credit.id] }),
}));
