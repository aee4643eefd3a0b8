/** How the tables join in GraphQL; see tables.ts and devices.ts for the columns. */
import { relations } from 'ponder';
import {
  device,
  deviceBatch,
  deviceEvent,
  deviceFreeze,
  deviceMonth,
  meterReplacement,
} from './devices.ts';
import {
  balance,
  batch,
  credit,
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
  meterReplacements: many(meterReplacement),
}));

export const deviceRelations = relations(device, ({ one, many }) => ({
  project: one(project, { fields: [device.projectId], references: [project.id] }),
  freeze: one(deviceFreeze, { fields: [device.id], references: [deviceFreeze.deviceId] }),
  batches: many(deviceBatch),
  months: many(deviceMonth),
  events: many(deviceEvent),
  meterReplacements: many(meterReplacement),
}));

export const deviceEventRelations = relations(deviceEvent, ({ one }) => ({
  device: one(device, { fields: [deviceEvent.deviceId], references: [device.id] }),
}));

export const meterReplacementRelations = relations(meterReplacement, ({ one }) => ({
  device: one(device, { fields: [meterReplacement.deviceId], references: [device.id] }),
  project: one(project, { fields: [meterReplacement.projectId], references: [project.id] }),
}));

export const deviceFreezeRelations = relations(deviceFreeze, ({ one }) => ({
  device: one(device, { fields: [deviceFreeze.deviceId], references: [device.id] }),
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
