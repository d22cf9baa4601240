// Test vectors of others: W3C Web Authentication Level 3, section 16, made by neither us nor the library.
import { describe, expect, it } from 'vitest';
import { base64url, checkMade, checkShown } from './passkey-ceremony.ts';

const relyingParty = { id: 'example.org', origin: 'https://example.org' };

const ceremony = (challenge: string) => ({
  relyingParty,
  isChallenge: (shown: string) => shown === text(challenge),
});

describe('a registration of the test vectors', () => {
  // 16.3: ES256, self attestation, the person was verified.
  const selfAttested = {
    challenge: '7869c2b772d4b58eba9378cf8f29e26cf935aa77df0da89fa99c0bdc0a76f7e5',
    credentialId: '455ef34e2043a87db3d4afeb39bbcb6cc32df9347c789a865ecdca129cbef58c',
    clientDataJSON:
      '7b2274797065223a22776562617574686e2e637265617465222c226368616c6c656e6765223a2265476e4374334c55745936366b336a506a796e6962506b31716e666644616966715a774c33417032392d55222c226f726967696e223a2268747470733a2f2f6578616d706c652e6f7267222c2263726f73734f726967696e223a66616c73652c22657874726144617461223a22636c69656e74446174614a534f4e206d617920626520657874656e6465642077697468206164646974696f6e616c206669656c647320696e20746865206675747572652c207375636820617320746869733a205539685458764b453255526b4d6e625f307859485667227d',
    attestationObject:
      'a363666d74667061636b65646761747453746d74a263616c672663736967584630440220067a20754ab925005dbf378097c92120031581c73228d1fb4f5b881bcd7da98302207fc7b147558c7c0eba3af18bd9d121fa3d3a26d17fe3f220272178f473b6006d68617574684461746158a4bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b55d00000000df850e09db6afbdfab51697791506cfc0020455ef34e2043a87db3d4afeb39bbcb6cc32df9347c789a865ecdca129cbef58ca5010203262001215820eb151c8176b225cc651559fecf07af450fd85802046656b34c18f6cf193843c5225820927b8aa427a2be1b8834d233a2d34f61f13bfd44119c325d5896e183fee484f2',
  };
  // 16.2: ES256, no attestation, the person was not verified.
  const unverified = {
    challenge: '00c30fb78531c464d2b6771dab8d7b603c01162f2fa486bea70f283ae556e130',
    credentialId: 'f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94ff3ec330084be4',
    clientDataJSON:
      '7b2274797065223a22776562617574686e2e637265617465222c226368616c6c656e6765223a22414d4d507434557878475453746e63647134313759447742466938767049612d7077386f4f755657345441222c226f726967696e223a2268747470733a2f2f6578616d706c652e6f7267222c2263726f73734f726967696e223a66616c73652c22657874726144617461223a22636c69656e74446174614a534f4e206d617920626520657874656e6465642077697468206164646974696f6e616c206669656c647320696e20746865206675747572652c207375636820617320746869733a20426b5165446a646354427258426941774a544c453551227d',
    attestationObject:
      'a363666d74646e6f6e656761747453746d74a068617574684461746158a4bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b559000000008446ccb9ab1db374750b2367ff6f3a1f0020f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94ff3ec330084be4a5010203262001215820afefa16f97ca9b2d23eb86ccb64098d20db90856062eb249c33a9b672f26df61225820930a56b87a2fca66334b03458abf879717c12cc68ed73290af2e2664796b9220',
  };
  const made = ({ credentialId, clientDataJSON, attestationObject }: typeof unverified) => ({
    ...{ id: text(credentialId), rawId: text(credentialId), type: 'public-key' as const },
    response: { clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject) },
    clientExtensionResults: {},
  });

  it('is taken where the person was verified', async () => {
    const kept = await checkMade(ceremony(selfAttested.challenge), made(selfAttested));
    expect(kept).toMatchObject({ counter: 0, backedUp: true });
    expect(hex(kept?.credentialId)).toBe(selfAttested.credentialId);
    expect(hex(kept?.publicKey)).toBe(selfAttested.attestationObject.slice(-154));
  });

  it('is refused where nobody was verified, or for another challenge', async () => {
    expect(await checkMade(ceremony(unverified.challenge), made(unverified))).toBeUndefined();
    expect(await checkMade(ceremony(unverified.challenge), made(selfAttested))).toBeUndefined();
  });
});

