export { certificatesAbi } from './abi/certificates.ts';
export { creditAbi } from './abi/credit.ts';
export { energyCertificateAbi } from './abi/energyCertificate.ts';
export { inventoryAnchorAbi } from './abi/inventoryAnchor.ts';
export { marketAbi } from './abi/market.ts';
export { plansAbi } from './abi/plans.ts';
export { readingsAbi } from './abi/readings.ts';
export { recomputationAbi } from './abi/recomputation.ts';
export { recourseAbi } from './abi/recourse.ts';
export { registryAbi } from './abi/registry.ts';
export { subscriptionsAbi } from './abi/subscriptions.ts';
export { verificationAbi } from './abi/verification.ts';
export {
  parseAddressBook,
  parseAddressBookJson,
  type AddressBook,
  type MarketContracts,
  type SubscriptionContracts,
} from './addressBook.ts';
export { auditGenesis, auditHash, verifyAuditEntries, type AuditEntry } from './audit/chain.ts';
export {
  creditBatchDown,
  type Carry,
  type Crediting,
  type CreditingInput,
} from './batch/crediting.ts';
export { decodeBatch, type RawBatch } from './batch/decode.ts';
export {
  decodeAdvance,
  decodeDeviceSlot,
  type DeviceAdvance,
  type DeviceSlot,
} from './batch/deviceSlot.ts';
export {
  startWalk,
  walkWindow,
  type DevicePosition,
  type ReadingEnergy,
  type WalkState,
  type WalkedWindow,
} from './batch/energy.ts';
export {
  cidOf,
  encodeBatch,
  findDigestOfCid,
  type BatchContent,
  type BatchDevice,
  type BatchHead,
} from './batch/file.ts';
export {
  findReasonCode,
  REASON_NUMBERS,
  WHOLE_WINDOW,
  type Finding,
  type ReasonCode,
} from './batch/findings.ts';
export { batchIdOf, creditIdOf, splitBatchId, splitCreditId } from './batch/ids.ts';
export {
  buildTree,
  joinLeaves,
  proofOf,
  rootOf,
  rootOfProof,
  type BatchTree,
} from './batch/tree.ts';
export { priceCall, type PaidCall, type PricedCall, type Pricer } from './chain/priceCall.ts';
export { compareBytes, concatBytes, findBytes, fromHex, toHex, type Hex } from './bytes.ts';
export {
  BENEFICIARY_BYTES,
  commitmentTo,
  dedicationOf,
  PURPOSE_BYTES,
  type Dedication,
} from './credit/dedication.ts';
export {
  costUp,
  CURRENCIES,
  encodeTerms,
  listingIdOf,
  toListingArgument,
  toTermsArgument,
  type Currency,
  type Listing,
  type Terms,
} from './credit/listing.ts';
export { splitRetirementId } from './credit/retirementId.ts';
export {
  CREDENTIAL_REQUEST_SIZE,
  decodeCredentialRequest,
  encodeCredentialRequest,
  verifyCredentialRequest,
  type CredentialRequest,
} from './device/credentialRequest.ts';
export { planContracts, type CreditContracts, type PlannedContract } from './deploymentPlan.ts';
export {
  verifyEquivocation,
  type Equivocation,
  type ProvenEquivocation,
} from './device/equivocation.ts';
export {
  decodeMeterReplacement,
  encodeMeterReplacement,
  METER_REPLACEMENT_SIZE,
  meterReplacementHashOf,
  verifyMeterReplacement,
  type MeterReplacement,
} from './device/meterReplacement.ts';
export {
  encodeRegistrationRecords,
  parseRegistrationFile,
  REGISTRATION_RECORD_SIZE,
  verifyRegistration,
  type Registration,
} from './device/registration.ts';
export {
  decodeRotation,
  encodeRotation,
  ROTATION_SIZE,
  verifyRotation,
  type Rotation,
} from './device/rotation.ts';
export type { Signed } from './device/signed.ts';
export { CATALOGUE, isErrorCode, toErrorCode, type ErrorCode } from './errors/catalogue.ts';
export { TonneError, type ErrorDetails } from './errors/tonneError.ts';
export { deviceIdOf, domainOf } from './identity/identity.ts';
export {
  assertLowS,
  createWebCryptoVerifier,
  PUBLIC_KEY_SIZE,
  SIGNATURE_SIZE,
  toLowS,
  type SignatureVerifier,
} from './identity/signature.ts';
export { certifyDown, type Certified } from './methodology/certify.ts';
export { creditUnderDown, type VersionCrediting } from './methodology/creditUnder.ts';
export { compareMethodologies, type ParameterDifference } from './methodology/difference.ts';
export { getFactorDown, type GridFactors } from './methodology/factor.ts';
export { leftOutWh, lowerByPermissibleError, takeConservative } from './methodology/metering.ts';
export {
  parseMethodology,
  type FactorRule,
  type MethodologyParameters,
} from './methodology/parameters.ts';
export { parseRatio, toRatio, toWholeDown, type Ratio } from './methodology/ratio.ts';
export {
  computeReductions,
  type MeteredEnergy,
  type Reductions,
} from './methodology/reductions.ts';
export { LAWS, type Law, type Place, type VerificationFailure } from './verify/failure.ts';
export {
  readBatchStatus,
  readChainRecord,
  type BatchStatus,
  type ChainReader,
} from './verify/readChainRecord.ts';
export type { ChainRecord, DeviceRecord } from './verify/record.ts';
export {
  verifyBatch,
  type VerificationInput,
  type VerificationResult,
  type VerificationSummary,
} from './verify/verifyBatch.ts';
export {
  unpackBatchFile,
  verifyBatchFile,
  type FileVerificationInput,
} from './verify/verifyFile.ts';
export { CLAIM_SIZE, claimHashOf, decodeClaim, encodeClaim, type Claim } from './window/claim.ts';
export {
  countOf,
  decodeHeader,
  encodeHeader,
  HEADER_SIZE,
  MAX_READINGS,
  WINDOW_FLAGS,
  type WindowHeader,
} from './window/header.ts';
export {
  decodeReading,
  encodeReading,
  OPTIONAL_FIELD_NAMES,
  READING_SIZE,
  type OptionalFieldName,
  type Reading,
} from './window/reading.ts';
export { DEVICE_STATUS, parseDecimal, parseReadingJson } from './window/readingJson.ts';
export { assertSucceeds } from './window/succession.ts';
export {
  draftWindow,
  encodeWindow,
  parseWindow,
  WINDOW_PREFIX_SIZE,
  windowSize,
  type SealedWindow,
  type WindowDraft,
} from './window/window.ts';
export {
  DISCOUNTS,
  FEATURES,
  fromFeatures,
  GRACE_SECONDS,
  SUBSCRIPTION_STATES,
  TIERS,
  toDiscount,
  toFeatures,
  TOKEN_STATUSES,
  toSubscriptionState,
  toTier,
  toTokenStatus,
  type Discount,
  type Feature,
  type SubscriptionState,
  type Tier,
  type TokenStatus,
} from './subscriptions/names.ts';
export {
  decodePromoCode,
  encodePromoCode,
  PROMO_TYPES,
  subscriptionsDomainOf,
  toPromoMessage,
  type Promo,
} from './subscriptions/promo.ts';
export { fromPromoText, toPromoText } from './subscriptions/promoText.ts';
export { findReasonOfSelector } from './subscriptions/reasons.ts';
export {
  findReminder,
  REMINDER_STAGES,
  type Reminder,
  type ReminderStage,
} from './subscriptions/reminders.ts';
export { inventoryLeaf, periodHash, verifyInventoryLine } from './inventory/line.ts';
