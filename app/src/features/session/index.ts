export { GuardedRefusal } from './GuardedRefusal.tsx';
export { PlacesCard } from './PlacesCard.tsx';
export { SecondFactorCard } from './SecondFactorCard.tsx';
export { SignedIn } from './SignedIn.tsx';
export { Whose } from './Whose.tsx';