describe('an authentication of the test vectors', () => {
  // 16.7: ES256, the person was verified.
  const verified = {
    challenge: 'b1106fa46a57bef1781511c0557dc898a03413d5f0f17d244630c194c7e1adb5',
    credentialId: 'c9a6f5b3462d02873fea0c56862234f99f081728084e511bb7760201a89054a5',
    publicKey:
      'a50102032620012158201cf27f25da591208a4239c2e324f104f585525479a29edeedd830f48e77aeae522582059e4b7da6c0106e206ce390c93ab98a15a5ec3887e57f0cc2bece803b920c423',
    authenticatorData: 'bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b50d00000000',
    clientDataJSON:
      '7b2274797065223a22776562617574686e2e676574222c226368616c6c656e6765223a2273524276704770587676463446524841565833496d4b4130453958773858306b526a44426c4d6668726255222c226f726967696e223a2268747470733a2f2f6578616d706c652e6f7267222c2263726f73734f726967696e223a66616c73652c22657874726144617461223a22636c69656e74446174614a534f4e206d617920626520657874656e6465642077697468206164646974696f6e616c206669656c647320696e20746865206675747572652c207375636820617320746869733a20415a4d77794d78496244382d756775464e7036723851227d',
    signature:
      '30450220694969d3ee928de6f02ef23a9c644d7d779916451734a94b432542f498a1ebe90221008b0819c824218a97152cd099c55bfb1477b29d900a49a64018314f9bfccda163',
  };
  // 16.11: Ed25519, the person was there and not verified.
  const unverified = {
    challenge: '895957e01c633a698348a2d8a31a54b7db27e8c1c43b2080d79ae2190267bfd2',
    credentialId: 'ce9f840ed96599580cd140fbc7bb3230633f50f61041aff73308ae71caa8a2bd',
    publicKey: 'a401010327200621582044e06ddd331c36a8dc667bab52bcae63486c916aa5e339e6acebaa84934bf832',
    authenticatorData: 'bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b50100000000',
    clientDataJSON:
      '7b2274797065223a22776562617574686e2e676574222c226368616c6c656e6765223a2269566c583442786a4f6d6d44534b4c596f7870557439736e364d48454f7943413135726947514a6e763949222c226f726967696e223a2268747470733a2f2f6578616d706c652e6f7267222c2263726f73734f726967696e223a66616c73657d',
    signature:
      'f5c59c7e46c34f6f8cc197101ddf9934fa2595f68eb1913a637e8419eb9ba4cfdfc48f85393bc0d40b011f0d6fecb097d6607525713223a0dc0d453993dae00b',
  };
  const shown = (vector: typeof verified) => ({
    ...{ id: text(vector.credentialId), rawId: text(vector.credentialId), type: 'public-key' as const },
    response: {
      clientDataJSON: text(vector.clientDataJSON),
      authenticatorData: text(vector.authenticatorData),
      signature: text(vector.signature),
    },
    clientExtensionResults: {},
  });
  const keptOf = (vector: typeof verified) => ({
    credentialId: bytes(vector.credentialId),
    publicKey: bytes(vector.publicKey),
  });

  it('is taken where the person was verified', async () => {
    expect(await checkShown(ceremony(verified.challenge), shown(verified), keptOf(verified))).toEqual({
      ...{ counter: 0, backedUp: false, userHandle: undefined },
    });
  });

  it('is refused where nobody was verified, for another challenge, and by another key', async () => {
    const { challenge } = verified;
    expect(
      await checkShown(ceremony(unverified.challenge), shown(unverified), keptOf(unverified)),
    ).toBeUndefined();
    expect(
      await checkShown(ceremony(unverified.challenge), shown(verified), keptOf(verified)),
    ).toBeUndefined();
    const forged = { ...keptOf(verified), publicKey: bytes(unverified.publicKey) };
    expect(await checkShown(ceremony(challenge), shown(verified), forged)).toBeUndefined();
  });
});

function bytes(written: string): Uint8Array {
  return new Uint8Array(Buffer.from(written, 'hex'));
}

function text(written: string): string {
  return base64url(bytes(written));
}

function hex(read: Uint8Array | undefined): string {
  return Buffer.from(read ?? []).toString('hex');
}
