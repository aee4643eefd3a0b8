-- Gases that count in no scope stand where the sums of their scope have them, so that the gases of a
-- scope add up to it (`placeOf` in accounting/gases/gas.ts).
UPDATE inventory_totals SET biogenic_ng = mass_ng, co2e_ng = 0 WHERE kind = 'gas' AND key = 'CO2_biogenic';
UPDATE inventory_totals SET other_ng = co2e_ng, co2e_ng = 0
  WHERE kind = 'gas'
    AND key !~ '^(CO2e?|CO2_biogenic|CH4(_fossil|_nonfossil)?|N2O|SF6|NF3|HFC.+|cC4F8|C[0-9]*F[0-9]+)$';
