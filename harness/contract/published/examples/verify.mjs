// Follows the worked examples with node:crypto alone, and answers one enquiry. Usage: node verify.mjs
import { createCipheriv, createDecipheriv, createECDH, createHash, createPrivateKey, createPublicKey, diffieHellman,
  randomBytes, randomUUID, sign, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import assert from "node:assert/strict";

const json = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
const keys = json("test-keys.json").organisations;
const [roles, basis, refusals] = ["roles", "legal_basis", "refusals"].map((n) => json(`../${n}.json`));
const kinds = Object.fromEntries(Object.entries(json("../organisations.json")).map(([code, o]) => [code, o.kind]));
const required = (name) => json(`../schemas/${name}.schema.json`).required;
const [GATEWAY, NETWORK] = ["221007", "000001"];
const OUTER = "renkei-message+jws", INNER = "renkei-content+jws";
const BOUND = ["message_id", "correlation_id", "kind", "from", "to", "information"];
const INSIDE = { 照会依頼: "key", 照会応答: "items", 連絡: "items", エラー: "code" };

const b64u = (data) => Buffer.from(data).toString("base64url");
const bytes = (text) => Buffer.from(text, "base64url");
const refuse = (code) => { throw Object.assign(new Error(code), { code }); };
const check = (holds, code) => holds || refuse(code);
const parsed = (data, code = "MALFORMED") => { try { return JSON.parse(data); } catch { return refuse(code); } };

function openJws(token, jwk, typ, unreadable = "MALFORMED") {
  check(/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token), "SIGNATURE_INVALID"); // Node would overlook padding
  const [head, payload, signature] = token.split(".");
  const protectedHeader = parsed(bytes(head), "SIGNATURE_INVALID"), agreed = { alg: "ES256", kid: jwk.kid, typ };
  for (const [name, value] of Object.entries(agreed)) check(protectedHeader[name] === value, "SIGNATURE_INVALID");
  check(Object.keys(protectedHeader).length === 3, "SIGNATURE_INVALID"); // no crit, no jwk
  const key = { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" }; // r‖s, not DER
  check(verify("sha256", Buffer.from(`${head}.${payload}`), key, bytes(signature)), "SIGNATURE_INVALID");
  return parsed(bytes(payload), unreadable);
}

function makeJws(payload, jwk, typ) {
  const input = [{ alg: "ES256", kid: jwk.kid, typ }, payload].map((part) => b64u(JSON.stringify(part))).join(".");
  const key = { key: createPrivateKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" };
  return `${input}.${b64u(sign("sha256", Buffer.from(input), key))}`;
}

function contentKey(secret) {
  const size = (number) => { const word = Buffer.alloc(4); word.writeUInt32BE(number); return word; };
  const info = Buffer.concat([size(7), Buffer.from("A256GCM"), size(0), size(0), size(256)]);
  return { secret, info, cek: createHash("sha256").update(Buffer.concat([size(1), secret, info])).digest() };
}

function openJwe(token, jwk) {
  const [head, wrapped, iv, ciphertext, tag] = token.split(".");
  const { alg, enc, kid, epk, ...more } = parsed(bytes(head), "DECRYPTION_FAILED");
  const agreed = alg === "ECDH-ES" && enc === "A256GCM" && kid === jwk.kid && !Object.keys(more).length;
  check(agreed && wrapped === "", "DECRYPTION_FAILED");
  const privateKey = createPrivateKey({ key: jwk, format: "jwk" });
  const steps = contentKey(diffieHellman({ privateKey, publicKey: createPublicKey({ key: epk, format: "jwk" }) }));
  const cipher = createDecipheriv("aes-256-gcm", steps.cek, bytes(iv), { authTagLength: 16 });
  cipher.setAAD(Buffer.from(head)).setAuthTag(bytes(tag));
  try {
    return { ...steps, plaintext: Buffer.concat([cipher.update(bytes(ciphertext)), cipher.final()]).toString() };
  } catch { return refuse("DECRYPTION_FAILED"); }
}

function makeJwe(plaintext, jwk) {
  const ephemeral = createECDH("prime256v1"); // the JWK export of generateKeyPairSync hangs Node 20 now and then
  const point = ephemeral.generateKeys(); // 04 ‖ x ‖ y
  const { cek } = contentKey(ephemeral.computeSecret(Buffer.concat([Buffer.of(4), ...[jwk.x, jwk.y].map(bytes)])));
  const epk = { kty: "EC", crv: "P-256", x: b64u(point.subarray(1, 33)), y: b64u(point.subarray(33)) };
  const head = b64u(JSON.stringify({ alg: "ECDH-ES", enc: "A256GCM", kid: jwk.kid, epk }));
  const iv = randomBytes(12), cipher = createCipheriv("aes-256-gcm", cek, iv).setAAD(Buffer.from(head));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return [head, "", ...[iv, ciphertext, cipher.getAuthTag()].map(b64u)].join(".");
}

function lawful({ kind, from, to, basis: { table, item }, affair, information }) {
  const [requester, provider] = kind === "照会依頼" ? [from, to] : [to, from];
  return (basis[table] ?? []).some((row) => row.item === item && row.affair === affair
    && row.requester_kinds.includes(kinds[requester]) && row.provider_kinds.includes(kinds[provider])
    && row.information.includes(information));
}

// The checks of the guide in their order, for a gateway that declares both sides (13 never fails);
// 3 and 10 look at required fields only.
function receive(token, { at, before = [], asked = [], me = GATEWAY, carrier = NETWORK }) {
  check(/^[^.]+\.[^.]+\.[^.]*$/.test(token), "MALFORMED");
  parsed(bytes(token.split(".")[1]));
  const { header, body } = openJws(token, keys[carrier].signature, OUTER);
  check(body && required("header").every((name) => name in header), "MALFORMED");
  check(header.to === me, "NOT_ADDRESSEE");
  check(Date.parse(header.expires_at) > Date.parse(at), "EXPIRED");
  check(!before.includes(header.message_id), "REPLAYED");
  check(keys[header.from], "PARTNER_UNKNOWN");
  const steps = openJwe(body, keys[me].encryption);
  const inner = openJws(steps.plaintext, keys[header.from].signature, INNER, "SIGNATURE_INVALID");
  for (const name of BOUND) check(inner?.[name] === header[name], "SIGNATURE_INVALID");
  check(required("content").every((n) => n in inner) && INSIDE[inner.kind] in inner.content, "MALFORMED");
  check(roles[header.role]?.affairs.includes(header.affair), "ROLE_NOT_ALLOWED");
  check(lawful(header), "BASIS_NOT_LAWFUL");
  check(header.kind === "照会依頼" || asked.includes(header.correlation_id), "NOT_FOUND");
  return { header, content: inner.content, steps };
}

const at = json("02-enquiry-received.json").received_at;
const request = json("01-link-code-request.json");
assert.equal(openJws(request.token, keys[GATEWAY].signature, "renkei-link-code+jws").organisation, GATEWAY);
for (const name of ["02-enquiry-received", "03-answer-sent", "04-error-sent"]) {
  const { token, header, content, jwe, inner_jws: inner } = json(`${name}.json`);
  const seen = receive(token, { at, asked: [header.correlation_id], me: header.to,
    carrier: header.to === GATEWAY ? NETWORK : header.from });
  assert.deepEqual([seen.header, seen.content, seen.steps.plaintext], [header, content, inner.token]);
  assert.deepEqual([seen.steps.secret, seen.steps.info, seen.steps.cek].map((b) => b.toString("hex")),
    [jwe.z_hex, jwe.other_info_hex, jwe.cek_hex]);
}
for (const { name, token, expected, accepted_before: before } of json("05-refused.json").refused)
  assert.throws(() => receive(token, { at, before }), ({ code }) =>
    code === expected.code && refusals[code].status === expected.status && refusals[code].phase === expected.phase, name);

const { header } = json("02-enquiry-received.json");
const reply = { ...header, message_id: randomUUID(), kind: "照会応答", from: header.to, to: header.from };
const inner = { ...Object.fromEntries(BOUND.map((n) => [n, reply[n]])), content: { items: { 相当年度: "2011", 総所得額: 812000 } } };
const body = makeJwe(makeJws(inner, keys[GATEWAY].signature, INNER), keys[reply.to].encryption);
const answer = makeJws({ header: reply, body }, keys[GATEWAY].signature, OUTER);
receive(answer, { at, asked: [reply.correlation_id], me: reply.to, carrier: GATEWAY });
console.log(answer);
