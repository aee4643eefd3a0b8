import { parseDefra2024 } from './defra2024.ts';
import { parseDefra2020, parseDefra2025 } from './defraFlat.ts';
import { parseEpaHub } from './epaHub.ts';
import { parseEgridFuels, supplyChainParser } from './epaTables.ts';
import { parseEea, parseEmber, parseEuPlants, parseIfi, parseOwid } from './grids.ts';
import { parseIndia } from './india.ts';
import type { SetParser } from './parsedSet.ts';

/** A file that was checked in, with the hash that it has to have. */
export interface SetFile {
  readonly name: string;
  readonly sha256: string;
}

/** A version of a set. An update is another entry with another version; an entry is never changed. */
export interface SetDefinition {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly licence: string;
  readonly source: string;
  readonly folder: string;
  readonly files: readonly SetFile[];
  readonly parse: SetParser;
}

const OGL =
  'Open Government Licence v3.0: contains public sector information licensed under the OGL v3.0';
const US_PUBLIC = 'public domain in the United States (work of the US Government)';

/** The table of warming potentials, which comes before all sets. */
export const GWP_FILE = {
  folder: 'ef-gwp-ipcc',
  name: 'globalwarmingpotentials.csv',
  sha256: '9b80412cb5aeeb91038ef84145a10cdab0ab202cbb623cb14d2ec35ec2454f36',
} as const;

