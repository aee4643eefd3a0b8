import { buildModule } from '@nomicfoundation/hardhat-ignition/modules';

/** Certificates and the market. Parameters: where the credit contract and the tokens are. */
export default buildModule('TonneMarket', (module) => {
  const at = (name: string) => module.getParameter<string>(name);
  const certificates = module.contract('TonneCertificates', [at('credit')]);
  const market = module.contract('TonneMarket', [certificates, at('usdc'), at('usdt')]);
  return { certificates, market };
});
