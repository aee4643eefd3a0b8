export { DeviceActions } from './Actions.tsx';
export { EvidenceCard } from './EvidenceCard.tsx';
export { LifeCard } from './LifeCard.tsx';
export { OwnEvidenceCard } from './OwnEvidence.tsx';
