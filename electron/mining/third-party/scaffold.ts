/** Files of a new adapter, ready to be checked and run: a question goes in, an answer comes back. */
export function newAdapterFiles(name: string): Readonly<Record<string, string>> {
  const manifest = {
    title: name,
    transport: 'btauth-1',
    expectedIdentity: { networks: ['practice', 'local', 'test'] },
    tasks: ['chat'],
    routes: [
      {
        method: 'POST',
        path: '/v1/ask',
        requestSchema: {
          type: 'object',
          properties: { question: { type: 'string', minLength: 1, maxLength: 10_000 } },
          required: ['question'],
        },
        stream: false,
        contentType: 'application/json',
      },
    ],
    policy: { requirePermit: true, minStake: '0' },
    limits: {
      bodyBytes: 65_536,
      concurrency: 1,
      queue: 16,
      perHotkeyPerMinute: 120,
      perAddressPerSecond: 50,
      deadlineMs: 12_000,
      deadlineMarginMs: 500,
    },
    hardware: { minVramBytes: 0, minTokensPerSecond: 5, contextTokens: 2_048 },
    serve: { version: 11_003_000, protocol: 4 },
    scoringNotes: 'Write here how the validators of the subnet judge an answer, and what you do not know of it.',
    verified: { status: 'unverified', date: new Date().toISOString().slice(0, 10), source: 'nothing yet' },
  }
  const fixtures = {
    cases: [
      {
        name: 'a question is answered',
        path: '/v1/ask',
        body: { question: 'Why is the sky blue?' },
        task: {
          kind: 'chat',
          task: {
            messages: [
              { role: 'system', content: 'Answer in one sentence.' },
              { role: 'user', content: 'Why is the sky blue?' },
            ],
            maxTokens: 200,
            temperature: 0.7,
          },
        },
        done: {
          text: 'Because of Rayleigh.',
          promptTokens: 20,
          completionTokens: 6,
          finish: 'stop',
          firstTokenMs: 1,
          totalMs: 2,
        },
        answer: '{"answer":"Because of Rayleigh."}',
      },
      {
        name: 'a question that is none is refused',
        path: '/v1/ask',
        body: { question: '   ' },
        refuse: 'question: it is empty',
      },
    ],
  }
  return {
    'adapter.json': `${JSON.stringify(manifest, null, 2)}\n`,
    'adapter.js': PROGRAM,
    'fixtures.json': `${JSON.stringify(fixtures, null, 2)}\n`,
  }
}

const PROGRAM = `// What this subnet's requests mean, and how their answers are written. Plain JavaScript: no imports, no network, no
// files, no timers. Whatever is not here, Taoforge does: sockets, signatures, limits, the queue and the model.
adapter({
  '/v1/ask': {
    // The body fits requestSchema of adapter.json already.
    toTask(body) {
      const question = body.question.trim()
      if (question === '') return { refuse: 'question: it is empty' }
      return {
        kind: 'chat',
        task: {
          messages: [
            { role: 'system', content: 'Answer in one sentence.' },
            { role: 'user', content: question },
          ],
          maxTokens: 200,
          temperature: 0.7,
        },
      }
    },
    // For each piece of the text, where adapter.json says "stream": true.
    token(piece) {
      return ''
    },
    // When the model is done: what is (still) to be sent.
    end(done) {
      return JSON.stringify({ answer: done.text })
    },
  },
})
`
