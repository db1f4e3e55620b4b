//! Checks sr25519 signatures of the `substrate` context, many at once. The arithmetic is schnorrkel's and curve25519-dalek's; this
//! file reads a list, adds up, and writes verdicts. It has no imports: no clock, no randomness but the weights that it is given,
//! nothing of the outside.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::iter::once;

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT;
use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::{IsIdentity, VartimeMultiscalarMul};
use merlin::Transcript;
use schnorrkel::context::{SigningContext, SigningTranscript};
use schnorrkel::{PublicKey, Signature, signing_context};

const KEY: usize = 32;
const SIGNATURE: usize = 64;
/// 128 bits that no sender can know.
const WEIGHT: usize = 16;
/// Decoded keys that are remembered: more than a subnet has places.
const MOST_KEYS: usize = 4_096;

/// One signature and what it should cover.
struct Item {
    key: Option<PublicKey>,
    signature: Option<Signature>,
    text: Transcript,
    weight: Scalar,
}

/// Keys by their bytes, decoded: a twentieth of what a check costs.
type Keys = BTreeMap<[u8; KEY], Option<PublicKey>>;

fn key_of(keys: &mut Keys, bytes: [u8; KEY]) -> Option<PublicKey> {
    if keys.len() >= MOST_KEYS && !keys.contains_key(&bytes) {
        keys.clear();
    }
    *keys
        .entry(bytes)
        .or_insert_with(|| PublicKey::from_bytes(&bytes).ok())
}

/// Takes the first `count` bytes off. Panics where there are fewer: our own caller wrote them.
fn take<'a>(rest: &mut &'a [u8], count: usize) -> &'a [u8] {
    let (taken, left) = rest.split_at(count);
    *rest = left;
    taken
}

fn fixed<const N: usize>(rest: &mut &[u8]) -> [u8; N] {
    let mut bytes = [0; N];
    bytes.copy_from_slice(take(rest, N));
    bytes
}

/// Weight, key, signature, length of the text as four bytes (lowest first), text.
fn read(context: &SigningContext, keys: &mut Keys, rest: &mut &[u8]) -> Item {
    let weight = Scalar::from(u128::from_le_bytes(fixed::<WEIGHT>(rest)));
    let key = key_of(keys, fixed(rest));
    let signature = Signature::from_bytes(take(rest, SIGNATURE)).ok();
    let length = u32::from_le_bytes(fixed(rest)) as usize;
    let text = context.bytes(take(rest, length));
    Item {
        key,
        signature,
        text,
        weight,
    }
}

/// What schnorrkel keeps to itself: the point R, and the scalar s without the bit that says Schnorr.
fn parts_of(signature: &Signature) -> Option<(CompressedRistretto, Scalar)> {
    let bytes = signature.to_bytes();
    let mut rest = &bytes[..];
    let point = CompressedRistretto(fixed(&mut rest));
    let mut scalar: [u8; 32] = fixed(&mut rest);
    scalar[31] &= 127;
    Option::from(Scalar::from_canonical_bytes(scalar)).map(|scalar| (point, scalar))
}

/// The challenge c, as `PublicKey::verify` of schnorrkel draws it.
fn challenge(text: &Transcript, key: &PublicKey, point: &CompressedRistretto) -> Scalar {
    let mut text = text.clone();
    text.proto_name(b"Schnorr-sig");
    text.commit_point(b"sign:pk", key.as_compressed());
    text.commit_point(b"sign:R", point);
    text.challenge_scalar(b"sign:c")
}

/// Each good signature has s B = R + c A. So all together, each times its weight z: (sum of z s) B = sum of z R + sum of z c A.
/// With one wrong or more this holds for one choice of weights in 2^128, and they are drawn after the signatures came. All
/// that one key signed is one product with its A.
fn all_good(good: &[&Item]) -> bool {
    let mut base = Scalar::ZERO;
    let mut weights = Vec::with_capacity(good.len());
    let mut points = Vec::with_capacity(good.len());
    let mut signers: BTreeMap<[u8; KEY], (RistrettoPoint, Scalar)> = BTreeMap::new();
    for item in good {
        let (Some(key), Some((point, scalar))) =
            (item.key, item.signature.as_ref().and_then(parts_of))
        else {
            return false;
        };
        base += item.weight * scalar;
        let signer = signers
            .entry(key.to_bytes())
            .or_insert((*key.as_point(), Scalar::ZERO));
        signer.1 += item.weight * challenge(&item.text, &key, &point);
        weights.push(item.weight);
        points.push(point);
    }
    let factors = once(-base)
        .chain(weights)
        .chain(signers.values().map(|(_, factor)| *factor));
    let terms = once(Some(RISTRETTO_BASEPOINT_POINT))
        .chain(points.iter().map(CompressedRistretto::decompress))
        .chain(signers.values().map(|(point, _)| Some(*point)));
    RistrettoPoint::optional_multiscalar_mul(factors, terms).is_some_and(|sum| sum.is_identity())
}

fn is_good(item: &Item) -> bool {
    match (item.key, item.signature) {
        (Some(key), Some(signature)) => key.verify(item.text.clone(), &signature).is_ok(),
        _ => false,
    }
}

/// One verdict for each of `count` signatures.
fn verdicts(context: &SigningContext, keys: &mut Keys, input: &[u8], count: usize) -> Vec<bool> {
    let mut rest = input;
    let items: Vec<Item> = (0..count).map(|_| read(context, keys, &mut rest)).collect();
    let readable: Vec<&Item> = items
        .iter()
        .filter(|item| item.key.is_some() && item.signature.is_some())
        .collect();
    if readable.len() > 1 && all_good(&readable) {
        return items
            .iter()
            .map(|item| item.key.is_some() && item.signature.is_some())
            .collect();
    }
    items.iter().map(is_good).collect()
}

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static KEYS: RefCell<Keys> = const { RefCell::new(BTreeMap::new()) };
    static CONTEXT: SigningContext = signing_context(b"substrate");
}

/// Where to write the next input of that many bytes.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    INPUT.with_borrow_mut(|input| {
        input.resize(length, 0);
        input.as_mut_ptr()
    })
}

/// Checks what was written; the verdicts, 1 or 0, take the place of the first `count` bytes.
#[unsafe(no_mangle)]
pub extern "C" fn check(count: usize) {
    INPUT.with_borrow_mut(|input| {
        let found = KEYS
            .with_borrow_mut(|keys| CONTEXT.with(|context| verdicts(context, keys, input, count)));
        for (at, good) in found.into_iter().enumerate() {
            input[at] = good.into();
        }
    });
}
