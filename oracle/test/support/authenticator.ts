import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();

/** User present, user verified, attested credential data (WebAuthn level 3, section 6.1). */
const FLAGS = 0x45;

/**
 * What a browser sends when a security key with a new P-256 key answers `navigator.credentials.create`:
 * RegistrationResponseJSON with attestation "none" (WebAuthn level 3, sections 5.1, 6.5 and 8.7).
 */
export function registerPasskey(challenge: string, origin: string) {
  const id = randomBytes(16);
  const clientData = JSON.stringify({ type: 'webauthn.create', challenge, origin });
  const counter = Buffer.alloc(4);
  const aaguid = Buffer.alloc(16);
  const authData = Buffer.concat([
    ...[sha256(new URL(origin).hostname), Buffer.from([FLAGS]), counter, aaguid],
    ...[Buffer.from([0, id.length]), id, coseKey()],
  ]);
  const attestation = Buffer.concat([
    // CBOR: a map of fmt, attStmt and authData, the last as bytes of a length that takes one byte.
    ...[Buffer.from([0xa3, 0x63]), Buffer.from('fmt'), Buffer.from([0x64]), Buffer.from('none')],
    ...[Buffer.from([0x67]), Buffer.from('attStmt'), Buffer.from([0xa0])],
    ...[Buffer.from([0x68]), Buffer.from('authData'), Buffer.from([0x58, authData.length])],
    authData,
  ]);
  const name = id.toString('base64url');
  return {
    ...{ id: name, rawId: name, type: 'public-key', clientExtensionResults: {} },
    response: {
      clientDataJSON: Buffer.from(clientData).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
    },
  };
}

/** A new key as COSE writes it: EC2, ES256, P-256, x and y (RFC 9053, section 7.1.1). */
function coseKey(): Buffer {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
    format: 'jwk',
  });
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]),
    ...[Buffer.from([0x21, 0x58, 32]), Buffer.from(x, 'base64url')],
    ...[Buffer.from([0x22, 0x58, 32]), Buffer.from(y, 'base64url')],
  ]);
}
