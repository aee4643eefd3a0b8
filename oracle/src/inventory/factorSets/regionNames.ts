import { TonneError } from '@truetonne/protocol';

/** ISO 3166-1 alpha-3 code, a part of one, or EU27/EU28; then every name that a factor set has for it. */
const TABLE = `
ABW|Aruba
AFG|Afghanistan
AGO|Angola
AIA|Anguilla (U.K.)
ALB|Albania
AND|Andorra
ARE|United Arab Emirates
ARG|Argentina
ARM|Armenia
ASM|American Samoa|American Samoa (U.S.)
ATG|Antigua and Barbuda
AUS|Australia
AUT|Austria|AT
AZE|Azerbaijan
BDI|Burundi
BEL|Belgium|BE
BEN|Benin
BES|Bonaire (Netherland)
BFA|Burkina Faso
BGD|Bangladesh
BGR|Bulgaria|BG
BHR|Bahrain
BHS|Bahamas
BIH|Bosnia and Herzegovina|Bosnia Herzegovina
BLR|Belarus
BLZ|Belize
BMU|Bermuda|Bermuda (U.K.)
BOL|Bolivia|Bolivia, Plurinational State of
BRA|Brazil
BRB|Barbados
BRN|Brunei|Brunei Darussalam
BTN|Bhutan
BWA|Botswana
CAF|Central African Republic
CAN|Canada
CHE|Switzerland
CHL|Chile
CHN|China|China (PRC and Hong Kong)|People's Rep. of China
CIV|Cote d'Ivoire|Côte d'Ivoire
CMR|Cameroon
COD|Democratic Republic of Congo|Congo (DRC)|Congo, Democratic Republic of
COG|Congo|Congo, Republic of
COK|Cook Islands|Cook Islands (the)
COL|Colombia
COM|Comoros
CPV|Cape Verde|Cabo Verde
CRI|Costa Rica
CUB|Cuba
CUW|Curacao/Netherlands Antilles
CYM|Cayman Islands
CYP|Cyprus|CY
CZE|Czechia|Czech Republic|CZ
DEU|Germany|DE
DJI|Djibouti
DMA|Dominica
DNK|Denmark|DK
DOM|Dominican Republic
DZA|Algeria
ECU|Ecuador
EGY|Egypt
ERI|Eritrea
ESH|Western Sahara
ESP|Spain|ES
ESP/Canary-Islands|Canary Islands (Spain)
EST|Estonia|EE
ETH|Ethiopia
EU27|Memo:  EU 27|European Union - 27 countries (from 2020)|EU|EU (average)
EU28|European Union - 28 countries (2013-2020)
FIN|Finland|FI
FJI|Fiji
FLK|Falkland Islands|Falkland Islands [Malvinas]|Falkland Islands (U.K.)
FRA|France|FR
FRO|Faroe Islands|Faroe Islands (Denmark)
FSM|Micronesia
GAB|Gabon
GBR|United Kingdom|UK|GB
GBR/Channel-Islands|Channel Islands (U.K)
GBR/London|UK (London)
GEO|Georgia
GHA|Ghana
GIB|Gibraltar|Gibraltar (U.K.)
GIN|Guinea
GLP|Guadeloupe|Guadeloupe (France)
GMB|Gambia
GNB|Guinea-Bissau
GNQ|Equatorial Guinea
GRC|Greece|GR
GRD|Grenada
GRL|Greenland
GTM|Guatemala
GUF|French Guiana
GUM|Guam
GUY|Guyana
HKG|Hong Kong|Hong Kong (SAR of China)|Hong Kong, China|China (Hong Kong)
HND|Honduras
HRV|Croatia|HR
HTI|Haiti
HUN|Hungary|HU
IDN|Indonesia
IMN|Isle of Man (U.K.)
IND|India
IRL|Ireland|IE
IRN|Iran|Iran, Islamic Republic of
IRQ|Iraq
ISL|Iceland|IS
ISR|Israel
ITA|Italy|IT
JAM|Jamaica
JOR|Jordan
JPN|Japan
KAZ|Kazakhstan
KEN|Kenya
KGZ|Kyrgyzstan
KHM|Cambodia
KIR|Kiribati
KNA|Saint Kitts and Nevis
KOR|South Korea|Korea (South), Republic of|Korea
KWT|Kuwait
LAO|Laos|Lao|Lao People's Democratic Republic
LBN|Lebanon
LBR|Liberia
LBY|Libya
LCA|Saint Lucia
LIE|Liechtenstein
LKA|Sri Lanka
LSO|Lesotho
LTU|Lithuania|LT
LUX|Luxembourg|LU
LVA|Latvia|LV
MAC|Macao|Macao (SAR of China)|Macau, China
MAF|Saint Martin (France)
MAR|Morocco
MCO|Monaco
MDA|Moldova|Moldova, Republic of
MDG|Madagascar
MDV|Maldives
MEX|Mexico
MHL|Marshall Islands
MKD|North Macedonia|North Macedonia, Republic of
MLI|Mali
MLT|Malta|MT
MMR|Myanmar
MNE|Montenegro
MNG|Mongolia
MNP|Northern Mariana Islands (U.S.)
MOZ|Mozambique
MRT|Mauritania
MSR|Montserrat
MTQ|Martinique|Martinique (France)
MUS|Mauritius
MWI|Malawi
MYS|Malaysia
MYT|Mayotte (France)
NAM|Namibia
NCL|New Caledonia|New Caledonia (France)
NER|Niger
NGA|Nigeria
NIC|Nicaragua
NIU|Niue
NLD|Netherlands|NL
NOR|Norway|NO
NPL|Nepal
NRU|Nauru
NZL|New Zealand
OMN|Oman
PAK|Pakistan
PAN|Panama
PER|Peru
PHL|Philippines|The Philippines
PLW|Palau
PNG|Papua New Guinea
POL|Poland|PL
PRI|Puerto Rico|Puerto Rico (U.S.)
PRK|North Korea|Korea (North), Democratic People's Republic of
PRT|Portugal|PT
PRT/Azores|Azores (Portugal)
PRT/Madeira|Madeira (Portugal)
PRY|Paraguay
PSE|Palestine|Palestine (State of)|Palestinian Authority
PYF|French Polynesia
QAT|Qatar
REU|Reunion|Reunion (France)
ROU|Romania|RO
RUS|Russia|Russian Federation
RWA|Rwanda
SAU|Saudi Arabia
SDN|Sudan
SEN|Senegal
SGP|Singapore
SHN|Saint Helena|Saint Helena (U.K.)
SLB|Solomon Islands
SLE|Sierra Leone
SLV|El Salvador
SMR|San Marino
SOM|Somalia
SPM|Saint Pierre and Miquelon|Saint Pierre and Miquelon (France)
SRB|Serbia
SSD|South Sudan
STP|Sao Tome and Principe|Sao Tomé & Principe
SUR|Suriname
SVK|Slovakia|Slovak Republic|SK
SVN|Slovenia|SI
SWE|Sweden|SE
SWZ|Eswatini
SXM|Sint Martin (Netherlands)
SYC|Seychelles
SYR|Syria|Syrian Arab Republic
TCA|Turks and Caicos Islands|Turks and Caicos Islands (U.K.)
TCD|Chad
TGO|Togo
THA|Thailand
TJK|Tajikistan
TKM|Turkmenistan
TLS|East Timor|Timor-Leste
TON|Tonga
TTO|Trinidad and Tobago
TUN|Tunisia
TUR|Turkey|Türkiye
TUV|Tuvalu
TWN|Taiwan|Taiwan (China)|Taiwan (Chinese Taipei)|Chinese Taipei|Taiwan, China
TZA|Tanzania|Tanzania (the United Republic of)|Tanzania, United Republic of
UGA|Uganda
UKR|Ukraine
URY|Uruguay
USA|United States
UZB|Uzbekistan
VCT|Saint Vincent and the Grenadines|Saint Vincent and Grenadines
VEN|Venezuela|Venezuela, Bolivarian Republic of
VGB|British Virgin Islands|Virgin Islands (British)|British Virgin Islands (U.K.)
VIR|United States Virgin Islands|Virgin Islands (U.S.)
VNM|Vietnam|Viet Nam
VUT|Vanuatu|Vanatu
WSM|Samoa
XKX|Kosovo
YEM|Yemen
ZAF|South Africa
ZMB|Zambia
ZWE|Zimbabwe
`;

const BY_NAME: ReadonlyMap<string, string> = new Map(
  TABLE.trim()
    .split('\n')
    .flatMap((row) => {
      const [code = '', ...names] = row.split('|');
      return names.map((name) => [name.trim().toLowerCase(), code] as const);
    }),
);

export function findRegion(name: string): string | undefined {
  return BY_NAME.get(name.trim().toLowerCase());
}

/** Throws FACTOR_SET_INVALID: a set must not name a region that we can't place. */
export function getRegion(name: string): string {
  const code = findRegion(name);
  if (code !== undefined) return code;
  throw new TonneError('FACTOR_SET_INVALID', {
    field: 'region',
    value: name,
    expected: 'a name of regionNames.ts',
  });
}
