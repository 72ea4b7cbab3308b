// An authenticator app: makes the codes of a secret as RFC 6238 says.
import { createHmac } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** Seconds of a code. */
const STEP = 30;

/** The bytes of a secret as a page spells it: base 32 in groups. */
function bytesOf(spelled) {
  const bits = [...spelled.replaceAll(' ', '')].map((one) => ALPHABET.indexOf(one).toString(2).padStart(5, '0'));
  const whole = bits.join('').match(/.{8}/g);
  return Buffer.from(whole.map((byte) => parseInt(byte, 2)));
}

/** The code of now, or of so many half minutes later. */
export function codeOf(spelled, later = 0) {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / STEP) + later));
  const hash = createHmac('sha1', bytesOf(spelled)).update(step).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