export const SETS: readonly SetDefinition[] = [
  {
    id: 'epa-hub@2024',
    title: 'GHG Emission Factors Hub, February 2024 (eGRID2022)',
    publisher: 'US EPA Center for Corporate Climate Leadership',
    licence: US_PUBLIC,
    source: 'https://www.epa.gov/climateleadership/ghg-emission-factors-hub',
    folder: 'ef-epa-hub-2024',
    files: [
      {
        name: 'electricity.csv',
        sha256: '74082796884f78c333dbcdccb1e182c927a3043d65a662f52b6b5534829c1252',
      },
      {
        name: 'stationary-combustion.csv',
        sha256: '4222c6325fecef3f42df294a1d89aed285e6e3447191192b408c8517279da37a',
      },
      {
        name: 'mobile-combustion-co2.csv',
        sha256: 'cb1484733991374735f60ea1fa86b59375e17f6019106c00580846d0cbdbb5b5',
      },
      {
        name: 'mobile-combustion-ch4-and-n2O-for-on-road-gasoline-vehicles.csv',
        sha256: '3af68bf4a70bef19e3a2699aa0b1d280732c50fe33213778f6c554cb75f3bf37',
      },
      {
        name: 'mobile-combustion-ch4-and-n2o-for-on-road-diesel-and-alternative-fuel-vehicles.csv',
        sha256: '68d1c9aa60f27358cec6efbba72a95891519f221a0fe90620ab91a90a10e59be',
      },
      {
        name: 'mobile-combustion-ch4-and-n2O-for-non-road-vehicles.csv',
        sha256: 'f2709fed93deefd75645375880627861264a091c9c00c57a22ecd525dcdcd74c',
      },
      {
        name: 'scope-3-category-4-upstream-transportation-and-distribution-and-category-9-downstream-transportation-and-distribution.csv',
        sha256: '592746cc65f56590c10ba91acf8d4e968488007582b3aff2063eee51f2308f49',
      },
      {
        name: 'scope-3-category-6-business-travel-and-category-7-employee-commuting.csv',
        sha256: 'ab7a4f05eb674848408abc07c1c7a59268540e31905f82c342c1963675098306',
      },
      {
        name: 'scope-3-category-5-waste-generated-in-operations-and-category-12-end-of-life-treatment-of-sold-products.csv',
        sha256: '6615502d2c22faf811e4821e14c5d0867c0e68e948a9526558237a04cd1d89ea',
      },
      {
        name: 'steam-and-heat.csv',
        sha256: 'd713bdb5037819058fbd680fbf18dc1408a48ad3c00ea2c531133d7d66a351d5',
      },
      {
        name: 'gwp-for-blended-refrigerants.csv',
        sha256: '9f9045688546340251b14287680e53efb5e0299c96fe01f7003507e7a6457e35',
      },
    ],
    parse: parseEpaHub,
  },
  {
    id: 'egrid-fuels@2022',
    title: 'Fuel factors that eGRID is built with',
    publisher: 'US EPA',
    licence: 'MIT; ' + US_PUBLIC,
    source: 'https://github.com/USEPA/egrid',
    folder: 'ef-egrid-fuel-ef',
    files: [
      {
        name: 'co2_ch4_n2o_ef.csv',
        sha256: '0829724bc594188d6b3fce64bacd167434caf592a38bd8af9d3a5365cb4885d7',
      },
    ],
    parse: parseEgridFuels,
  },
  {
    id: 'epa-supply-chain@1.3',
    title: 'Supply Chain GHG Emission Factors v1.3 (2022 USD)',
    publisher: 'US EPA',
    licence: US_PUBLIC,
    source: 'https://github.com/USEPA/supply-chain-factors',
    folder: 'ef-epa-supply-chain-v1.3-naics6',
    files: [
      {
        name: 'SupplyChainGHGEmissionFactors_v1.3.0_NAICS_CO2e_USD2022.csv',
        sha256: '6025a14c4fe16675735efba1683030e4d36011e3973f3c4261f8231aa69c002f',
      },
    ],
    parse: supplyChainParser({
      codeColumn: '2017 NAICS Code',
      titleColumn: '2017 NAICS Title',
      year: 2022,
      gwpSet: 'AR5',
      validTo: 2024,
    }),
  },
  {
    id: 'epa-supply-chain@1.2',
    title: 'Supply Chain GHG Emission Factors v1.2 (2021 USD)',
    publisher: 'US EPA',
    licence: US_PUBLIC,
    source: 'https://github.com/USEPA/supply-chain-factors',
    folder: 'ef-epa-supply-chain-v1.3-naics6',
    files: [
      {
        name: 'SupplyChainGHGEmissionFactors_v1.2_NAICS_CO2e_USD2021.csv',
        sha256: '5b857b2f6cc53656303320287bf86ff5c3acfcf6d2c7ee30431b5c45fdd7288e',
      },
    ],
    parse: supplyChainParser({
      codeColumn: 'NAICS Code 2017',
      titleColumn: 'NAICS Title 2017',
      year: 2021,
      gwpSet: 'AR4',
      validTo: 2022,
    }),
  },
  {
    id: 'defra@2025',
    title: 'UK Government GHG Conversion Factors 2025: Scope 3 and outside of scopes',
    publisher: 'UK Department for Energy Security and Net Zero',
    licence: OGL,
    source:
      'https://www.gov.uk/government/collections/government-conversion-factors-for-company-reporting',
    folder: 'ef-defra-2025',
    files: [
      {
        name: 'defra_2025_flat.csv',
        sha256: '7f7c447d6479075cc800f4813c059cb058e02c7bcbce5b525412ead1db264f2f',
      },
    ],
    parse: parseDefra2025,
  },
  {
    id: 'defra@2024',
    title: 'UK Government GHG Conversion Factors 2024 v1.1',
    publisher: 'UK Department for Energy Security and Net Zero',
    licence: OGL,
    source:
      'https://www.gov.uk/government/collections/government-conversion-factors-for-company-reporting',
    folder: 'ef-defra-2024-fullset',
    files: [
      {
        name: 'defra_2024_numeric_rows.csv',
        sha256: '2c1082df7386c958f0c192a70855389f2c5caeddbbd1e302a777089b5c3d197f',
      },
    ],
    parse: parseDefra2024,
  },
  {
    id: 'defra@2020',
    title: 'UK Government GHG Conversion Factors 2020',
    publisher: 'UK BEIS and Defra',
    licence: OGL,
    source:
      'https://www.gov.uk/government/collections/government-conversion-factors-for-company-reporting',
    folder: 'ef-defra-2020-flat',
    files: [
      {
        name: 'defra_2020_flat_co2e.csv',
        sha256: '13f5ed182aee4ee05ce824b566bb9bae8d8a8e51ee3c1318dae75a088c25dc80',
      },
    ],
    parse: parseDefra2020,
  },
  {
    id: 'eea@2016',
    title: 'CO2 emission intensity of electricity generation, 1990 to 2016',
    publisher: 'European Environment Agency',
    licence: 'CC BY 4.0 (EEA standard re-use policy)',
    source: 'https://www.eea.europa.eu/data-and-maps',
    folder: 'ef-eea-intensity-1990-2016',
    files: [
      {
        name: 'co2-emission-intensity-6.csv',
        sha256: '3a1d8f8b4a64173b285ee5c4428b680c97c0a3faaa68d5732a1cd393738ef7f2',
      },
    ],
    parse: parseEea,
  },
  {
    id: 'ember@2024',
    title: 'Yearly average grid intensity, life-cycle basis',
    publisher: 'Ember, by way of co2.js of The Green Web Foundation',
    licence: 'CC BY-SA 4.0',
    source: 'https://github.com/thegreenwebfoundation/co2.js',
    folder: 'ef-grid-average-ember',
    files: [
      {
        name: 'average-intensities.csv',
        sha256: 'd783d0f8b794d13f4771a891eb5c59ad34986e901117c1e013df5c1a10a77fab',
      },
    ],
    parse: parseEmber,
  },
  {
    id: 'owid@2023',
    title: 'Energy mix and carbon intensity by country',
    publisher: 'Our World in Data and Ember, by way of codecarbon',
    licence: 'CC BY 4.0 (data), MIT (file)',
    source: 'https://github.com/mlco2/codecarbon',
    folder: 'ef-grid-average-owid-2023',
    files: [
      {
        name: 'global_energy_mix.json',
        sha256: '8f1053800210aa07cc6019cc422b0d34f47dd092f6351dd873445c2b8199a107',
      },
    ],
    parse: parseOwid,
  },
  {
    id: 'ifi@2021',
    title: 'Default grid factors 2021, version 3.1',
    publisher: 'UNFCCC, IFI Technical Working Group on GHG Accounting',
    licence: 'free publication of the UNFCCC; the transcription by co2.js is CC BY-SA 4.0',
    source:
      'https://unfccc.int/climate-action/sectoral-engagement/ifis-harmonization-of-standards-for-ghg-accounting',
    folder: 'ef-ifi-unfccc-grid-2021',
    files: [
      {
        name: 'IFI_Default_Grid_Factors_2021_v3.1_unfccc.csv',
        sha256: '67a7fc159ed64636e125a027afe7dee2eb42acbdb3fbaeea2adeb69888d6f369',
      },
    ],
    parse: parseIfi,
  },
  {
    id: 'eu-plants@2024',
    title: 'Emissions of power plants by country and fuel, 2024',
    publisher: 'w-flo, from EU ETS and ENTSO-E data',
    licence: 'MIT or Apache-2.0',
    source: 'https://github.com/w-flo/eu-emission-factors',
    folder: 'ef-eu-plant-fuel-2024',
    files: [
      {
        name: 'countries.csv',
        sha256: 'b30a11662327367ada82698f16468141b89cf9a5a47dc335ef16ca0147c6edc0',
      },
    ],
    parse: parseEuPlants,
  },
  {
    id: 'india-open@1.2',
    title: 'Open India Emission Factors v1.2',
    publisher: 'Batchwise, from CEA, PPAC, IPCC and others',
    licence: 'CC0-1.0',
    source: 'https://github.com/Creator619-Python/open-india-emission-factors',
    folder: 'ef-india-open',
    files: [
      {
        name: 'emission_factors_v1_2.json',
        sha256: '0ba1dc377bd17ebcd8c96cee64c152aaa6b8c80c9d626741e04e63e8d47989d2',
      },
    ],
    parse: parseIndia,
  },
];
