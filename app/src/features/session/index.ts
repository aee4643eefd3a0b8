export { GuardedRefusal } from './GuardedRefusal.tsx';
export { PlacesCard } from './PlacesCard.tsx';
export { SecondFactorCard } from './SecondFactorCard.tsx';
export { SessionState } from './SessionState.tsx';
export { SignedIn } from './SignedIn.tsx';
export { Whose } from './Whose.tsx';
