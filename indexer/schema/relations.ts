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
  batchVoid,
  cure,
  opinion,
  recomputation,
  recomputationShare,
  verifier,
} from './judging.ts';
import { cancellation, certificateBalance, energyCertificate } from './energy.ts';
import { certificate, listing, sale } from './market.ts';
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
  listings: many(listing),
  meterReplacements: many(meterReplacement),
  voids: many(batchVoid),
  cures: many(cure),
  energyCertificates: many(energyCertificate),
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
  opinions: many(opinion),
  recomputations: many(recomputation),
  recomputationShares: many(recomputationShare),
  void: one(batchVoid, { fields: [batch.id], references: [batchVoid.batchId] }),
}));

export const verifierRelations = relations(verifier, ({ many }) => ({ opinions: many(opinion) }));

export const opinionRelations = relations(opinion, ({ one }) => ({
  batch: one(batch, { fields: [opinion.batchId], references: [batch.id] }),
  verifier: one(verifier, {
    fields: [opinion.verifierAddress],
    references: [verifier.address],
  }),
}));

export const recomputationRelations = relations(recomputation, ({ one }) => ({
  batch: one(batch, { fields: [recomputation.batchId], references: [batch.id] }),
}));

export const recomputationShareRelations = relations(recomputationShare, ({ one }) => ({
  batch: one(batch, { fields: [recomputationShare.batchId], references: [batch.id] }),
}));

export const batchVoidRelations = relations(batchVoid, ({ one }) => ({
  batch: one(batch, { fields: [batchVoid.batchId], references: [batch.id] }),
  project: one(project, { fields: [batchVoid.projectId], references: [project.id] }),
}));

export const cureRelations = relations(cure, ({ one }) => ({
  project: one(project, { fields: [cure.projectId], references: [project.id] }),
}));

export const energyCertificateRelations = relations(energyCertificate, ({ one, many }) => ({
  project: one(project, { fields: [energyCertificate.projectId], references: [project.id] }),
  balances: many(certificateBalance),
  cancellations: many(cancellation),
}));

export const certificateBalanceRelations = relations(certificateBalance, ({ one }) => ({
  certificate: one(energyCertificate, {
    fields: [certificateBalance.certificateId],
    references: [energyCertificate.id],
  }),
}));

export const cancellationRelations = relations(cancellation, ({ one }) => ({
  certificate: one(energyCertificate, {
    fields: [cancellation.certificateId],
    references: [energyCertificate.id],
  }),
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
  listings: many(listing),
  sales: many(sale),
}));

export const balanceRelations = relations(balance, ({ one }) => ({
  credit: one(credit, { fields: [balance.creditId], references: [credit.id] }),
}));

export const transferRelations = relations(transfer, ({ one }) => ({
  credit: one(credit, { fields: [transfer.creditId], references: [credit.id] }),
}));

export const retirementRelations = relations(retirement, ({ one }) => ({
  credit: one(credit, { fields: [retirement.creditId], references: [credit.id] }),
  certificate: one(certificate, { fields: [retirement.id], references: [certificate.id] }),
}));
