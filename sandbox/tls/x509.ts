import { createHash, createPrivateKey, createPublicKey, randomBytes, sign } from "node:crypto";
import { bits, integer, octets, oid, pem, sequence, time, tlv, utf8 } from "./der";

/** A certificate to be signed. */
export interface Wanted {
  readonly subject: string;
  readonly issuer: string;
  /** Key of the subject, PEM; its public half is certified. */
  readonly keyPem: string;
  readonly signerPem: string;
  readonly isCa: boolean;
  readonly hours: number;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  readonly from: Date;
}

const CRITICAL = Buffer.from([0x01, 0x01, 0xff]);
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

const name = (text: string): Buffer => sequence(tlv(0x31, sequence(oid("2.5.4.3"), utf8(text))));

const extension = (id: string, content: Buffer, critical = false): Buffer =>
  sequence(oid(id), ...(critical ? [CRITICAL] : []), octets(content));

function extensions({ isCa, dnsNames, ipAddresses, keyPem }: Wanted): Buffer[] {
  const names = [
    ...dnsNames.map((each) => tlv(0x82, Buffer.from(each))),
    ...ipAddresses.map((each) => tlv(0x87, Buffer.from(each.split(".").map(Number)))),
  ];
  const keyId = createHash("sha1").update(spki(keyPem)).digest();
  return [
    extension("2.5.29.19", isCa ? sequence(CRITICAL) : sequence(), true),
    // keyCertSign and cRLSign, or digitalSignature.
    extension(
      "2.5.29.15",
      isCa ? bits(Buffer.from([0x06]), 1) : bits(Buffer.from([0x80]), 7),
      true,
    ),
    extension("2.5.29.14", octets(keyId)),
    ...(isCa ? [] : [extension("2.5.29.37", sequence(oid(SERVER_AUTH)))]),
    ...(names.length > 0 ? [extension("2.5.29.17", sequence(...names))] : []),
  ];
}

const spki = (keyPem: string): Buffer =>
  createPublicKey(keyPem).export({ type: "spki", format: "der" });

/** The algorithm that goes with the signer's key. */
function algorithm(signerPem: string): { id: Buffer; hash: string | null } {
  const type = createPrivateKey(signerPem).asymmetricKeyType;
  if (type === "ed25519") return { id: sequence(oid("1.3.101.112")), hash: null };
  if (type === "ec") return { id: sequence(oid("1.2.840.10045.4.3.2")), hash: "sha256" };
  return { id: sequence(oid("1.2.840.113549.1.1.11"), tlv(0x05)), hash: "sha256" };
}

/** Signs a certificate and returns it as PEM. */
export function certificate(wanted: Wanted): string {
  const { id, hash } = algorithm(wanted.signerPem);
  const until = new Date(wanted.from.getTime() + wanted.hours * 3_600_000);
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const body = sequence(
    tlv(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    id,
    name(wanted.issuer),
    sequence(time(wanted.from), time(until)),
    name(wanted.subject),
    spki(wanted.keyPem),
    tlv(0xa3, sequence(...extensions(wanted))),
  );
  const signature = sign(hash, body, wanted.signerPem);
  return pem("CERTIFICATE", sequence(body, id, bits(signature)));
}
