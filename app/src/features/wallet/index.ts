export { developmentWallets } from './developmentConnector.ts';
export { NetworkNotice, useRightNetwork } from './NetworkNotice.tsx';
export { WalletMenu } from './WalletMenu.tsx';
