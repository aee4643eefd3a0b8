/** How the tables of subscriptions join in GraphQL. */
import { relations } from 'ponder';
import { paymentToken, plan, planVersion, withdrawal } from './sales.ts';
import {
  dispute,
  promo,
  promoUse,
  receipt,
  referral,
  referralEarning,
  subscription,
  subscriptionEvent,
} from './subscriptions.ts';

export const planRelations = relations(plan, ({ many }) => ({
  versions: many(planVersion),
  subscriptions: many(subscription),
}));

export const planVersionRelations = relations(planVersion, ({ one }) => ({
  plan: one(plan, { fields: [planVersion.planId], references: [plan.id] }),
}));

export const withdrawalRelations = relations(withdrawal, ({ one }) => ({
  token: one(paymentToken, { fields: [withdrawal.tokenId], references: [paymentToken.id] }),
}));

export const subscriptionRelations = relations(subscription, ({ one, many }) => ({
  plan: one(plan, { fields: [subscription.planId], references: [plan.id] }),
  token: one(paymentToken, { fields: [subscription.tokenId], references: [paymentToken.id] }),
  payments: many(receipt),
  events: many(subscriptionEvent),
  promoUses: many(promoUse),
  disputes: many(dispute),
}));

export const receiptRelations = relations(receipt, ({ one }) => ({
  subscription: one(subscription, {
    fields: [receipt.subscriber],
    references: [subscription.subscriber],
  }),
  plan: one(plan, { fields: [receipt.planId], references: [plan.id] }),
  token: one(paymentToken, { fields: [receipt.tokenId], references: [paymentToken.id] }),
}));

export const subscriptionEventRelations = relations(subscriptionEvent, ({ one }) => ({
  subscription: one(subscription, {
    fields: [subscriptionEvent.subscriber],
    references: [subscription.subscriber],
  }),
}));

export const promoRelations = relations(promo, ({ many }) => ({ usedBy: many(promoUse) }));

export const promoUseRelations = relations(promoUse, ({ one }) => ({
  promo: one(promo, { fields: [promoUse.codeHash], references: [promo.codeHash] }),
  subscription: one(subscription, {
    fields: [promoUse.subscriber],
    references: [subscription.subscriber],
  }),
}));

export const disputeRelations = relations(dispute, ({ one }) => ({
  subscription: one(subscription, {
    fields: [dispute.subscriber],
    references: [subscription.subscriber],
  }),
}));

export const referralRelations = relations(referral, ({ one }) => ({
  token: one(paymentToken, { fields: [referral.tokenId], references: [paymentToken.id] }),
}));

export const referralEarningRelations = relations(referralEarning, ({ one }) => ({
  token: one(paymentToken, { fields: [referralEarning.tokenId], references: [paymentToken.id] }),
}));
