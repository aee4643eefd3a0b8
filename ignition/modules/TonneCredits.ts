import { buildModule } from '@nomicfoundation/hardhat-ignition/modules';

/**
 * The contracts that credits live in, in the order of their nonces. Parameters: `admin`, `noticeS`, and
 * where each contract will be.
 */
export default buildModule('TonneCredits', (module) => {
  const at = (name: string) => module.getParameter<string>(name);
  const [credit, energyCertificate] = [at('credit'), at('energyCertificate')];
  const [verification, recourse] = [at('verification'), at('recourse')];
  const counterparts = { verification, credit, energyCertificate, recourse };
  const notice = module.getParameter<number>('noticeS');
  const registry = module.contract('TonneRegistry', [at('admin'), notice, counterparts]);
  const credits = module.contract('CarbonCredit', [registry, recourse], { after: [registry] });
  const energy = module.contract('EnergyCertificate', [registry, recourse], { after: [credits] });
  const opinions = module.contract('TonneVerification', [registry], { after: [energy] });
  const judged = [registry, opinions, credits, energy];
  const voids = module.contract('TonneRecourse', judged, { after: [opinions] });
  const readings = module.contract('TonneReadings', [registry], { after: [voids] });
  return { registry, readings };
});
