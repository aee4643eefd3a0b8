export { CheckoutPage } from './CheckoutPage.tsx';
export { capOf, checkCap } from './choices.ts';
export { PromoField } from './PromoField.tsx';
export { TokenChoice } from './TokenChoice.tsx';
