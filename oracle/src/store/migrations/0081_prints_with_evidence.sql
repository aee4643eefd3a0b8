-- Evidence is part of what makes two activities one: fingerprintOf hashes it on top of the print without it.
UPDATE activities SET fingerprint = sha256(fingerprint || convert_to(evidence, 'UTF8')) WHERE evidence <> '';
