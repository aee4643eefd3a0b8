export { developmentWallets } from './developmentConnector.ts';
export { NetworkNotice, useRightNetwork } from './NetworkNotice.tsx';
export { WalletMenu, WalletMenuButton } from './WalletMenu.tsx';
export { AccountFilter, useAskedAccount } from './AccountFilter.tsx';
