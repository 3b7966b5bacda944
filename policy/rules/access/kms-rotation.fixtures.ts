import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const kms = (props: object) => resource("aws:kms/key:Key", props);
const gcp = (props: object) => resource("gcp:kms/cryptoKey:CryptoKey", props);

export const fixtures: Fixtures = {
  good: [
    kms({ enableKeyRotation: true }),
    kms({ customerMasterKeySpec: "RSA_2048", keyUsage: "SIGN_VERIFY" }),
    gcp({ rotationPeriod: "7776000s" }),
    gcp({ purpose: "ASYMMETRIC_SIGN" }),
  ],
  bad: [kms({ enableKeyRotation: false }), gcp({ rotationPeriod: "99999999s" })],
  missing: [violates(kms({})), violates(gcp({})), passes(gcp({ purpose: "MAC" }))],
  unknown: [kms({ enableKeyRotation: unknown }), gcp({ rotationPeriod: unknown })],
  wrongType: [violates(gcp({ rotationPeriod: 90 }))],
};
