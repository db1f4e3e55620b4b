const deep = (levels: number): unknown => (levels === 0 ? {} : { a: deep(levels - 1) })
const LONG = 'a'.repeat(100_000)
const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  ' ',
  LONG,
  '\u0000\uFFFF\u202E',
  '</script>',
  [],
  [null],
  Array.from({ length: 1_000 }, () => 'x'),
  {},
  deep(30),
  { __proto__x: 1, constructor: 'x', toString: 'y', hasOwnProperty: 1, length: -1 },
]
const NAMES = ['question', 'prompt', 'messages', 'input', 'texts', 'query', 'documents', 'toString', 'constructor']

/** What strangers send: every kind of value, alone and under the names that requests use. */
export const HOSTILE_BODIES: readonly unknown[] = [
  ...VALUES,
  ...NAMES.flatMap((name) => VALUES.map((value) => ({ [name]: value }))),
  JSON.parse('{"__proto__": {"question": "x"}}'),
]
