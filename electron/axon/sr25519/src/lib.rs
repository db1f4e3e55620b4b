//! Checks sr25519 signatures of the `substrate` context, many at once. All arithmetic is schnorrkel's; this file only reads a
//! list and writes verdicts. It has no imports: no clock, no randomness but the seed that it is given, nothing of the outside.

use std::cell::RefCell;
use std::collections::BTreeMap;

use merlin::Transcript;
use rand_core::{CryptoRng, RngCore};
use schnorrkel::{PublicKey, Signature, signing_context, verify_batch_rng};

const KEY: usize = 32;
const SIGNATURE: usize = 64;
const SEED: usize = 32;
/// Decoded keys that are remembered: more than a subnet has places.
const MOST_KEYS: usize = 4_096;

/// One signature and what it should cover.
struct Item {
    key: Option<PublicKey>,
    signature: Option<Signature>,
    text: Transcript,
}

/// Gives the caller's seed to the transcript that draws the weights of a batch, which asks for as much and only once.
struct Seed([u8; SEED]);
impl RngCore for Seed {
    fn next_u32(&mut self) -> u32 {
        rand_core::impls::next_u32_via_fill(self)
    }
    fn next_u64(&mut self) -> u64 {
        rand_core::impls::next_u64_via_fill(self)
    }
    fn fill_bytes(&mut self, into: &mut [u8]) {
        for (at, byte) in into.iter_mut().enumerate() {
            *byte = self.0[at % SEED];
        }
    }
    fn try_fill_bytes(&mut self, into: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(into);
        Ok(())
    }
}
impl CryptoRng for Seed {}

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

/// Key, signature, length of the text as four bytes (lowest first), text.
fn read(keys: &mut Keys, rest: &mut &[u8]) -> Item {
    let key = key_of(keys, fixed(rest));
    let signature = Signature::from_bytes(take(rest, SIGNATURE)).ok();
    let length = u32::from_le_bytes(fixed(rest)) as usize;
    Item {
        key,
        signature,
        text: signing_context(b"substrate").bytes(take(rest, length)),
    }
}

/// Whether all are good together; a wrong one among them passes with a chance of 2^-128.
fn all_good(good: &[&Item], seed: [u8; SEED]) -> bool {
    let signatures: Vec<Signature> = good.iter().filter_map(|item| item.signature).collect();
    let keys: Vec<PublicKey> = good.iter().filter_map(|item| item.key).collect();
    let texts = good.iter().map(|item| item.text.clone());
    verify_batch_rng(texts, &signatures, &keys, true, Seed(seed)).is_ok()
}

fn is_good(item: &Item) -> bool {
    match (item.key, item.signature) {
        (Some(key), Some(signature)) => key.verify(item.text.clone(), &signature).is_ok(),
        _ => false,
    }
}

/// One verdict for each of `count` signatures. `input`: 32 random bytes that no sender can know, then the list.
fn verdicts(keys: &mut Keys, input: &[u8], count: usize) -> Vec<bool> {
    let mut rest = input;
    let seed = fixed(&mut rest);
    let items: Vec<Item> = (0..count).map(|_| read(keys, &mut rest)).collect();
    let readable: Vec<&Item> = items
        .iter()
        .filter(|item| item.key.is_some() && item.signature.is_some())
        .collect();
    if readable.len() > 1 && all_good(&readable, seed) {
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
        let found = KEYS.with_borrow_mut(|keys| verdicts(keys, input, count));
        for (at, good) in found.into_iter().enumerate() {
            input[at] = good.into();
        }
    });
}
