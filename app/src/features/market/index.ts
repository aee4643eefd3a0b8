export { ListingPage } from './ListingPage.tsx';
export { MarketPage } from './MarketPage.tsx';
export { MyListingsPage } from './MyListingsPage.tsx';
export { SellDialog } from './SellDialog.tsx';
